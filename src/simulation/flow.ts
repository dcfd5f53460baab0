/** The flows: which parts each has under its options, and who hears of which events. */
import type { FlowParts, MachinePicture } from '../trace/control.ts';
import { hasSaga, keepsInstances, sendsByRelay } from '../trace/saga-parts.ts';
import type { Flow, Options } from '../trace/scenario.ts';
import { startImage } from './schema.ts';

/** What the parts of the simulation know of the flow they run. */
export interface FlowSetup {
  readonly flow: Flow;
  readonly subscriptions: readonly string[];
  /** Which events each subscription hears of; one that is not named hears of all. */
  readonly heard: Readonly<Record<string, readonly string[]>>;
  readonly participants: readonly string[];
}

/** Whether a run needs what `saga/` has: a saga, a process manager, or the budget's aggregates. */
export const needsSagas = (flow: Flow, options: Options): boolean => flow !== 'campaign' || hasSaga(options, flow);

/** The subscription by which a flow's saga hears of events. */
export const sagaSubscription = (flow: Flow): string => (flow === 'trip' ? 'processManager' : 'saga');

const campaignEvents = ['CampaignActivated', 'CampaignDeactivated'];
const publishingEvents = ['PublishingConfirmed', 'PublishingRejected'];

/** A flow under these options. */
export function setupOf(flow: Flow, options: Options): FlowSetup {
  const saga = hasSaga(options, flow) ? [sagaSubscription(flow)] : [];
  if (flow !== 'campaign') return { flow, subscriptions: saga, heard: {}, participants: participantsOf(flow) };
  const readers = ['adServing', 'billing'];
  if (saga.length === 0) return { flow, subscriptions: readers, heard: {}, participants: [] };
  const heard = {
    adServing: campaignEvents,
    billing: campaignEvents,
    saga: [...campaignEvents, ...publishingEvents],
  };
  return { flow, subscriptions: [...readers, ...saga], heard, participants: participantsOf(flow) };
}

function participantsOf(flow: Flow): readonly string[] {
  if (flow === 'campaign') return ['publishing', 'operator'];
  return flow === 'trip' ? ['approver', 'manager', 'airline', 'hotel', 'traveler', 'operator'] : [];
}

/** The subscriptions that an event of this type is handed to. */
export function subscribersOf({ subscriptions, heard }: FlowSetup, eventType: string): readonly string[] {
  const hears = (name: string) => heard[name]?.includes(eventType) ?? true;
  return subscriptions.every(hears) ? subscriptions : subscriptions.filter(hears);
}

/** The process that consumes a subscription. */
export const consumerOf = (subscription: string): string => `consumer:${subscription}`;

/** The processes that consume a subscription under these options. */
export const consumersOf = (subscription: string, { consumers }: Options): string[] =>
  consumers === 'competing' ? [consumerOf(subscription), `${consumerOf(subscription)}-2`] : [consumerOf(subscription)];

/** Whether a process consumes a subscription. */
export const isConsumer = (process: string): boolean => process.startsWith('consumer:');

/** Which subscription a process consumes. */
export const subscriptionOf = (process: string): string => process.slice('consumer:'.length).replace(/-\d+$/, '');

/** The relays that publish events under these options: none without an outbox. */
export const relaysOf = ({ publish, relays }: Options, flow: Flow = 'campaign'): string[] =>
  publish !== 'outbox' || flow === 'trip' ? [] : relays === 2 ? ['relay', 'relay-2'] : ['relay'];

/** Whether a process is a relay. */
export const isRelay = (process: string): boolean => process === 'relay' || process === 'relay-2';

/** The process of the job that removes published rows. */
export const cleaner = 'cleaner';

/** The processes that run under these options. */
export function processesOf(options: Options, flow: Flow = 'campaign'): string[] {
  const { subscriptions } = setupOf(flow, options);
  const relays = relaysOf(options, flow);
  // the relay also sends the commands of sagas that have an outbox
  const sends = sendsByRelay(options, flow);
  return [
    'service',
    ...(relays.length === 0 && sends ? ['relay'] : relays),
    ...(options.cleanup === 'on' ? [cleaner] : []),
    ...subscriptions.flatMap((subscription) => consumersOf(subscription, options)),
  ];
}

const sagaTables = ['sagas', 'history', 'commands', 'timers', 'inbox'];

/** The tables of a flow that a run under these options uses. */
function tablesOf(flow: Flow, options: Options): string[] {
  const { publish, outbox, claim, relay, inbox, boundary } = options;
  const kept = keepsInstances(options, flow) ? sagaTables : [];
  if (flow === 'trip') return [...kept, 'changes'];
  const aggregates = {
    together: ['budgets', 'publishers'],
    apart: ['campaigns', 'budgets', 'publishers'],
    tooLarge: ['accounts'],
  };
  const own = flow === 'budget' ? aggregates[boundary] : ['campaigns'];
  const readers = flow === 'budget' ? [] : ['inbox', 'ads', 'invoices'];
  return [
    ...own,
    ...(publish !== 'outbox' || outbox === 'table' ? ['outbox'] : []),
    ...readers,
    'changes',
    ...(claim === 'aggregate' ? ['leases'] : []),
    ...(relay !== 'polling' ? ['positions'] : []),
    ...(relay === 'cursorPolling' ? ['sequences'] : []),
    ...(inbox === 'version' ? ['versions'] : []),
    ...kept.filter((table) => !readers.includes(table)),
  ];
}

/** What the picture of a flow is made of before anything has happened. `machines`: those of its sagas. */
export function partsOf(options: Options, flow: Flow = 'campaign', machines: MachinePicture[] = []): FlowParts {
  const { rows } = startImage(flow, options);
  const { subscriptions, heard, participants } = setupOf(flow, options);
  const used = tablesOf(flow, options);
  const tables = Object.keys(rows)
    .filter((name) => used.includes(name))
    .map((name) => [name, rows[name]!.map((row) => ({ key: row['id'] as string, row }))] as const);
  return {
    flow,
    processes: processesOf(options, flow),
    subscriptions: [...subscriptions],
    heard: Object.fromEntries(Object.entries(heard).map(([name, types]) => [name, [...types]])),
    participants: [...participants],
    machines,
    options,
    tables: Object.fromEntries(tables),
  };
}

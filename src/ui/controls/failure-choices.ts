/** What can go wrong at each part, as failures to strike or to arm. The picker and the stage's menus both offer these. */
import type { Failure, Options } from '../../trace/scenario.ts';
import type { Part, View } from '../../playback/view.ts';

/** Why a failure can't be chosen now; a key of the messages. */
export type Disabled = 'noRelay' | 'neverPublishes' | 'isDown' | 'isUp' | 'busIsDown' | 'nothingWaits';

export interface Choice {
  failure: Failure;
  /** Strikes at once; else it waits for its moment. */
  now: boolean;
  disabled: Disabled | null;
}

/** What decides whether a failure can be chosen. */
export interface Situation {
  options: Options;
  view: View;
}

/** A process crashed from the page restarts after this, ms. */
export const restartAfter = 1500;

/** Parts that something can happen to, in the order of the flow. */
export const breakable: readonly Part[] = [
  'service',
  'database',
  'relay',
  'bus',
  'queue:adServing',
  'queue:billing',
  'consumer:adServing',
  'consumer:billing',
];

const effects: Readonly<Record<string, readonly string[]>> = {
  service: ['load', 'commit', 'publish'],
  relay: ['fetchUnpublished', 'publish', 'markPublished'],
  consumer: ['apply', 'acknowledge'],
};

/** The failures most worth a press, whatever the part. */
export function common(situation: Situation): Choice[] {
  return [
    crash('service', 'after:commit', situation),
    crash('relay', 'before:markPublished', situation),
    later({ type: 'abortTransaction', process: 'service' }),
    busDown(3000, situation),
  ];
}

/** Everything that can happen to a part. */
export function choicesFor(part: Part, situation: Situation): Choice[] {
  const [kind, subscription = ''] = part.split(':');
  switch (kind) {
    case 'database':
      return [later({ type: 'abortTransaction', process: 'service' })];
    case 'bus':
      return [busDown(3000, situation), later({ type: 'refusePublish' }), later({ type: 'loseConfirmation' })];
    case 'queue':
      return queue(subscription, situation);
    case 'consumer':
      return [...subscriber(part, subscription), ...process(part, 'consumer', situation)];
    default:
      return process(part, part, situation);
  }
}

const later = (failure: Failure): Choice => ({ failure, now: false, disabled: null });

function crash(id: string, point: string | undefined, { options, view }: Situation): Choice {
  const failure: Failure = { type: 'crash', process: id, restartAfter, ...(point && { point }) };
  const down = view.processes[id]?.up === false;
  let disabled: Disabled | null = !point && down ? 'isDown' : null;
  if (id === 'relay' && options.publish !== 'outbox') disabled = 'noRelay';
  if (id === 'service' && options.publish === 'outbox' && point?.endsWith(':publish')) disabled = 'neverPublishes';
  return { failure, now: !point, disabled };
}

function process(id: string, kind: string, situation: Situation): Choice[] {
  const { options, view } = situation;
  const state = view.processes[id];
  const gone: Disabled | null = id === 'relay' && options.publish !== 'outbox' ? 'noRelay' : null;
  const points = (effects[kind] ?? []).flatMap((effect) => [`before:${effect}`, `after:${effect}`]);
  const slow = (state?.slowBy ?? 0) > 0;
  return [
    crash(id, undefined, situation),
    ...points.map((point) => crash(id, point, situation)),
    { failure: { type: 'slow', process: id, by: slow ? 0 : 1000 }, now: true, disabled: gone },
    { failure: { type: 'restart', process: id }, now: true, disabled: gone ?? (state?.up === false ? null : 'isUp') },
  ];
}

function subscriber(process: string, subscription: string): Choice[] {
  return [
    later({ type: 'consumerFails', subscription, times: 1 }),
    later({ type: 'consumerFails', subscription, times: 3 }),
    later({ type: 'redeliver', subscription }),
    later({ type: 'abortTransaction', process }),
  ];
}

function busDown(ms: number, { view }: Situation): Choice {
  return { failure: { type: 'busDown', for: ms }, now: true, disabled: view.bus.up ? null : 'busIsDown' };
}

function queue(subscription: string, { view }: Situation): Choice[] {
  const waits = (view.queues[subscription]?.waiting.length ?? 0) > 0;
  return [
    later({ type: 'drop', subscription }),
    later({ type: 'duplicate', subscription }),
    later({ type: 'delay', subscription, by: 2000 }),
    { failure: { type: 'deliverNow', subscription }, now: true, disabled: waits ? null : 'nothingWaits' },
  ];
}

/** What the tests of the view share: a flow to start from, and short ways to say what happens in it. */
import { emptyView, fold } from '../../../src/playback/fold.ts';
import type { View } from '../../../src/playback/view.ts';
import { defaultOptions } from '../../../src/trace/defaults.ts';
import type { FlowParts } from '../../../src/trace/control.ts';
import type { EventRef, RecordKind, RowWrite } from '../../../src/trace/record.ts';
import type { Payload } from '../../../src/trace/scenario.ts';
import { event, Script } from '../verdicts/script.ts';

/** What a kind of record does to the view. */
export type Kinds<K extends RecordKind> = Record<K, () => void>;

/** The parts of a flow by hand; of the campaign without a saga where nothing else is said. */
export const partsWith = (more: Partial<FlowParts> = {}): FlowParts => ({
  flow: 'campaign',
  processes: ['user', 'service', 'relay', 'bus', 'consumer:adServing', 'consumer:billing'],
  subscriptions: ['adServing', 'billing'],
  heard: {},
  participants: [],
  machines: [],
  options: defaultOptions,
  tables: {},
  ...more,
});

export const parts = partsWith({
  participants: ['publishing', 'operator'],
  tables: {
    campaigns: [{ key: '123', row: { id: '123', state: 'DRAFT' } }],
    outbox: [],
    invoices: [{ key: 4, row: { number: 4 } }],
  },
});
export const start = emptyView(parts);
export const e2 = event(2);
export const task = 'service-1';

/** The view after what the function writes. */
export function after(write: (script: Script) => void): View {
  const script = new Script();
  write(script);
  return script.records.reduce(fold, start);
}

/** The view before the last record that the function writes, and after it. */
export function around(write: (script: Script) => void): { before: View; now: View } {
  const script = new Script();
  write(script);
  const before = script.records.slice(0, -1).reduce(fold, start);
  return { before, now: fold(before, script.records.at(-1)!) };
}

export const accepted = (script: Script): void => void script.publish(e2, { adServing: 'm1', billing: 'm2' });
export const bus = { process: 'bus', subscription: 'billing', message: 'm2', eventId: e2.eventId } as const;
export const delivery = (script: Script): void => {
  accepted(script);
  script.deliver(e2, 'billing', 'm2');
};
export const running = (script: Script): void =>
  void script.add({ kind: 'task.started', task, handler: 'outboxTable' });
export const received = (script: Script): void => {
  script.send('c1');
  script.add({ kind: 'command.received', commandId: 'c1', name: 'ActivateCampaign', task });
};
export const command = { commandId: 'c1', name: 'ActivateCampaign' };
export const armed = (script: Script): void =>
  void script.add({ kind: 'failure.armed', process: 'kernel', input: 3, failure: { type: 'refusePublish' } });
export const ids = (list: readonly { message: string }[]): string[] => list.map(({ message }) => message);

/** The event is appended to the log and given to billing. */
export const logged = (script: Script, offset: number): void => {
  const place = { partition: 0, offset };
  script.add({
    kind: 'bus.accepted',
    process: 'bus',
    ...e2,
    ...place,
    messages: [{ message: 'm2', subscription: 'billing' }],
  });
  const { process, task } = { process: 'consumer:billing', task: 'consumer:billing-m2-1' };
  script.add({ kind: 'bus.delivered', ...bus, process, ...e2, ...place, attempt: 1, task });
};

/** A campaign with an outbox of its own: an entry for each event, and whether it is published. */
export const campaign = (...entries: [EventRef, boolean][]): Payload => ({
  id: '123',
  version: 1 + entries.length,
  outbox: entries.map(([{ eventId, eventType, aggregateVersion }, published]) => ({
    position: aggregateVersion,
    published,
    event: { id: eventId, type: eventType },
  })),
});

/** A commit that writes these rows and raises nothing. */
export const write = (script: Script, ...writes: RowWrite[]): number =>
  script.add({
    kind: 'transaction.committed',
    process: 'relay',
    task: 'relay-1',
    transactionId: `tx-${script.records.length}`,
    writes,
    events: [],
  });

/** Single things that may happen at any time, any number of times, whether they make sense or not. */
import type { EventRef } from '../../../src/trace/record.ts';
import { messagesOf } from './life.ts';
import type { Run } from './run.ts';

export interface About {
  about: EventRef;
  row: number;
  whom: string;
  copy: number;
  /** A process. */
  doer: string;
}

type Mishap = (script: Run, what: About) => unknown;

/** Most of what happens to the outbox happens only where there is one, and to events that are in it. */
const inOutbox =
  (outbox: 'table' | 'document' | 'any', does: Mishap): Mishap =>
  (script, what) => {
    const { options } = script;
    const there = outbox === 'any' || options.outbox === outbox;
    if (options.publish === 'outbox' && there && script.hasCommitted(what.about)) does(script, what);
  };

const task = ({ doer, copy }: About): string => `${doer}-${copy}`;
const by = (what: About) => ({ process: what.doer, task: task(what) });
const message = ({ whom, about, copy }: About): string => messagesOf(about, copy)[whom]!;
const consumer = ({ whom, copy }: About): string => `consumer:${whom}${copy === 2 ? '-2' : ''}`;
const bus = (what: About) => ({
  process: 'bus',
  subscription: what.whom,
  message: message(what),
  eventId: what.about.eventId,
});

function commit(script: Run, what: About, withOutbox: boolean): void {
  if (script.hasEnded(what.about)) return;
  const { publish, outbox } = script.options;
  const kept = !withOutbox || publish !== 'outbox' ? {} : outbox === 'table' ? { row: what.row } : { entry: true };
  script.commit(what.about, { task: task(what), ...kept });
}

const births: Mishap[] = [
  (script, what) => commit(script, what, true),
  (script, what) => commit(script, what, true),
  (script, what) => commit(script, what, false),
  (script, what) => {
    if (!script.hasEnded(what.about)) script.abort(what.about, 'exception', { task: task(what) });
  },
  (script, what) => script.begin(what.about, { task: task(what) }),
  (script, what) => script.load(what.about.aggregateId, by(what)),
  (script) => script.send(`c${script.records.length}`),
];

const outbox: Mishap[] = [
  inOutbox('table', (script, { about, row, ...what }) => script.mark(about, row, by({ about, row, ...what }))),
  inOutbox('table', (script, what) => script.remove(what.about, what.row, by(what))),
  inOutbox('table', (script, what) => script.countAttempt(what.about, what.row, by(what))),
  inOutbox('table', (script, what) => script.park(what.about, what.row, by(what))),
  inOutbox('table', (script, what) => script.unpark(what.about, what.row)),
  inOutbox('table', (script, what) => script.clean(what.row)),
  inOutbox('document', (script, what) => script.fetch([what.about.aggregateId], by(what))),
  inOutbox('document', (script, what) => script.finishEntry(what.about, 'marked', by(what))),
  inOutbox('document', (script, what) => script.finishEntry(what.about, 'deleted', by(what))),
  inOutbox('document', (script, what) => script.finishEntry(what.about, 'deleted', { ...by(what), targeted: true })),
  inOutbox('any', (script, what) => script.claim(what.row, what.copy * 100, what.doer)),
  inOutbox('any', (script, what) => script.claim(what.about.aggregateId, what.copy * 100, what.doer)),
  inOutbox('any', (script, what) => script.add({ kind: 'outbox.leaseExpired', process: what.doer, positions: [] })),
  inOutbox('any', (script, what) =>
    script.add({ kind: 'outbox.released', ...by(what), aggregates: [what.about.aggregateId] }),
  ),
  inOutbox('any', (script, what) => script.advance(what.row, by(what))),
  inOutbox('any', (script, what) => script.advance(script.store.changeOf(what.about), by(what))),
  inOutbox('any', (script, what) =>
    script.add({
      kind: 'relay.historyLost',
      ...by(what),
      position: what.copy - 1,
      first: script.store.changeOf(what.about) + what.copy,
    }),
  ),
  // an entry of a transaction that has not committed
  (script, what) => {
    if (script.options.publish !== 'outbox' || script.hasEnded(what.about)) return;
    script.add({ kind: 'outbox.appended', ...by(what), position: what.row, ...what.about });
  },
];

const publications: Mishap[] = [
  (script, what) => script.attempt(what.about, { ...by(what), ...(what.copy === 2 && { row: what.row }) }),
  (script, { about, copy }) => script.accept(about, messagesOf(about, copy)),
  (script, what) => script.publish(what.about, messagesOf(what.about, what.copy), by(what)),
  (script, what) => script.published(what.about, what.row, by(what)),
  (script, what) => script.refuse(what.about, { ...by(what), reason: what.copy === 1 ? 'down' : 'failure' }),
  (script, what) => script.refuse(what.about, { ...by(what), reason: 'tooLarge' }),
  (script, what) => script.refuse(what.about, { ...by(what), unnoticed: true }),
  (script, what) => script.add({ kind: 'bus.confirmationLost', ...by(what), ...what.about }),
  // another event under the same id
  (script, what) => script.accept({ ...what.about, aggregateVersion: 9 }, messagesOf(what.about, what.copy)),
  (script) => script.add({ kind: 'bus.wentDown', process: 'bus', until: 0 }),
  (script) => script.add({ kind: 'bus.cameUp', process: 'bus' }),
];

const deliveries: Mishap[] = [
  (script, what) => script.deliver(what.about, what.whom, message(what), what.copy),
  (script, what) => script.deliver(what.about, what.whom, message(what), 2, consumer(what)),
  (script, what) => script.handle(what.about, what.whom, message(what), what.copy),
  (script, what) => script.acknowledge(what.about, what.whom, message(what)),
  (script, what) => script.requeue(what.about, what.whom, message(what), what.copy === 1 ? 'crash' : 'timeout'),
  (script, what) => script.requeue(what.about, what.whom, message(what), 'failure', 'tail'),
  (script, what) => script.deadLetter(what.about, what.whom, message(what)),
  (script, what) => script.deadLetter(what.about, what.whom, message(what)),
  (script, what) => script.redrive(what.about, what.whom, message(what)),
  (script, what) => script.drop(what.about, what.whom, message(what), what.copy === 1 ? 'offline' : 'overflow'),
  (script, what) => script.add({ kind: 'bus.buffered', ...bus(what) }),
  (script, what) => script.add({ kind: 'bus.duplicated', ...bus(what), copy: messagesOf(what.about, 2)[what.whom]! }),
  (script, what) => script.add({ kind: 'bus.delayed', ...bus(what), until: script.records.length * 10 + 500 }),
  (script, what) =>
    script.add({ kind: 'bus.dispatched', ...what.about, ...bus(what), until: script.records.length * 10 + 30 }),
  (script, { whom, copy }) =>
    script.add({ kind: 'bus.rewound', process: 'bus', subscription: whom, partition: copy - 1, position: copy - 1 }),
  (script, { whom, copy }) =>
    script.add({
      kind: 'bus.assigned',
      process: 'bus',
      subscription: whom,
      partition: copy - 1,
      to: `consumer:${whom}-2`,
      position: 0,
    }),
];

const consumers: Mishap[] = [
  (script, what) => script.apply(what.about, what.whom, message(what), { process: consumer(what) }),
  (script, what) => script.apply(what.about, what.whom, message(what), { inbox: what.copy === 1 }),
  (script, what) => script.note(what.about, what.whom),
  (script, what) => script.forget(what.whom, what.about.eventId),
  (script, what) => script.ignore(what.about, what.whom, message(what), what.copy === 1 ? undefined : 3),
  (script, what) =>
    script.add({
      kind: 'consumer.failed',
      process: consumer(what),
      task: 'consumer-1',
      subscription: what.whom,
      message: message(what),
      eventId: what.about.eventId,
      reason: 'consumerFailed',
    }),
  (script, what) => script.finish(what.whom, message(what), what.copy, what.doer === 'relay' ? 'failed' : 'done'),
  (script, what) => script.crash(consumer(what), `consumer:${what.whom}-${message(what)}-${what.copy}`),
];

const ends: Mishap[] = [
  (script, { doer, row }) => script.crash(doer, `${doer}-1`, `${doer}-2`, `${doer}-${row}`),
  (script, what) => script.end(what.copy === 1 ? 'done' : 'failed', by(what)),
  (script, { copy }) => script.settle(copy === 1),
  (script) => script.settle(),
];

/** What becomes of a life now and then, all that can happen to it at all. */
export const mishaps: readonly Mishap[] = [...births, ...outbox, ...publications, ...deliveries, ...consumers, ...ends];

/** Random traces of what the outbox, the log, pub/sub and competing consumers write; many that no run would. */
import fc from 'fast-check';
import type { TraceRecord } from '../../../src/trace/record.ts';
import { event, Script } from '../verdicts/script.ts';
import { campaign, write } from './folding.ts';

const events = [event(2), event(3), event(4)];
const consumers = ['consumer:billing', 'consumer:billing-2'];
const relays = ['relay', 'relay-2'];

const choice = fc.record({ what: fc.nat(27), which: fc.nat(2), nth: fc.nat(5), other: fc.nat(1), flag: fc.boolean() });
type Choice = { what: number; which: number; nth: number; other: number; flag: boolean };

/** Names of the messages made so far: each is accepted once. */
function step(s: Script, messages: string[], { what, which, nth, other, flag }: Choice): void {
  const about = events[which]!;
  const { eventId } = about;
  const message = messages.at(-1 - nth) ?? 'unknown';
  const [consumer, process] = [consumers[other]!, relays[other]!];
  const task = `${process}-${which}`;
  const handler = `${consumer} ${which}`;
  const entry = { process, task, position: nth, eventId };
  const bus = { process: 'bus', subscription: 'billing', message, eventId };
  const place = flag ? { partition: other, offset: nth } : {};
  const accept = () => {
    messages.push(`m${messages.length}`);
    const made = [{ subscription: 'billing', message: messages.at(-1)! }];
    s.add({ kind: 'bus.accepted', process: 'bus', ...about, ...place, messages: made });
  };
  const deliver = () =>
    s.add({ kind: 'bus.delivered', ...bus, ...about, process: consumer, ...place, attempt: 1, task: handler });
  const steps: (() => unknown)[] = [
    accept,
    accept,
    accept,
    deliver,
    deliver,
    () =>
      s.add({ kind: 'bus.dispatched', ...bus, ...about, ...place, to: consumer, until: s.records.length * 10 + 50 }),
    () => s.add({ kind: 'bus.buffered', ...bus }),
    () => s.add({ kind: 'bus.acknowledged', ...bus, ...place, task: handler }),
    () =>
      s.add({ kind: 'bus.requeued', ...bus, reason: flag ? 'timeout' : 'failure', ...(other === 1 && { to: 'tail' }) }),
    () => s.add({ kind: 'bus.deadLettered', ...bus, attempts: 5 }),
    () => s.add({ kind: 'bus.redriven', ...bus }),
    () => s.add({ kind: 'bus.dropped', ...bus, ...about, ...(flag && { reason: 'overflow' }) }),
    () =>
      s.add({
        kind: 'bus.assigned',
        process: 'bus',
        subscription: 'billing',
        partition: other,
        to: consumer,
        position: nth,
      }),
    () => s.add({ kind: 'bus.rewound', process: 'bus', subscription: 'billing', partition: other, position: nth }),
    () => s.end(flag ? 'done' : 'failed', { process: consumer, task: handler }),
    () => s.crash(consumer, `${consumer} 0`, `${consumer} 1`, `${consumer} 2`),
    () =>
      write(s, { table: 'outbox', op: flag ? 'put' : 'delete', key: nth, ...(flag && { row: { published: which } }) }),
    () =>
      write(s, { table: 'campaigns', op: 'put', key: '123', row: campaign([about, flag], [events[other]!, !flag]) }),
    () =>
      write(
        s,
        ...[0, 1, nth].map((published) => ({ table: 'outbox', op: 'put' as const, key: which, row: { published } })),
      ),
    () => s.add({ kind: 'outbox.marked', ...entry, ...(flag && { document: '123' }) }),
    () => s.add({ kind: 'outbox.deleted', ...entry }),
    () =>
      s.add({
        kind: 'outbox.claimed',
        process,
        task,
        positions: [nth],
        until: 900,
        ...(flag && { aggregates: ['123'] }),
      }),
    () => s.add({ kind: 'outbox.leaseExpired', process, positions: [nth], aggregates: ['123'] }),
    () => s.add({ kind: 'outbox.reserved', process, task, position: nth, transactionId: about.transactionId }),
    () => s.add({ kind: 'relay.fetched', process, task, positions: [nth], ...(flag && { read: 12 }) }),
    () => s.attempt(about, { process, task }),
    () => s.add({ kind: 'bus.refused', process, task, ...about, reason: 'down', ...(flag && { unnoticed: true }) }),
    () => s.commit(about, { process, task, ...(flag && { row: nth }) }),
  ];
  steps[what]?.();
}

/** A trace of up to some eighty records. */
export const randomRecords: fc.Arbitrary<readonly TraceRecord[]> = fc
  .array(choice, { maxLength: 80, size: 'max' })
  .map((choices) => {
    const script = new Script();
    const messages: string[] = [];
    for (const one of choices) step(script, messages, one);
    return script.records;
  });

/** Random traces: many that no run would write, so that verdicts and views prove to be total and to agree with others. */
import fc from 'fast-check';
import { event, Script } from './script.ts';

export const subscriptions = ['adServing', 'billing'];
const events = [
  event(2),
  event(3, '123', 'CampaignDeactivated'),
  event(2, '456'),
  event(3, '456', 'CampaignDeactivated'),
];
const processes = ['service', 'relay', 'consumer:billing'];

const step = fc.record({
  what: fc.nat(24),
  which: fc.nat(events.length - 1),
  whom: fc.constantFrom(...subscriptions),
  copy: fc.integer({ min: 1, max: 2 }),
  doer: fc.constantFrom(...processes),
});
type Step = { what: number; which: number; whom: string; copy: number; doer: string };

/** What each number of a step writes. A transaction ends once; everything else may happen at any time, any number of times. */
function write(script: Script, ended: Set<string>, { what, which, whom, copy, doer }: Step): void {
  const about = events[which]!;
  const row = which + 1;
  const message = `${whom} ${about.eventId} ${copy}`;
  const task = `${doer}-${copy}`;
  const messages = Object.fromEntries(subscriptions.map((name) => [name, `${name} ${about.eventId} ${copy}`]));
  const bus = { process: 'bus', subscription: whom, message, eventId: about.eventId };
  if (what <= 3) {
    if (ended.has(about.transactionId)) return;
    ended.add(about.transactionId);
    if (what === 0) script.abort(about, 'exception', { task });
    else script.commit(about, what === 1 ? { task } : { task, row });
    return;
  }
  const steps: (() => unknown)[] = [
    () => script.attempt(about, { task, process: doer, ...(copy === 2 && { row }) }),
    () => script.accept(about, messages),
    () => script.publish(about, messages, { task, process: doer }),
    () => script.refuse(about, { task, process: doer, reason: copy === 1 ? 'down' : 'failure' }),
    () => script.mark(about, row, { task, process: doer }),
    () => script.deliver(about, whom, message, copy),
    () => script.deliver(about, whom, message, copy),
    () => script.handle(about, whom, message, copy),
    () => script.apply(about, whom, message),
    () => script.acknowledge(about, whom, message),
    () => script.requeue(about, whom, message, copy === 1 ? 'crash' : 'timeout'),
    () => script.deadLetter(about, whom, message),
    () => script.drop(about, whom, message),
    () => script.add({ kind: 'bus.duplicated', ...bus, copy: `${whom} ${about.eventId} 2` }),
    () => script.add({ kind: 'bus.delayed', ...bus, until: script.records.length * 10 + 500 }),
    () => script.add({ kind: 'bus.dispatched', ...bus, ...about, until: script.records.length * 10 + 30 }),
    () => script.crash(doer, `${doer}-1`, `${doer}-2`),
    () => script.end(copy === 1 ? 'done' : 'failed', { process: doer, task }),
    () => script.send(`c${script.records.length}`),
    () => script.settle(copy === 1),
    () => script.settle(),
  ];
  steps[what - 4]?.();
}

/** A trace of up to some two hundred records. */
export const randomScript = fc.array(step, { maxLength: 120 }).map((steps) => {
  const script = new Script();
  const ended = new Set<string>();
  for (const one of steps) write(script, ended, one);
  return script;
});

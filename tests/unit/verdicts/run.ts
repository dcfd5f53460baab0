/**
 * Small traces by hand that are complete enough to be judged by every promise: transactions write rows, effects included,
 * under options that say where the outbox is and what the bus is like.
 */
import { defaultOptions } from '../../../src/trace/defaults.ts';
import type { EventRef, RowWrite } from '../../../src/trace/record.ts';
import type { Options } from '../../../src/trace/scenario.ts';
import type { Setting } from '../../../src/verdicts/setting.ts';
import { Script } from './script.ts';
import { Store, type Document } from './store.ts';

type Doer = { process?: string; task?: string };

export const subscriptions = ['adServing', 'billing'];

const service = { process: 'service', task: 'service-1' };
const relay = { process: 'relay', task: 'relay-1' };

export class Run extends Script {
  readonly options: Options;
  readonly store = new Store();

  constructor(options: Partial<Options> = {}) {
    super();
    this.options = { ...defaultOptions, ...options };
  }

  /** What the promises are to know of this run. */
  get setting(): Setting {
    return { flow: 'campaign', subscriptions, options: this.options };
  }

  /** Whether the event's transaction has ended; it ends once. */
  hasEnded({ transactionId }: EventRef): boolean {
    return this.records.some(
      (record) =>
        (record.kind === 'transaction.committed' || record.kind === 'transaction.aborted') &&
        record.transactionId === transactionId,
    );
  }

  hasCommitted({ eventId }: EventRef): boolean {
    return this.records.some(
      (record) => record.kind === 'transaction.committed' && record.events.some((raised) => raised.eventId === eventId),
    );
  }

  /** The service receives a command, begins the event's transaction and reads the aggregate. */
  begin({ aggregateId, transactionId }: EventRef, doer: Doer = {}): number {
    const { process, task } = { ...service, ...doer };
    this.add({ kind: 'command.received', process, task, commandId: `c-${task}`, name: 'ActivateCampaign' });
    this.add({ kind: 'transaction.begun', process, task, transactionId });
    return this.load(aggregateId, { process, task, transactionId });
  }

  /** Reads an aggregate. */
  load(aggregateId: string, { transactionId = 'tx', ...doer }: Doer & { transactionId?: string } = {}): number {
    const { process, task } = { ...service, ...doer };
    const { version } = this.store.read(task, aggregateId);
    return this.add({ kind: 'aggregate.loaded', process, task, aggregateId, version, state: 'DRAFT', transactionId });
  }

  /** A transaction that commits. Where a relay follows the change log, that is written too. */
  transact(
    writes: RowWrite[],
    doer: Doer & { transactionId?: string; events?: EventRef[]; targeted?: boolean } = {},
  ): number {
    const { process, task, events = [], targeted, transactionId } = { ...service, ...doer };
    const logged = this.options.relay === 'logTailing' ? [...writes, this.store.change()] : writes;
    return this.add({
      kind: 'transaction.committed',
      process,
      task,
      transactionId: transactionId ?? `tx-own-${this.records.length}`,
      writes: logged,
      events,
      ...(targeted && { targeted: true }),
    });
  }

  /**
   * Commits an event's transaction, with a row in the outbox where one is given, or with an entry in its document. What it
   * had read of the aggregate is what it writes. Returns the `seq` of the commit.
   */
  override commit(raised: EventRef, { row, entry, ...doer }: Doer & { row?: number; entry?: boolean } = {}): number {
    const { process, task } = { ...service, ...doer };
    const { aggregateId, aggregateVersion: version, transactionId } = raised;
    const outbox = [...this.store.copy(task, aggregateId).outbox];
    if (entry) outbox.push({ position: version, published: false, event: this.store.envelope(raised) });
    const writes = [this.store.save(task, aggregateId, { version, outbox })];
    if (row !== undefined) writes.push(this.store.put(row, raised, 0));
    const seq = this.transact(writes, { process, task, transactionId, events: [raised] });
    this.store.committed(raised);
    if (row !== undefined) this.add({ kind: 'outbox.appended', process, task, cause: seq, position: row, ...raised });
    if (entry) {
      const inDocument = { position: version, document: aggregateId };
      this.add({ kind: 'outbox.appended', process, task, cause: seq, ...inDocument, ...raised });
    }
    return seq;
  }

  /** The bus takes an event in. `messages`: their names by subscription; `cause`: the attempt, where it is not the last one. */
  override accept(taken: EventRef, messages: Record<string, string>, cause?: number): number {
    const list = Object.entries(messages).map(([subscription, message]) => ({ subscription, message }));
    const place = this.options.bus === 'log' ? this.store.place(taken.aggregateId, Object.values(messages)) : {};
    return this.add({
      kind: 'bus.accepted',
      process: 'bus',
      ...taken,
      ...place,
      messages: list,
      ...(cause !== undefined && { cause }),
    });
  }

  override publish(published: EventRef, messages: Record<string, string>, doer: Doer & { row?: number } = {}): number {
    return this.accept(published, messages, this.attempt(published, doer));
  }

  override refuse(
    refused: EventRef,
    doer: Doer & { reason?: 'down' | 'failure' | 'tooLarge'; unnoticed?: boolean } = {},
  ): number {
    const { unnoticed, ...rest } = doer;
    const told = unnoticed ? { unnoticed: true as const } : {};
    return this.add({ kind: 'bus.refused', ...service, reason: 'failure', ...rest, ...refused, ...told });
  }

  /** What a relay says once its publishing is done. */
  published(done: EventRef, row: number, doer: Doer & { document?: string } = {}): number {
    return this.add({ kind: 'relay.published', ...relay, ...doer, ...done, position: row });
  }

  /** The relay reads documents. */
  fetch(documents: string[], doer: Doer = {}): number {
    const { process, task } = { ...relay, ...doer };
    for (const id of documents) this.store.read(task, id);
    return this.add({ kind: 'relay.fetched', process, task, positions: [], documents });
  }

  /** Marks an outbox row in a transaction of its own. */
  override mark(marked: EventRef, row: number, doer: Doer = {}): number {
    const { process, task } = { ...relay, ...doer };
    const cause = this.transact([this.store.put(row, marked, 1)], { process, task });
    return this.add({ kind: 'outbox.marked', process, task, cause, position: row, eventId: marked.eventId });
  }

  /** Deletes an outbox row in a transaction of its own. */
  remove({ eventId }: EventRef, row: number, doer: Doer = {}): number {
    const { process, task } = { ...relay, ...doer };
    const cause = this.transact([this.store.drop(row)], { process, task });
    return this.add({ kind: 'outbox.deleted', process, task, cause, position: row, eventId });
  }

  /** Marks or removes an entry of its document: in what the relay has read of it, or (`targeted`) in what is there. */
  finishEntry(
    { eventId, aggregateId, aggregateVersion: position }: EventRef,
    how: 'marked' | 'deleted',
    { targeted = false, ...doer }: Doer & { targeted?: boolean } = {},
  ): number {
    const { process, task } = { ...relay, ...doer };
    const from = targeted ? this.store.document(aggregateId) : this.store.copy(task, aggregateId);
    const finish = (outbox: Document['outbox']): Document['outbox'] =>
      how === 'deleted'
        ? outbox.filter(({ event: { id } }) => id !== eventId)
        : outbox.map((entry) => (entry.event.id === eventId ? { ...entry, published: true } : entry));
    const write = this.store.save(task, aggregateId, { ...from, outbox: finish(from.outbox) });
    const cause = this.transact([write], { process, task, targeted });
    return this.add({ kind: `outbox.${how}`, process, task, cause, position, eventId, document: aggregateId });
  }

  /** One more attempt to publish a row has failed, which is noted in it. */
  countAttempt(failed: EventRef, row: number, doer: Doer = {}): number {
    const { process, task } = { ...relay, ...doer };
    const { eventId } = failed;
    const cause = this.transact([this.store.put(row, failed, 0)], { process, task });
    return this.add({ kind: 'outbox.attemptFailed', process, task, cause, position: row, eventId, attempts: 1 });
  }

  park(parked: EventRef, row: number, doer: Doer = {}): number {
    const { process, task } = { ...relay, ...doer };
    const { eventId } = parked;
    const cause = this.transact([this.store.put(row, parked, 2)], { process, task });
    return this.add({ kind: 'outbox.parked', process, task, cause, position: row, eventId, attempts: 3 });
  }

  unpark(freed: EventRef, row: number): number {
    const { process, task } = relay;
    const { eventId } = freed;
    const cause = this.transact([this.store.put(row, freed, 0)], { process, task });
    return this.add({ kind: 'outbox.unparked', process, task, cause, position: row, eventId });
  }

  /** The job removes published rows. */
  clean(...positions: number[]): number {
    const cleaner = { process: 'cleaner', task: 'cleaner-1' };
    const cause = this.transact(
      positions.map((position) => this.store.drop(position)),
      cleaner,
    );
    return this.add({ kind: 'outbox.cleaned', ...cleaner, cause, positions });
  }

  /** A relay claims a row, or the events of an aggregate, for so many milliseconds. */
  claim(what: number | string, lasts: number, process = 'relay'): number {
    const until = this.records.length * 10 + lasts;
    const claimed = typeof what === 'number' ? { positions: [what] } : { positions: [], aggregates: [what] };
    return this.add({ kind: 'outbox.claimed', process, task: `${process}-1`, until, ...claimed });
  }

  /** The relay stores its place. */
  advance(position: number, doer: Doer = {}): number {
    return this.add({ kind: 'relay.advanced', ...relay, ...doer, position });
  }

  /** Starts the handler of a subscription; from the second attempt on it is a redelivery. */
  override deliver(
    received: EventRef,
    subscription: string,
    message: string,
    attempt = 1,
    process = `consumer:${subscription}`,
  ): number {
    const kind = attempt > 1 ? 'bus.redelivered' : 'bus.delivered';
    const task = `${process}-${message}-${attempt}`;
    const place = this.store.placeOf(message);
    return this.add({ kind, process, ...received, ...place, subscription, message, attempt, task });
  }

  /** Applies an effect in a transaction: ad serving puts a row of its own, billing appends one. */
  override apply(
    applied: EventRef,
    subscription: string,
    message: string,
    { process = `consumer:${subscription}`, inbox = this.options.inbox === 'sameTransaction' } = {},
  ): number {
    const doer = { process, task: `${process}-1` };
    const effect = this.store.effect(subscription, applied);
    const writes = inbox ? [this.store.inboxRow(subscription, applied), effect] : [effect];
    const cause = this.transact(writes, doer);
    if (inbox) this.add({ kind: 'inbox.recorded', ...doer, cause, subscription, eventId: applied.eventId });
    return this.add({
      kind: 'consumer.effectApplied',
      ...doer,
      cause,
      ...applied,
      subscription,
      message,
      summary: 'billed',
    });
  }

  /** Records an event in the inbox, in a transaction of its own. */
  note(noted: EventRef, subscription: string): number {
    const doer = { process: `consumer:${subscription}`, task: `consumer:${subscription}-1` };
    const cause = this.transact([this.store.inboxRow(subscription, noted)], doer);
    return this.add({ kind: 'inbox.recorded', ...doer, cause, subscription, eventId: noted.eventId });
  }

  /** The consumer lets an event pass: it knows it, or has seen version `seen`. */
  ignore({ eventId }: EventRef, subscription: string, message: string, seen?: number): number {
    const doer = { process: `consumer:${subscription}`, task: `consumer:${subscription}-1` };
    return seen === undefined
      ? this.add({ kind: 'inbox.duplicateIgnored', ...doer, subscription, eventId, message })
      : this.add({ kind: 'inbox.staleIgnored', ...doer, subscription, eventId, message, seen });
  }

  forget(subscription: string, ...eventIds: string[]): number {
    const doer = { process: `consumer:${subscription}`, task: `consumer:${subscription}-1` };
    return this.add({ kind: 'inbox.forgotten', ...doer, subscription, eventIds });
  }

  override acknowledge({ eventId }: EventRef, subscription: string, message: string): number {
    return this.add({
      kind: 'bus.acknowledged',
      process: 'bus',
      ...this.store.placeOf(message),
      subscription,
      message,
      eventId,
      task: `consumer:${subscription}-1`,
    });
  }

  /** Delivery, effect, and acknowledgement; a pub/sub bus is not told, and the handler just ends. */
  override handle(handled: EventRef, subscription: string, message: string, attempt = 1): number {
    const seq = this.deliver(handled, subscription, message, attempt);
    this.apply(handled, subscription, message);
    if (this.options.bus !== 'pubsub') this.acknowledge(handled, subscription, message);
    else this.finish(subscription, message, attempt);
    return seq;
  }

  /** The handler of a message ends. */
  finish(subscription: string, message: string, attempt = 1, outcome: 'done' | 'failed' = 'done'): number {
    const process = `consumer:${subscription}`;
    return this.end(outcome, { process, task: `${process}-${message}-${attempt}` });
  }

  override requeue(
    { eventId }: EventRef,
    subscription: string,
    message: string,
    reason: 'crash' | 'failure' | 'timeout',
    to?: 'tail',
  ): number {
    const where = to ? { to } : {};
    return this.add({ kind: 'bus.requeued', process: 'bus', subscription, message, eventId, reason, ...where });
  }

  redrive({ eventId }: EventRef, subscription: string, message: string): number {
    return this.add({ kind: 'bus.redriven', process: 'bus', subscription, message, eventId });
  }

  override drop(dropped: EventRef, subscription: string, message: string, reason?: 'offline' | 'overflow'): number {
    const why = reason ? { reason } : {};
    return this.add({ kind: 'bus.dropped', process: 'bus', ...dropped, subscription, message, ...why });
  }
}

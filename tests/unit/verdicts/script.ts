/** Small traces by hand: says what happens, and writes the records a run would write of it. */
import type { AbortReason, EventRef, NewRecord, RecordOf, TraceRecord } from '../../../src/trace/record.ts';

type Loose<R> = R extends unknown ? Omit<R, 'process'> & { process?: string } : never;
type Doer = { process?: string; task?: string };

/** The n-th event of an aggregate, raised by a transaction of its own. */
export const event = (version: number, aggregateId = '123', eventType = 'CampaignActivated'): EventRef => ({
  eventId: `${aggregateId}.${version}`,
  eventType,
  aggregateId,
  aggregateVersion: version,
  transactionId: `tx-${aggregateId}.${version}`,
});

const service = { process: 'service', task: 'service-1' };
const relay = { process: 'relay', task: 'relay-1' };

export class Script {
  readonly records: TraceRecord[] = [];

  /** Writes any record, ten milliseconds after the one before; the part it happens in is the service unless given. */
  add(record: Loose<NewRecord>): number {
    const seq = this.records.length;
    this.records.push({ process: 'service', ...record, seq, at: seq * 10 });
    return seq;
  }

  /** The last record, which must be of this kind. */
  last<K extends TraceRecord['kind']>(kind: K): RecordOf<K> {
    const record = this.records.at(-1);
    if (record?.kind !== kind) throw new Error(`the last record is ${record?.kind}`);
    return record as RecordOf<K>;
  }

  send(commandId: string, name = 'ActivateCampaign'): number {
    return this.add({
      kind: 'command.sent',
      process: 'user',
      commandId,
      name,
      payload: {},
      until: (this.records.length + 5) * 10,
    });
  }

  /** Commits an event's transaction, with a row in the outbox where one is given. Returns the `seq` of the commit. */
  commit(raised: EventRef, { row, ...doer }: Doer & { row?: number } = {}): number {
    const { process, task } = { ...service, ...doer };
    const writes =
      row === undefined
        ? []
        : [{ table: 'outbox', op: 'put' as const, key: row, row: { position: row, published: 0 } }];
    const seq = this.add({
      kind: 'transaction.committed',
      process,
      task,
      transactionId: raised.transactionId,
      writes,
      events: [raised],
    });
    if (row !== undefined) this.add({ kind: 'outbox.appended', process, task, cause: seq, position: row, ...raised });
    return seq;
  }

  abort(raised: EventRef, reason: AbortReason = 'failure', doer: Doer = {}): number {
    const { process, task } = { ...service, ...doer };
    return this.add({
      kind: 'transaction.aborted',
      process,
      task,
      transactionId: raised.transactionId,
      reason,
      tables: [],
      events: [raised],
    });
  }

  /** Begins to publish. */
  attempt(published: EventRef, { row, ...doer }: Doer & { row?: number } = {}): number {
    const { process, task } = { ...(row === undefined ? service : relay), ...doer };
    const until = (this.records.length + 1) * 10;
    const position = row === undefined ? {} : { position: row };
    return this.add({
      kind: 'effect.begun',
      process,
      task,
      handler: 'handler',
      effect: 'publish',
      until,
      ...published,
      ...position,
    });
  }

  /** The bus takes an event in. `messages`: their names by subscription. */
  accept(taken: EventRef, messages: Record<string, string>): number {
    const list = Object.entries(messages).map(([subscription, message]) => ({ subscription, message }));
    return this.add({ kind: 'bus.accepted', process: 'bus', ...taken, messages: list });
  }

  publish(published: EventRef, messages: Record<string, string>, doer: Doer & { row?: number } = {}): number {
    this.attempt(published, doer);
    return this.accept(published, messages);
  }

  refuse(refused: EventRef, doer: Doer & { reason?: 'down' | 'failure' } = {}): number {
    return this.add({ kind: 'bus.refused', ...service, reason: 'failure', ...doer, ...refused });
  }

  /** Marks an outbox row in a transaction of its own. */
  mark({ eventId }: EventRef, row: number, doer: Doer = {}): number {
    const { process, task } = { ...relay, ...doer };
    const writes = [{ table: 'outbox', op: 'put' as const, key: row, row: { position: row, published: 1 } }];
    const cause = this.add({
      kind: 'transaction.committed',
      process,
      task,
      transactionId: `tx-mark-${this.records.length}`,
      writes,
      events: [],
    });
    return this.add({ kind: 'outbox.marked', process, task, cause, position: row, eventId });
  }

  /** Starts the handler of a subscription; from the second attempt on it is a redelivery. */
  deliver(received: EventRef, subscription: string, message: string, attempt = 1): number {
    const process = `consumer:${subscription}`;
    const kind = attempt > 1 ? 'bus.redelivered' : 'bus.delivered';
    return this.add({
      kind,
      process,
      ...received,
      subscription,
      message,
      attempt,
      task: `${process}-${message}-${attempt}`,
    });
  }

  apply(applied: EventRef, subscription: string, message: string): number {
    const process = `consumer:${subscription}`;
    return this.add({
      kind: 'consumer.effectApplied',
      process,
      ...applied,
      subscription,
      message,
      task: `${process}-1`,
      summary: 'billed',
    });
  }

  acknowledge({ eventId }: EventRef, subscription: string, message: string): number {
    return this.add({
      kind: 'bus.acknowledged',
      process: 'bus',
      subscription,
      message,
      eventId,
      task: `consumer:${subscription}-1`,
    });
  }

  /** Delivery, effect and acknowledgement. */
  handle(handled: EventRef, subscription: string, message: string, attempt = 1): number {
    const seq = this.deliver(handled, subscription, message, attempt);
    this.apply(handled, subscription, message);
    this.acknowledge(handled, subscription, message);
    return seq;
  }

  requeue(
    { eventId }: EventRef,
    subscription: string,
    message: string,
    reason: 'crash' | 'failure' | 'timeout',
  ): number {
    return this.add({ kind: 'bus.requeued', process: 'bus', subscription, message, eventId, reason });
  }

  deadLetter({ eventId }: EventRef, subscription: string, message: string): number {
    return this.add({ kind: 'bus.deadLettered', process: 'bus', subscription, message, eventId, attempts: 5 });
  }

  drop(dropped: EventRef, subscription: string, message: string): number {
    return this.add({ kind: 'bus.dropped', process: 'bus', ...dropped, subscription, message });
  }

  crash(process: string, ...tasks: string[]): number {
    return this.add({ kind: 'process.crashed', process, tasks });
  }

  end(outcome: 'done' | 'failed' | 'killed', doer: Doer = {}): number {
    return this.add({ kind: 'task.ended', ...service, ...doer, handler: 'handler', outcome });
  }

  /** Settles the run: nothing is left to do, or (`quiet` false) it was stopped. */
  settle(quiet = true): this {
    this.add({ kind: 'run.settling', process: 'kernel' });
    this.add({ kind: 'run.settled', process: 'kernel', quiet });
    return this;
  }
}

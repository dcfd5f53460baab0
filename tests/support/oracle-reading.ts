/** How the oracle reads a trace: records by kind, and the few notions that several of its definitions share. */
import type { EventRef, RecordKind, RecordOf, TraceRecord } from '../../src/trace/record.ts';
import type { Flow, Options } from '../../src/trace/scenario.ts';

export type Status = 'holds' | 'broken' | 'pending' | 'parked' | 'unknown';

/** What has to be known beside the records. */
export interface Judged {
  readonly flow?: Flow;
  readonly subscriptions: readonly string[];
  readonly heard?: Readonly<Record<string, readonly string[]>>;
  readonly options: Options;
}

/** Subscriptions that have no effects of their own. */
export const sagas = ['saga', 'processManager'];

export type Pair = { subscription: string; eventId: string };
export type Handled = EventRef & { seq: number; subscription: string };

/** Records that can be asked for by kind. */
export class Reading {
  readonly records: readonly TraceRecord[];
  readonly judged: Judged;
  readonly #byKind = new Map<string, TraceRecord[]>();

  constructor(records: readonly TraceRecord[], judged: Judged) {
    this.records = records;
    this.judged = judged;
    for (const record of records) {
      const others = this.#byKind.get(record.kind);
      if (others) others.push(record);
      else this.#byKind.set(record.kind, [record]);
    }
  }

  of<K extends RecordKind>(kind: K): RecordOf<K>[] {
    return (this.#byKind.get(kind) ?? []) as RecordOf<K>[];
  }

  /** Every event that is committed, here or on the side of a participant, with the `seq` of that. */
  committed(): (EventRef & { seq: number })[] {
    return [
      ...this.of('transaction.committed').flatMap(({ events, seq }) => events.map((event) => ({ ...event, seq }))),
      ...this.of('participant.answered'),
    ];
  }

  /** Whom every committed event must reach. */
  committedPairs(): Pair[] {
    const { subscriptions } = this.judged;
    return this.committed().flatMap((event) =>
      subscriptions.flatMap((subscription) =>
        this.hears(subscription, event) ? { subscription, eventId: event.eventId } : [],
      ),
    );
  }

  isCommitted(eventId: string): boolean {
    return this.committed().some((event) => event.eventId === eventId);
  }

  /** Whether it is among what a subscription is told of. */
  hears(subscription: string, { eventType }: { eventType: string }): boolean {
    return Object.entries(this.judged.heard ?? {}).every(
      ([name, types]) => name !== subscription || types.includes(eventType),
    );
  }
}

export const handlerStarts = (all: Reading) =>
  [...all.of('bus.delivered'), ...all.of('bus.redelivered')].sort((a, b) => a.seq - b.seq);

export const sameEvent = (a: Pair, b: Pair): boolean => a.subscription === b.subscription && a.eventId === b.eventId;

export const firsts = <H extends Handled>(list: readonly H[]): H[] =>
  list.filter((b) => !list.some((a) => a.seq < b.seq && sameEvent(a, b)));

/** Among the dead letters, and never finished there, at the end of the trace. */
export function deadAt(all: Reading, pair: Pair): boolean {
  const last = [...all.of('bus.deadLettered'), ...all.of('bus.redriven')]
    .filter((record) => sameEvent(record, pair))
    .sort((a, b) => a.seq - b.seq)
    .at(-1);
  const finished = [
    ...all.of('consumer.effectApplied'),
    ...all.of('inbox.duplicateIgnored'),
    ...all.of('inbox.staleIgnored'),
    ...all.of('bus.acknowledged'),
    ...all.of('bus.acknowledgementIgnored'),
  ].some((record) => sameEvent(record, pair));
  return last?.kind === 'bus.deadLettered' && !finished;
}

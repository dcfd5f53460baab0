/** What a promise is, to those who judge it. */
import type { RecordKind, RecordOf } from '../trace/record.ts';
import { hasSaga } from '../trace/saga-parts.ts';
import type { Flow, Options } from '../trace/scenario.ts';
import type { Verdict } from '../trace/trace.ts';
import type { Facts } from './facts.ts';

/** Why a promise is broken, as data: a code of `sentences.ts` and what it speaks of. */
export type Reason = NonNullable<Verdict['reason']>;

/** Where it happened, and why. `at`: the record's `seq`. */
export interface Finding {
  readonly at: number;
  readonly reason: Reason;
}

/** What a promise says once the run has come to rest; null where it holds. */
export type RestFinding = (Finding & { readonly status: 'broken' | 'parked' }) | null;

interface Named {
  readonly id: string;
  /** Whether it is judged in a run made under these options; always, where it does not say. */
  readonly applies?: Applies;
}

/** Whether something is there, or is judged, in a run of this flow. */
export type Applies = (options: Options, flow: Flow) => boolean;

/** Given a record and what was known before it, says whether this breaks the promise. */
export type Breaks = { readonly [K in RecordKind]?: (record: RecordOf<K>, before: Facts) => Reason | null };

/** A finite piece of trace can break it. */
export interface SafetyPromise extends Named {
  readonly kind: 'safety';
  readonly breaks: Breaks;
}

/** Judged when the run has come to rest, and then at once; some can be broken before. */
export interface LivenessPromise extends Named {
  readonly kind: 'liveness';
  readonly breaks?: Breaks;
  judge(facts: Facts): RestFinding;
}

/** One of the promises of semantics.md, ready to be judged. */
export type JudgedPromise = SafetyPromise | LivenessPromise;

/** Whether there are aggregates that raise events: a trip is about answers of others. */
export const hasAggregates: Applies = (_options, flow) => flow !== 'trip';

/** Whether the run keeps an outbox of events. */
export const keepsOutbox: Applies = (options, flow) => options.publish === 'outbox' && hasAggregates(options, flow);

/** Whether somebody subscribes: where one aggregate keeps the budget, nobody has to be told. */
export const hasSubscriptions: Applies = ({ boundary }, flow) => flow !== 'budget' || boundary === 'apart';

/** Whether there are subscribers with effects of their own, beside the saga. */
export const hasSubscribers: Applies = (_options, flow) => flow !== 'trip' && flow !== 'budget';

/** Whether its commands go to others, who carry them out and answer. */
export const asksOthers: Applies = (options, flow) => hasSaga(options, flow) && flow !== 'budget';

/** A reason without the parameters that are null or undefined. */
export function reasonOf(code: string, params: Readonly<Record<string, string | number | null | undefined>>): Reason {
  const reason: Reason = { code };
  for (const [name, value] of Object.entries(params)) if (value !== null && value !== undefined) reason[name] = value;
  return reason;
}

/** A promise that is found broken at rest. */
export const brokenAt = (at: number, reason: Reason): RestFinding => ({ status: 'broken', at, reason });

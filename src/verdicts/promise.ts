/** What a promise is, to those who judge it. */
import type { RecordKind, RecordOf } from '../trace/record.ts';
import type { Verdict } from '../trace/trace.ts';
import type { Facts } from './facts.ts';

/** Why a promise is broken, as data: a code of `sentences.ts` and what it speaks of. */
export type Reason = NonNullable<Verdict['reason']>;

/** Where it happened, and why. `at`: the record's `seq`. */
export interface Finding {
  readonly at: number;
  readonly reason: Reason;
}

/** A finite piece of trace can break it. Given a record and what was known before it, says whether this breaks it. */
export interface SafetyPromise {
  readonly id: string;
  readonly kind: 'safety';
  readonly breaks: { readonly [K in RecordKind]?: (record: RecordOf<K>, before: Facts) => Reason | null };
}

/** Judged only when the run has come to rest, and then at once; null where it holds. */
export interface LivenessPromise {
  readonly id: string;
  readonly kind: 'liveness';
  judge(facts: Facts): (Finding & { readonly status: 'broken' | 'parked' }) | null;
}

/** One of the promises of semantics.md, ready to be judged. */
export type JudgedPromise = SafetyPromise | LivenessPromise;

/** A reason without the parameters that are null or undefined. */
export function reasonOf(code: string, params: Readonly<Record<string, string | number | null | undefined>>): Reason {
  const reason: Reason = { code };
  for (const [name, value] of Object.entries(params)) if (value !== null && value !== undefined) reason[name] = value;
  return reason;
}

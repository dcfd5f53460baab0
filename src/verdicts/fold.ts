/** Folds over a trace: what verdicts and views are made by. */
import type { RecordKind, RecordOf, TraceRecord } from '../trace/record.ts';

/** Something computed from a trace record by record. `step` is pure and leaves the state it was given as it was. */
export interface Fold<S> {
  readonly start: S;
  readonly step: (state: S, record: TraceRecord) => S;
}

/**
 * How one field of a state changes with each kind of record. Kinds that are not named leave it alone. `before` is the
 * whole state before the record, so no field depends on the order in which the others change.
 */
export type Changes<V, S> = { readonly [K in RecordKind]?: (value: V, record: RecordOf<K>, before: S) => V };

/** The changes of every field that changes at all. */
export type FieldChanges<S> = { readonly [F in keyof S]?: Changes<S[F], S> };

interface Change<S> {
  readonly field: keyof S;
  readonly change: (value: unknown, record: TraceRecord, before: S) => unknown;
}

/**
 * Joins the folds of single fields into one step over the whole state. The state comes back as it is, the very object,
 * where no field changed. `copy` makes another object of the same fields: one that names them all is many times faster
 * than spreading, where there are many.
 */
export function foldFields<S extends object>(
  fields: FieldChanges<S>,
  copy: (state: S) => S = (state) => ({ ...state }),
): (state: S, record: TraceRecord) => S {
  const byKind = new Map<string, Change<S>[]>();
  for (const field of Object.keys(fields) as (keyof S)[]) {
    for (const [kind, change] of Object.entries(fields[field] ?? {})) {
      const changes = byKind.get(kind) ?? [];
      changes.push({ field, change: change as Change<S>['change'] });
      byKind.set(kind, changes);
    }
  }
  return (state, record) => {
    const changes = byKind.get(record.kind);
    if (changes === undefined) return state;
    let next: S | null = null;
    for (let i = 0; i < changes.length; i++) {
      const { field, change } = changes[i]!;
      const value = change(state[field], record, state);
      if (value === state[field]) continue;
      next ??= copy(state);
      next[field] = value as S[keyof S];
    }
    return next ?? state;
  };
}

/** The changes of a field that is a state of its own: its fields change by what they are themselves, not by the rest. */
export function nested<V extends object, S>(fields: FieldChanges<V>, copy?: (value: V) => V): Changes<V, S> {
  const step = foldFields(fields, copy);
  const kinds = Object.values(fields as Record<string, object>).flatMap((changes) => Object.keys(changes));
  const change = (value: V, record: TraceRecord): V => step(value, record);
  return Object.fromEntries(kinds.map((kind) => [kind, change]));
}

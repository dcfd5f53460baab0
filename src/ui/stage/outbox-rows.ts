/** The rows of the outbox that the stage shows: the newest, and the positions taken for rows that are not there yet. */
import type { ClaimView, View } from '../../playback/view.ts';
import { eventOf, newestRows, numberOf } from '../rows.ts';

export interface ShownRow {
  position: number;
  /** Null where only the position is taken. */
  event: string | null;
  state: 'published' | 'pending' | 'parked' | 'reserved' | 'passedOver';
  /** Attempts to publish it that have failed. */
  attempts: number;
  claim: ClaimView | null;
}

const states = ['pending', 'published', 'parked'] as const;

/** At most `limit` of them, the last position first. `cursor`: the relay goes by a position, and does not look behind it. */
export function outboxRows({ tables, outbox }: View, limit: number, cursor: boolean): ShownRow[] {
  const { claims, reserved, position: passed } = outbox;
  const stored = newestRows(tables['outbox'], limit).map((row): ShownRow => {
    const position = Number(row.key);
    const state = states[numberOf(row, 'published')] ?? 'pending';
    const behind = cursor && passed !== null && position <= passed && state === 'pending';
    return {
      position,
      event: eventOf(row).type,
      state: behind ? 'passedOver' : state,
      attempts: numberOf(row, 'attempts'),
      claim: state === 'pending' ? (claims.rows.get(position) ?? null) : null,
    };
  });
  const taken = reserved.map(({ position }): ShownRow => ({
    position,
    event: null,
    state: 'reserved',
    attempts: 0,
    claim: null,
  }));
  if (taken.length === 0) return stored;
  return [...stored, ...taken].sort((a, b) => b.position - a.position).slice(0, limit);
}

/** The part of a log's partition that has room: its newest entries, the place of the next one, and who is where in it. */
import type { GroupView, LogEntry, View } from '../../../playback/view.ts';

/** The partitions, from the beginning: a view names only those that have anything in them. */
export const partitions = [0, 1] as const;

export interface Cells {
  /** The offset of the first place. */
  start: number;
  entries: readonly LogEntry[];
  /** The offset that the next record gets. */
  end: number;
}

/** At most `room` places of a partition, the last of them that of the next record. */
export function cellsOf({ log }: View, partition: number, room: number): Cells {
  const known = log?.partitions.find((other) => other.partition === partition);
  const end = known?.end ?? 0;
  const start = Math.max(0, end + 1 - room);
  return { start, end, entries: known?.entries.filter(({ offset }) => offset >= start).slice(1 - room) ?? [] };
}

const nowhere: GroupView = { position: 0, committed: 0, owner: null };

/** How far a subscription is in a partition. */
export const groupOf = ({ log }: View, subscription: string, partition: number): GroupView =>
  log?.groups[subscription]?.[partition] ?? nowhere;

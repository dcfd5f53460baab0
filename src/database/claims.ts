/** Who may have which rows: the decision of a claim, made for both drivers from rows that were read in its transaction. */
import type { Payload } from '../messaging/envelope.ts';
import type { ClaimRequest, OutboxRow } from './port.ts';

/** What a claim comes to. `rows`: the answer's; `puts`: what is written for it; nothing to write: nothing was claimed. */
export interface Share {
  rows: Payload[];
  puts: { table: string; row: Payload }[];
  from?: string;
  nextFree: number | null;
}

/** The ids of the aggregates, or documents, that rows are of, each once, in the order of the rows. */
export function leaseIds(request: ClaimRequest, rows: readonly Payload[]): string[] {
  return [...new Set(rows.map((row) => ownerOf(request, row)))];
}

/** Divides the unpublished rows, oldest first, among their relays: each row is held by its own fields. */
export function shareRows(request: ClaimRequest, unpublished: readonly OutboxRow[]): Share {
  const heldBy = ({ claimedBy, claimedUntil }: OutboxRow) => ({ holder: claimedBy, until: claimedUntil });
  const { free, ...rest } = divide(request, unpublished, heldBy);
  const rows = free.map((row) => ({ ...row, claimedBy: request.holder, claimedUntil: request.until }));
  return { rows, puts: rows.map((row) => ({ table: 'outbox', row })), ...rest };
}

/**
 * Divides rows by who has leased the aggregate, or the document, that they are of. `leases`: the rows of the table, in the
 * order of `leaseIds`; undefined where there is none.
 */
export function shareLeased(
  request: ClaimRequest,
  rows: readonly Payload[],
  leases: readonly (Payload | undefined)[],
): Share {
  const items = leaseIds(request, rows).map((id, i) => ({ id, lease: leases[i] ?? {} }));
  const { free, ...rest } = divide(request, items, ({ lease }) => lease);
  const ids = new Set(free.map(({ id }) => id));
  return {
    rows: rows.filter((row) => ids.has(ownerOf(request, row))),
    puts: free.map(({ id }) => ({ table: 'leases', row: { id, holder: request.holder, until: request.until } })),
    ...rest,
  };
}

function ownerOf(request: ClaimRequest, row: Payload): string {
  return request.type === 'claimPending' ? (row['id'] as string) : (row as OutboxRow).event.aggregateId;
}

/** The first items that are free, up to the limit. A claim of another keeps an item from us while its end lies ahead. */
function divide<Item>(
  { holder, at, limit, ended = [] }: ClaimRequest,
  items: readonly Item[],
  heldBy: (item: Item) => { holder?: unknown; until?: unknown },
): { free: Item[]; from?: string; nextFree: number | null } {
  const free: Item[] = [];
  const from: string[] = [];
  const ends: number[] = [];
  for (const item of items) {
    const { holder: other, until } = heldBy(item);
    const isOther = typeof other === 'string' && other !== holder;
    const lasts = typeof until === 'number' && until > at;
    if (isOther && lasts && !ended.some((end) => end.holder === other && until <= end.until)) ends.push(until);
    else if (free.length < limit) {
      free.push(item);
      if (isOther) from.push(other);
    }
  }
  const nextFree = ends.length ? Math.min(...ends) : null;
  return { free, ...(from[0] !== undefined && { from: from[0] }), nextFree };
}

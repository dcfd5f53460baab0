/**
 * The polling publisher: the relay asks the outbox, again and again, for rows that are not published yet, hands each to
 * the bus and marks it. Dying between the two means publishing the row again: at least once, never less.
 */
import { Refusal } from '../base/refusal.ts';
import {
  claimUnpublished,
  countAttempt,
  fetchUnpublished,
  finish,
  publish,
  releaseLeases,
  type Handler,
  type Unpublished,
} from '../messaging/effects.ts';
import { batchSize, finishing, refOf, type RelaySettings } from './relay.ts';

/** A row that has failed so often is parked. */
export const attemptLimit = 3;

/** One poll: publishes and marks a batch, oldest first. Throws the bus's refusal where rows are left that it should try again. */
export function* pollingPublisher(settings: RelaySettings): Handler {
  const rows = yield* takeRows(settings);
  const published: Unpublished[] = [];
  const held = new Set<string>();
  let refusal: Refusal | null = null;
  for (const row of rows) {
    if (held.has(row.event.aggregateId)) continue;
    try {
      if (settings.afterPublish === 'markFirst') yield* finish('mark', { rows: [refOf(row)] }); // the mistake
      yield* publish(row.event, { position: row.position });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (yield* goesOnWithout(row, settings)) continue;
      refusal = error;
      if (settings.failingRow === 'skip') continue;
      if (settings.failingRow !== 'blockAggregate') break;
      held.add(row.event.aggregateId); // its later rows wait, those of others go on
      continue;
    }
    if (settings.marking === 'batch') published.push(row);
    else if (settings.afterPublish !== 'markFirst') yield* finish(finishing(settings), { rows: [refOf(row)] });
  }
  if (published.length > 0) yield* finish(finishing(settings), { rows: published.map(refOf) });
  if (settings.claim === 'aggregate' && rows.length > 0) yield* releaseLeases(aggregatesOf(rows));
  if (refusal !== null) throw refusal;
}

/** The rows of this poll; where relays claim them, only those that are no other's. */
function* takeRows({ claim, polling }: RelaySettings): Handler<Unpublished[]> {
  if (claim !== 'none') return yield* claimUnpublished(batchSize, claim);
  return yield* fetchUnpublished(batchSize, polling === 'scan');
}

/** Where rows are parked: counts the attempt, and says whether the row has been left aside and the next one's turn has come. */
function* goesOnWithout(row: Unpublished, { failingRow }: RelaySettings): Handler<boolean> {
  if (failingRow !== 'park') return false;
  const attempts = (row.attempts ?? 0) + 1;
  yield* countAttempt(refOf(row), attempts, attempts >= attemptLimit);
  return attempts >= attemptLimit;
}

const aggregatesOf = (rows: Unpublished[]): string[] => [...new Set(rows.map(({ event }) => event.aggregateId))];

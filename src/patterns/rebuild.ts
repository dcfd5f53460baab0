/**
 * Rebuilds an instance from its history: the machine is run over all it has received, once more. What it decided then is
 * read from the history and not decided again; a decision that was not recorded is made anew, by what holds now.
 */
import type { HistoryEntry, Incoming, SagaDefinition, SagaRow, SagaSettings } from '../messaging/saga.ts';
import type { Payload } from '../messaging/envelope.ts';
import { rowAfter } from './saga-instance.ts';

/** An entry, and what the instance is after it. */
export interface RebuiltState {
  entry: HistoryEntry;
  state: string | null;
  context: Payload;
}

/** Folds a history, and gives what the instance is after each of its entries. */
export function rebuild(
  definition: SagaDefinition,
  settings: SagaSettings,
  history: readonly HistoryEntry[],
): RebuiltState[] {
  const received = history.filter(({ entry }) => entry === 'received').length;
  let row: SagaRow | null = null;
  return history.map((entry, index): RebuiltState => {
    if (entry.entry === 'received') {
      // one that had ended was removed, and another has been started under its id
      if (row?.ended && entry.version === 1) row = null;
      const incoming = replayOf(entry, decisionAfter(history, index), received);
      const decision = definition.decide(settings, row, incoming);
      if (!('ignored' in decision)) row = rowAfter(definition, entry.instance, row, decision);
    }
    return { entry, state: row?.state ?? null, context: row?.context ?? {} };
  });
}

/** What was decided about the message at `index`, where that was recorded. */
function decisionAfter(history: readonly HistoryEntry[], index: number): Payload | undefined {
  const next = history[index + 1];
  return next?.entry === 'decided' ? next.decision : undefined;
}

function replayOf(
  { type, token, payload, eventId }: HistoryEntry & { entry: 'received' },
  decided: Payload | undefined,
  received: number,
): Incoming {
  return {
    type,
    ...(token !== undefined && { token }),
    payload,
    ...(eventId !== undefined && { eventId }),
    replayed: { ...(decided && { decided }), received },
  };
}

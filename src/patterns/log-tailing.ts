/**
 * Transaction log tailing: the relay follows the database's own log, where commits stand in the order in which they
 * happened, publishes what each put into an outbox, and stores how far it is. What the log no longer has, it never sees.
 */
import {
  fetchChanges,
  finish,
  publish,
  readPosition,
  storePosition,
  type Handler,
  type LoggedChange,
} from '../messaging/effects.ts';
import { finishInDocument } from './embedded-outbox-relay.ts';
import { finishing, type RelaySettings } from './relay.ts';

/** How many changes are read at once: most of them concern no outbox. */
export const changesAtOnce = 40;

/** Reads on from the stored position, publishes what it finds, and moves the position with each change, or with the last. */
export function* logTailing(settings: RelaySettings): Handler {
  const position = yield* readPosition();
  const changes = yield* fetchChanges(position, changesAtOnce);
  const found = changes.filter(({ entries }) => entries.length > 0);
  for (const change of found) {
    if (settings.afterPublish === 'markFirst') yield* finishChanges([change], settings); // the mistake
    for (const { event, ref } of change.entries) {
      const { position: row, document } = ref;
      yield* publish(event, { position: row, ...(document !== undefined && { document }) });
    }
    if (settings.afterPublish !== 'markFirst' && settings.marking === 'each') yield* finishChanges([change], settings);
  }
  if (settings.marking === 'batch' && found.length > 0) yield* finishChanges(found, settings);
  // nothing but the changes of others: move on, or they would be read again
  if (found.length === 0 && changes.length === changesAtOnce) yield* storePosition(changes.at(-1)!.number);
}

function* finishChanges(changes: LoggedChange[], settings: RelaySettings): Handler {
  const advanceTo = changes.at(-1)!.number;
  const rows = changes.flatMap(({ entries }) => entries.map(({ ref }) => ref));
  const documents = [...new Set(rows.flatMap(({ document }) => (document === undefined ? [] : [document])))];
  if (documents.length === 0) return yield* finish(finishing(settings), { rows, advanceTo });
  for (const document of documents) {
    yield* finishInDocument(
      document,
      rows.filter((row) => row.document === document),
      settings,
    );
  }
  yield* storePosition(advanceTo); // a document and the position are two writes: no transaction holds both
}

/** What each kind of write does, said once for both drivers, as data and pure functions. */
import { withOutbox } from '../messaging/effects.ts';
import type { OutboxEntry, Payload } from '../messaging/envelope.ts';
import { Abort } from './failures.ts';
import type { Aborted, OutboxRow, Write } from './port.ts';
import { isBefore } from './rows.ts';

type Of<Op extends Write['op']> = Extract<Write, { op: Op }>;

/** What a driver does for a write. `check` and `next` throw Abort where the write can't be. */
export type Plan =
  /** Puts the row, whether or not there is one; `check` is shown what was there. */
  | { does: 'put'; table: string; row: Payload; check?: (stored: Payload | undefined) => void }
  /** Adds a new row, under a running number where it has no key; `taken`: why it aborts where its own key is there already. */
  | { does: 'add'; table: string; row: Payload; taken?: Aborted['reason'] }
  /** Makes the next row of the one stored now; undefined: there is none from then on. The key stays. */
  | { does: 'change'; table: string; key: string | number; next: (stored: Payload | undefined) => Payload | undefined }
  /** Removes the old rows of one subscription, in key order. */
  | { does: 'forget'; table: 'inbox'; subscription: string; isOld: (row: Payload) => boolean };

/** The plan of a write that `checkRequest` lets pass. */
export function planOf(write: Write): Plan {
  switch (write.op) {
    case 'save':
      return { does: 'put', table: write.table, row: write.row, check: (stored) => checkVersion(stored, write) };
    case 'put':
      return { does: 'put', table: write.table, row: write.row };
    case 'append':
      return { does: 'add', table: write.table, row: write.row };
    case 'appendOutbox':
      return { does: 'add', table: 'outbox', row: newOutboxRow(write), taken: 'conflict' };
    case 'recordInbox':
      return { does: 'add', table: 'inbox', row: inboxRow(write), taken: 'duplicate' };
    case 'markOutbox':
      return { does: 'change', table: 'outbox', key: write.position, next: (stored) => published(stored, write) };
    case 'update':
      return { does: 'change', table: write.table, key: write.key, next: (stored) => updated(stored, write) };
    case 'finishEntry':
      return { does: 'change', table: write.table, key: write.id, next: (stored) => finished(stored, write) };
    case 'delete':
      return { does: 'change', table: write.table, key: write.key, next: () => undefined };
    case 'increment':
      return { does: 'change', table: write.table, key: write.id, next: (stored) => incremented(stored, write) };
    case 'recordVersion': {
      const key = `${write.subscription}/${write.aggregateId}`;
      return { does: 'change', table: 'versions', key, next: (stored) => newerVersion(stored, write) };
    }
    case 'forgetInbox': {
      const isOld = (row: Payload) => isBefore(row['at'], write.before);
      return { does: 'forget', table: 'inbox', subscription: write.subscription, isOld };
    }
  }
}

/** An aggregate that is not there has the version 0. */
function checkVersion(stored: Payload | undefined, { expectedVersion }: Of<'save'>): void {
  if ((stored ? stored['version'] : 0) !== expectedVersion) throw new Abort('conflict');
}

function newOutboxRow({ event, position }: Of<'appendOutbox'>): Payload {
  return { published: 0, event, ...(position !== undefined && { position }) };
}

function inboxRow({ subscription, eventId, at }: Of<'recordInbox'>): Payload {
  return { subscription, eventId, at };
}

function published(stored: Payload | undefined, { at }: Of<'markOutbox'>): OutboxRow {
  if (!stored) throw new Abort('conflict');
  return { ...(stored as OutboxRow), published: 1, publishedAt: at };
}

function updated(stored: Payload | undefined, { set, where = {} }: Of<'update'>): Payload {
  const differs = ([field, value]: [string, unknown]) => own(stored!, field) !== value;
  if (!stored || Object.entries(where).some(differs)) throw new Abort('conflict');
  return Object.fromEntries(Object.entries({ ...stored, ...set }).filter(([, value]) => value !== undefined));
}

const own = (row: Payload, field: string): unknown => (Object.hasOwn(row, field) ? row[field] : undefined);

function finished(stored: Payload | undefined, { position, remove }: Of<'finishEntry'>): Payload {
  const entries: unknown = stored?.['outbox'];
  const outbox = Array.isArray(entries) ? (entries as OutboxEntry[]) : [];
  const index = outbox.findIndex((entry) => entry.position === position);
  if (!stored || index < 0) throw new Abort('conflict');
  const done = { ...outbox[index]!, published: true };
  return withOutbox(stored, remove ? outbox.toSpliced(index, 1) : outbox.with(index, done));
}

function incremented(stored: Payload | undefined, { id, field }: Of<'increment'>): Payload {
  const before = stored ? own(stored, field) : undefined;
  return { ...stored, id, [field]: typeof before === 'number' ? before + 1 : 1 };
}

function newerVersion(
  stored: Payload | undefined,
  { subscription, aggregateId, version }: Of<'recordVersion'>,
): Payload {
  const seen = stored?.['version'];
  if (typeof seen === 'number' && seen >= version) throw new Abort('stale', seen);
  return { subscription, aggregateId, version };
}

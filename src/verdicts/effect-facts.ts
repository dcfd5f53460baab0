/** What subscribers write: rows with keys of their own, rows they append, and their inbox. */
import type { PersistentMap } from '../base/persistent-map.ts';
import type { EventRef, RecordOf, RowWrite } from '../trace/record.ts';
import { pairKey, type EffectFacts, type EffectRow, type Facts, type RowWriter } from './facts.ts';
import type { Changes } from './fold.ts';
import { refOf } from './event-facts.ts';

type Applied = RecordOf<'consumer.effectApplied'>;

/** Tables that guard an effect or keep the log, and are not the effect. */
const plumbing = new Set(['inbox', 'versions', 'changes']);

const isEffect = ({ table, op }: RowWrite): boolean => op === 'put' && !plumbing.has(table);

/** The writes of the commit that a record names as its cause; none where the trace does not tell. */
export const writesOf = ({ cause }: { cause?: number }, { commit }: Facts): readonly RowWrite[] =>
  commit !== null && commit.seq === cause ? commit.writes : [];

/** Whether writes hold an effect. */
export const holdEffect = (writes: readonly RowWrite[]): boolean => writes.some(isEffect);

/** Whether writes hold an inbox row. */
export const holdInbox = (writes: readonly RowWrite[]): boolean =>
  writes.some(({ table, op }) => table === 'inbox' && op === 'put');

/** Whether an effect has appended a row: one whose key the database has given. */
export const appends = (record: Applied, before: Facts): boolean =>
  writesOf(record, before).some((write) => isEffect(write) && typeof write.key === 'number');

function write(rows: EffectFacts['rows'], record: Applied, { table, key }: RowWrite): EffectFacts['rows'] {
  const { subscription, seq } = record;
  const place = pairKey(subscription, `${table}/${key}`);
  const was = rows.get(place);
  const last: RowWriter = { seq, ref: refOf(record), before: was?.last ?? null };
  const isHighest = was === undefined || was.highest.ref.aggregateVersion < record.aggregateVersion;
  const row: EffectRow = { subscription, table, key: String(key), last, highest: isHighest ? last : was.highest };
  return rows.set(place, row);
}

export const effectChanges: Changes<EffectFacts, Facts> = {
  'consumer.effectApplied': (effects, record, before) => {
    const { subscription, eventId, seq } = record;
    let { rows, appenders, doubled, unbacked } = effects;
    for (const written of writesOf(record, before)) {
      if (isEffect(written) && typeof written.key === 'string') rows = write(rows, record, written);
    }
    if (appends(record, before)) {
      const pair = pairKey(subscription, eventId);
      const earlier = before.receptions.get(pair)?.appended ?? 0;
      const appended = { seq, subscription, ref: refOf(record) };
      appenders = appenders.set(subscription, true);
      if (earlier > 0 && !doubled.has(pair)) doubled = doubled.set(pair, appended);
      const isCommitted = (before.events.get(eventId)?.committed ?? null) !== null;
      if (earlier === 0 && !isCommitted) unbacked = unbacked.set(pair, appended);
    }
    return { rows, appenders, doubled, unbacked };
  },
  'transaction.committed': (effects, { events }, before) => back(effects, events, before),
  'participant.answered': (effects, answer, before) => back(effects, [answer], before),
};

/** These events are committed. */
function back(effects: EffectFacts, events: readonly EventRef[], { setting }: Facts): EffectFacts {
  let { unbacked } = effects;
  if (unbacked.size === 0) return effects;
  for (const { eventId } of events) {
    for (const subscription of setting.subscriptions) unbacked = unbacked.delete(pairKey(subscription, eventId));
  }
  return unbacked === effects.unbacked ? effects : { ...effects, unbacked };
}

export const inboxChanges: Changes<PersistentMap<string, number>, Facts> = {
  'inbox.recorded': (inbox, { subscription, eventId, seq }) => {
    const key = pairKey(subscription, eventId);
    return inbox.has(key) ? inbox : inbox.set(key, seq);
  },
};

export const forgottenChanges: Changes<PersistentMap<string, true>, Facts> = {
  'inbox.forgotten': (forgotten, { subscription, eventIds }) =>
    eventIds.reduce((all, eventId) => all.set(pairKey(subscription, eventId), true), forgotten),
};

/** What the picture shows inside its parts, as lists: rows, entries of documents and logs, messages wherever they lie. */
import type { HeldMessage, MessageView, QueueView, RowView } from '../../../playback/view.ts';
import type { Messages } from '../../i18n/en.ts';
import type { StageLate } from '../../i18n/en-stage-late.ts';
import { newestRows, text } from '../../rows.ts';
import type { Run } from '../../run.ts';
import { outboxRows, type ShownRow } from '../outbox-rows.ts';
import { subscriptions } from '../geometry.ts';
import { changeStrip } from './change-log.ts';
import { documentEntries } from './documents.ts';
import { partitions } from './log-cells.ts';

export interface Section {
  title: string;
  items: readonly string[];
}

/** How many of anything are listed; the picture shows fewer. */
const most = 20;

/** Every section that has anything in it. */
export function sectionsOf(run: Run, m: Messages, words: StageLate): Section[] {
  const heard = run.parts.subscriptions;
  const all = [
    ...(run.options.publish === 'outbox' && run.parts.flow !== 'trip'
      ? [outbox(run, m, words), changes(run, words)]
      : []),
    ...log(run, words),
    ...heard.flatMap((subscription) => messages(run.view.queues[subscription], run, words)),
    ...subscriptions.filter((name) => heard.includes(name)).map((subscription) => effects(subscription, run, words)),
  ];
  return all.filter(({ items }) => items.length > 0);
}

const withRest = (items: string[], all: number, words: StageLate): string[] =>
  all > items.length ? [...items, words.list.more(all - items.length)] : items;

function stateOf({ state, attempts, claim }: ShownRow, m: Messages): string {
  const names = {
    published: m.stage.published,
    pending: m.stage.notPublished,
    parked: m.stage.parked,
    reserved: m.stage.reserved,
    passedOver: m.stage.passedOver,
  };
  const notes = [
    names[state],
    attempts > 0 ? m.stage.attempts(attempts) : '',
    claim ? m.records.part(claim.process) : '',
  ];
  return notes.filter(Boolean).join(', ');
}

function outbox(run: Run, m: Messages, words: StageLate): Section {
  const { view, options } = run;
  const { stored } = view.outbox;
  const title = words.list.outbox;
  if (options.outbox === 'document') {
    const items = newestRows(view.tables['campaigns'], most).flatMap((row) => entriesIn(row, m, words));
    return { title, items: withRest(items.slice(0, most), stored, words) };
  }
  const rows = outboxRows(view, most, options.relay === 'cursorPolling');
  const items = rows.map((row) => words.list.row(row.position, row.event ?? '', stateOf(row, m)));
  return { title, items: withRest(items, stored, words) };
}

const entriesIn = (row: RowView, m: Messages, words: StageLate): string[] =>
  documentEntries(row).map(({ position, eventType, published }) =>
    words.list.row(`${row.key}/${position}`, eventType, published ? m.stage.published : m.stage.notPublished),
  );

function changes({ view, options }: Run, words: StageLate): Section {
  const items: string[] = [];
  if (options.relay === 'logTailing') {
    const { cells, position } = changeStrip(view, most);
    items.push(words.changes.position(position));
    for (const { number, tables } of cells.toReversed()) items.push(words.list.change(number, tables));
  }
  return { title: words.list.changes, items };
}

function log({ view, options }: Run, words: StageLate): Section[] {
  if (options.bus !== 'log') return [];
  return partitions.map((partition) => {
    const known = view.log?.partitions.find((other) => other.partition === partition);
    const entries = known?.entries.slice(-most).toReversed() ?? [];
    const items = entries.map((entry) =>
      words.list.entry(entry.offset, entry.eventType, entry.aggregateId, entry.aggregateVersion, entry.copy),
    );
    return { title: words.list.partition(partition, known?.end ?? 0), items: withRest(items, known?.end ?? 0, words) };
  });
}

function messages(queue: QueueView | undefined, { view, options }: Run, words: StageLate): Section[] {
  if (!queue) return [];
  const { subscription, waiting, inFlight, released, expired, buffered, dead } = queue;
  const w = words.list;
  const say = (message: MessageView, ...notes: string[]): string => {
    const attempt = message.attempts > 1 ? w.attempt(message.attempts) : '';
    const late = message.delayedUntil !== null && message.delayedUntil > view.at ? w.delayed : '';
    const all = [...notes, attempt, late].filter(Boolean).join(', ');
    return w.message(message.eventType, message.aggregateId, message.aggregateVersion, all);
  };
  const held = (one: HeldMessage, note = ''): string => say(one, w.at(one.consumer), note);
  const inHand = [
    ...[...released, ...inFlight].map((one) => held(one)),
    ...buffered.map((one) => held(one, w.inMemory)),
    ...expired.map((one) => held(one, w.zombie)),
  ];
  // on a log nothing lies in a queue: the positions say what comes next
  const queued = options.bus === 'queue' ? waiting.slice(0, most).map((one) => say(one)) : [];
  return [
    { title: w.waiting(subscription), items: queued.length > 0 ? withRest(queued, waiting.length, words) : [] },
    { title: w.held(subscription), items: inHand },
    { title: w.dead(subscription), items: dead.map((one) => say(one)) },
  ];
}

function effects(subscription: string, { view }: Run, words: StageLate): Section {
  const table = view.tables[subscription === 'billing' ? 'invoices' : 'ads'];
  const rows = newestRows(table, most);
  const say = (row: RowView): string =>
    subscription === 'billing'
      ? words.list.row(row.key, text(row, 'item'), text(row, 'amount'))
      : words.list.row(text(row, 'campaign'), text(row, 'location'), text(row, 'status'));
  return { title: words.list.effects(subscription), items: withRest(rows.map(say), table?.rows.size ?? 0, words) };
}

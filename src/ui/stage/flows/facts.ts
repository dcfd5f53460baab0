/** The parts of the flows with a saga in words: for the buttons of the diagram, and for the list that says all of it. */
import type { InstanceView, Part } from '../../../playback/view.ts';
import type { Messages } from '../../i18n/en.ts';
import type { StageFlowWords } from '../../i18n/en-stage-flows.ts';
import type { Run } from '../../run.ts';
import type { Section } from '../late/sections.ts';
import { timeLeft } from '../time-left.ts';
import { lastDone, lastWords, shownInstance, thingWords, troubles } from './instances.ts';
import { moneyOf } from './money.ts';
import { sagaTables, storedRows } from './saga-rows.ts';

/** What a part is called in its flow; null where that is as everywhere. */
export function flowName(part: Part, { parts }: Run, words: StageFlowWords): string | null {
  if (part === 'service' && parts.flow !== 'campaign') return words.names[parts.flow].service;
  const [, name] = /^queue:(saga|processManager)$/.exec(part) ?? [];
  return name ? (parts.options.bus === 'pubsub' ? words.line : words.queue)(name) : null;
}

/** What is to be said of a part in its flow; null where that is the same as without a saga. */
export function flowFacts(part: Part, run: Run, m: Messages, words: StageFlowWords): string[] | null {
  const { parts } = run;
  if (parts.participants.includes(part)) return participant(part, run, words);
  if (/^consumer:(saga|processManager)$/.test(part)) return saga(run, m, words);
  if (/^consumer:(saga|processManager)-/.test(part)) return [];
  if (part === 'service' && parts.flow === 'budget') return money(run, m, words);
  if (part === 'service' && parts.flow === 'trip') return [];
  if (part === 'database' && parts.flow === 'trip') return tables(run, m);
  return null;
}

function participant(name: string, { view }: Run, words: StageFlowWords): string[] {
  const state = view.sagas.participants[name];
  const role = words.participant.roles[name] ?? '';
  if (!state || state.received === 0) return [role];
  return [
    words.participant.received(state.received),
    ...state.things.slice(-3).map((thing) => thingWords(thing, words)),
    lastDone(state, words),
  ].filter(Boolean);
}

function saga({ view, parts, time }: Run, m: Messages, words: StageFlowWords): string[] {
  if (parts.machines.length === 0) return [words.noMemory];
  const one = shownInstance(view);
  if (!one) return [words.none];
  const { order, notFound } = view.sagas;
  const more = [order.length > 1 ? words.instances(order.length) : '', notFound > 0 ? words.missed(notFound) : ''];
  return [`${one.id} ${one.state}`, ...instance(one, time, m, words), ...more.filter(Boolean)];
}

function instance(one: InstanceView, time: number, m: Messages, words: StageFlowWords): string[] {
  const { version, attempt, ended, deleted, waitsFor, timers } = one;
  const state = deleted
    ? words.deleted
    : ended
      ? words.ended
      : waitsFor
        ? words.waitsFor(m.records.part(waitsFor))
        : '';
  return [
    words.instance(version, attempt),
    state,
    ...troubles(one, words),
    lastWords(one, words).text,
    ...timers.map(({ timer, due }) => words.timer(timer, timeLeft(due, time))),
  ].filter(Boolean);
}

function money({ view }: Run, m: Messages, { budget }: StageFlowWords): string[] {
  const { active, limit, shares } = moneyOf(view);
  return [
    budget.rule,
    (active > limit ? budget.broken : budget.holds)(active, limit),
    ...shares.map(
      ({ campaign, amount, state }) => `${budget.campaign(campaign)} ${budget.states[state] ?? state} ${amount}`,
    ),
  ];
}

const tables = ({ view }: Run, m: Messages): string[] =>
  sagaTables.map((table) => m.stage.list.rows(table, view.tables[table]?.rows.size ?? 0));

/** How many of anything are listed; the picture shows fewer. */
const most = 20;

/** What the picture shows inside the parts of a flow with a saga, as lists. */
export function flowSections(run: Run, m: Messages, words: StageFlowWords): Section[] {
  const { view, parts, time } = run;
  const instances = view.sagas.order.slice(-most).flatMap((id) => {
    const one = view.sagas.instances.get(id);
    return one ? [words.list.instance(id, [one.state, ...instance(one, time, m, words)].join(', '))] : [];
  });
  const rows = sagaTables.map((table): Section => ({
    title: words.list.rows(table),
    items: storedRows(table, view, most, time, words).map(({ left, right }) => (right ? `${left}, ${right}` : left)),
  }));
  const things = parts.participants.map((name): Section => ({
    title: words.list.things(m.records.part(name)),
    items: (view.sagas.participants[name]?.things ?? []).slice(-most).map((thing) => thingWords(thing, words)),
  }));
  return [{ title: words.list.instances, items: instances }, ...rows, ...things].filter(
    ({ items }) => items.length > 0,
  );
}

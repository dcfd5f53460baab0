/** Every part in words: the accessible names of the diagram, and the list that says all the picture says. */
import type { Part, ProcessView } from '../../playback/view.ts';
import type { Messages } from '../i18n/en.ts';
import type { Options } from '../../trace/scenario.ts';
import type { Run } from '../run.ts';
import { countWhere, newestRows, text, total } from '../rows.ts';
import type { StageModel } from './stage-model.svelte.ts';

/** What the part is called on the stage; the second of two is called like the first, with its number. */
export function nameOf(part: Part, m: Messages, bus: Options['bus'] = 'queue'): string {
  const names = m.stage.part;
  if (part.startsWith('queue:')) return (bus === 'pubsub' ? names.line : names.queue)(part.slice(6));
  const [, base = part, number] = /^(?:consumer:)?(.*?)(?:-(\d+))?$/.exec(part) ?? [];
  const name = names[base as keyof typeof names];
  return typeof name !== 'string' ? m.records.part(part) : number ? `${name} ${number}` : name;
}

/** What the part is called in the flow that is on the stage. */
export const nameAt = (part: Part, { flow, run }: StageModel, m: Messages): string =>
  flow?.flowName(part, run, flow.stageFlowWords()) ?? nameOf(part, m, run.options.bus);

/** The part's name and state as one line. */
export function describe(part: Part, stage: StageModel, m: Messages): string {
  const { run } = stage;
  const words = stage.flow?.stageFlowWords();
  const own = words && stage.flow?.flowFacts(part, run, m, words);
  const facts = [nameAt(part, stage, m), ...(own ?? factsOf(part, run, m))];
  const process = run.view.processes[part];
  if (process) facts.push(...processFacts(process, m));
  facts.push(...stage.moreAbout(part));
  for (const { failure } of stage.armed.get(part) ?? [])
    facts.push(m.stage.armed(m.records.failure(failure, run.options)));
  for (const each of stage.breaks) if (each.part === part) facts.push(m.stage.broken(m.promises.name(each.key)));
  return facts.join(', ');
}

function factsOf(part: Part, run: Run, m: Messages): string[] {
  const [kind, subscription = ''] = part.split(':');
  switch (kind) {
    case 'service':
      return campaign(run, m);
    case 'database':
      return database(run, m);
    case 'bus':
      return [run.view.bus.up ? m.stage.list.up : m.stage.busDown];
    case 'queue':
      return run.options.bus === 'queue' ? queue(subscription, run, m) : [];
    case 'consumer':
      // what two consumers have done together is said of the first
      return /-\d+$/.test(subscription) ? [] : consumer(subscription, run, m);
    default:
      return [];
  }
}

function processFacts(process: ProcessView, m: Messages): string[] {
  const s = m.stage;
  if (!process.up) return [s.list.crashed(process.restartAt === null ? s.downForGood : '')];
  const facts = process.task?.effect ? [s.doing(m.records.effect(process.task.effect))] : [];
  if (process.task?.waiting) facts.push(s.waiting);
  if (process.slowBy > 0) facts.push(s.slow(process.slowBy));
  return facts;
}

function campaign(run: Run, m: Messages): string[] {
  const [row] = newestRows(run.view.tables['campaigns'], 1);
  if (!row) return [m.stage.draft];
  const state = text(row, 'state');
  return [
    m.stage.campaign(String(row.key)),
    `${m.stage.version(Number(text(row, 'version')))} ${m.stage.states[state] ?? state}`,
  ];
}

function database(run: Run, m: Messages): string[] {
  const { tables, transactions, outbox } = run.view;
  const facts = [m.stage.list.rows('campaigns', tables['campaigns']?.rows.size ?? 0)];
  if (run.options.publish === 'outbox') {
    facts.push(m.stage.list.rows('outbox', outbox.stored), m.stage.list.unpublished(outbox.pending));
  }
  const transaction = transactions['service'];
  if (transaction) facts.push(m.stage.transaction[transaction.status]);
  return facts;
}

function queue(subscription: string, run: Run, m: Messages): string[] {
  const state = run.view.queues[subscription];
  const { list } = m.stage;
  const facts = [list.count(state?.waiting.length ?? 0)];
  for (const { eventType, attempts } of state?.inFlight ?? []) facts.push(list.inHand(eventType, attempts));
  if (state?.dead.length) facts.push(list.dead(state.dead.length));
  return facts;
}

function consumer(subscription: string, run: Run, m: Messages): string[] {
  const state = run.view.subscribers[subscription];
  const facts = [outcome(subscription, run, m)];
  if (state) facts.push(m.stage.list.handled(state.handled, state.applied));
  facts.push(m.stage.inbox[run.options.inbox], ...countsOf(subscription, run, m));
  const doubled = doubledWord(subscription, run, m);
  return doubled ? [...facts, doubled] : facts;
}

/** That a subscriber has done something twice; '' where it has not. */
export function doubledWord(subscription: string, run: Run, m: Messages): string {
  if (!run.view.subscribers[subscription]?.doubled.length) return '';
  return subscription === 'billing' ? m.stage.chargedTwice : m.stage.appliedTwice;
}

/** What a subscriber has not done, and what never came to it. */
export function countsOf(subscription: string, { view }: Run, m: Messages): string[] {
  const state = view.subscribers[subscription];
  const counts: string[] = [];
  const known = (state?.ignored ?? 0) - (state?.stale ?? 0);
  if (known > 0) counts.push(m.stage.ignored(known));
  if (state?.stale) counts.push(m.stage.stale(state.stale));
  const dead = view.queues[subscription]?.dead.length ?? 0;
  if (dead > 0) counts.push(m.stage.deadCount(dead));
  return counts;
}

/** What a subscriber's own tables come to. */
export function outcome(subscription: string, run: Run, m: Messages): string {
  const { tables } = run.view;
  if (subscription === 'billing') {
    const sum = total(tables['invoices'], 'amount');
    return sum > 0 ? m.stage.charged(sum) : m.stage.notCharged;
  }
  const serving = countWhere(tables['ads'], 'status', 'SERVING');
  if (serving > 0) return m.stage.ads.serving(serving);
  return (tables['ads']?.rows.size ?? 0) > 0 ? m.stage.ads.stopped : m.stage.ads.none;
}

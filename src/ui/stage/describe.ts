/** Every part in words: the accessible names of the diagram, and the list that says all the picture says. */
import type { Part, ProcessView } from '../../playback/view.ts';
import type { Messages } from '../i18n/en.ts';
import type { Run } from '../run.ts';
import { countWhere, newestRows, text, total } from '../rows.ts';
import type { StageModel } from './stage-model.svelte.ts';

/** What the part is called on the stage. */
export function nameOf(part: Part, m: Messages): string {
  const names = m.stage.part;
  if (part.startsWith('queue:')) return names.queue(part.slice(6));
  const key = part.replace('consumer:', '') as keyof typeof names;
  const name = names[key];
  return typeof name === 'string' ? name : m.records.part(part);
}

/** The part's name and state as one line. */
export function describe(part: Part, stage: StageModel, m: Messages): string {
  const { run } = stage;
  const facts = [nameOf(part, m), ...factsOf(part, run, m)];
  const process = run.view.processes[part];
  if (process) facts.push(...processFacts(process, m));
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
      return queue(subscription, run, m);
    case 'consumer':
      return consumer(subscription, run, m);
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
  const { tables, transactions } = run.view;
  const facts = [m.stage.list.rows('campaigns', tables['campaigns']?.rows.size ?? 0)];
  if (run.options.publish === 'outbox') {
    facts.push(m.stage.list.rows('outbox', tables['outbox']?.rows.size ?? 0));
    facts.push(m.stage.list.unpublished(countWhere(tables['outbox'], 'published', 0)));
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
  if (state?.ignored) facts.push(m.stage.ignored(state.ignored));
  if (state?.doubled.length) facts.push(subscription === 'billing' ? m.stage.chargedTwice : m.stage.appliedTwice);
  return facts;
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

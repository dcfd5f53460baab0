/** What stands on the stage of the flows with a saga, in English. It comes with their drawings. */
import { shown, span } from '../format.ts';
import { part } from './en-parts.ts';

const list = (all: readonly string[]): string => all.join(', ');

export const enStageFlows = {
  /** The parts that are called otherwise in these flows. */
  names: {
    trip: { service: 'Trip service', handler: 'BookingAPI' },
    budget: { service: 'Budget service', handler: 'ManagementAPI' },
  },
  machines: {
    campaignPublishing: 'Campaign publishing saga',
    tripBooking: 'Trip booking process manager',
    budgetKeeping: 'Budget keeping saga',
  } as Record<string, string>,
  stateless: 'Publishing saga without a memory',
  queue: (subscription: string) => `${part(subscription)} queue`,
  line: (subscription: string) => `Line to ${part(subscription)}`,
  patterns: {
    stateless: 'A saga without a memory: each event becomes a command, sent at once, and nothing is written down.',
    eventSourced:
      'A saga as in the book: what came and what it ordered is recorded with its outbox in one transaction.',
    guarded:
      'A saga: its state, its commands and its deadlines commit in one transaction; the relay sends the commands.',
    direct: 'A saga whose handler sends the commands itself, before its state is saved.',
    trip: 'A process manager: it remembers where the trip is, and says who is asked next.',
    tripDirect: 'A process manager whose handler sends the commands itself, before its state is saved.',
    together: 'One boundary: what must always agree is in one aggregate, and every commit keeps the rule.',
    apart: 'Two boundaries and a saga: campaigns start first, and the budget is asked afterwards.',
    tooLarge: 'One boundary round everything: the rule is kept, and everybody waits for everybody.',
  },
  tables: { sagas: 'sagas', commands: 'commands', timers: 'timers', history: 'history' },
  instance: (version: number, attempt: number) => `v${version}${attempt > 1 ? ` · attempt ${attempt}` : ''}`,
  instances: (count: number) => `${count} instances`,
  none: 'no instance yet',
  noMemory: 'keeps no state: every event is news to it',
  waitsFor: (who: string) => `waits for ${who}`,
  ended: 'ended',
  deleted: 'ended, deleted',
  moved: shown((type: string, from: string | null, to: string) =>
    from === null ? `${type}: begins in ${to}` : from === to ? `${type}: stays in ${to}` : `${type}: ${from} → ${to}`,
  ),
  ignored: shown((type: string, reason: string) => `ignored ${type}: ${reason}`),
  reasons: {
    duplicate: 'a duplicate',
    stale: 'of an earlier attempt',
    late: 'too late',
    unexpected: 'not expected here',
    notFound: 'no such instance',
  },
  conflicts: (count: number) => (count === 1 ? '1 conflict' : `${count} conflicts`),
  startedTwice: 'started twice',
  missed: (count: number) => `${count} found no instance`,
  timer: shown((name: string, left: number) => `${name} in ${span(left)}`),
  due: (left: number) => (left > 0 ? `in ${span(left)}` : 'due'),
  sent: 'sent',
  notSent: 'not sent',
  history: {
    received: shown((type: string, token: string) => `← ${type}${token && ` ${token}`}`),
    issued: shown((name: string, token: string) => `→ ${name}${token && ` ${token}`}`),
    decided: 'decided',
  },
  commandRelay: 'sends commands',
  participant: {
    /** What somebody is there for, before anything was asked. */
    roles: {
      publishing: 'lists advertisements',
      approver: 'approves routes',
      manager: 'decides on routes',
      airline: 'books flights',
      hotel: 'books rooms',
      traveler: 'is told the end',
      operator: 'takes alerts',
    } as Record<string, string>,
    silent: 'said nothing',
    delayed: shown((name: string) => `${name} is late`),
    dropped: shown((name: string) => `${name} lost`),
    ignored: {
      known: 'knew it already',
      prevented: 'refused: cancelled before',
      nothingThere: 'had nothing to undo',
    } as Record<string, string>,
    received: (count: number) => (count === 1 ? '1 command' : `${count} commands`),
    twice: (count: number) => `${count}× listed`,
  },
  effects: {
    asked: 'asked',
    listed: 'listed',
    withdrawn: 'withdrawn',
    booked: 'booked',
    cancelled: 'cancelled',
    prevented: 'barred',
    notified: 'told',
  },
  told: shown((what: string) => `told: ${what}`),
  answered: (token: string, yes: boolean) => `${token} ${yes ? '✓' : '✕'}`,
  answers: {
    title: 'Answer in its place',
    nothing: 'Nobody has asked yet.',
    give: shown((answer: string, token: string) => `${answer}${token && ` ${token}`}`),
  },
  budget: {
    title: 'Budget',
    account: 'Account',
    publisher: 'Publisher',
    campaign: shown((id: string) => `Campaign ${id}`),
    committed: (amount: number, limit: number) => `${amount} of ${limit} committed`,
    reserved: (amount: number, limit: number) => `${amount} of ${limit} reserved`,
    views: (count: number) => `${count} views`,
    states: { DRAFT: 'draft', ACTIVE: 'ACTIVE', DEACTIVATED: 'stopped' } as Record<string, string>,
    rule: 'Rule: active ≤ budget',
    holds: (active: number, limit: number) => `${active} ≤ ${limit}`,
    broken: (active: number, limit: number) => `${active} > ${limit}: broken`,
    none: 'no campaigns yet',
    nobody: 'nobody subscribes',
  },
  list: {
    rows: (table: string) => `Rows of ${table}`,
    instances: 'Instances',
    things: (who: string) => `What ${who} was asked for`,
    instance: shown((id: string, facts: string) => `${id}: ${facts}`),
    thing: shown((thing: string, facts: string) => `${thing}: ${facts}`),
    participants: (facts: readonly string[]) => list(facts),
  },
};

export type StageFlowWords = typeof enStageFlows;

/** What sagas, process managers and participants do, each record as one English sentence. */
import type { Received, RecordKind, RecordOf } from '../../trace/record.ts';
import { seconds } from '../format.ts';
import { part } from './en-parts.ts';
import { ignoredReason } from './en-reasons.ts';

/** The kinds of records that only flows with a saga have. */
export type SagaKind = Extract<
  RecordKind,
  `saga.${string}` | `timer.${string}` | `relay.command${string}` | `participant.${string}`
>;

/** One sentence for each of them. */
export type SagaSentences = { [K in SagaKind]: (record: RecordOf<K>) => string };

const named = (type: string, token: string | undefined): string => (token ? `${type} ${token}` : type);
const received = ({ type, token }: Received): string => named(type, token);

/** What a participant has done about a command; `what`: the thing as it calls it, and for which token. */
const effects: Record<RecordOf<'participant.executed'>['effect'], (who: string, what: string) => string> = {
  asked: (who, what) => `${who} is asked for ${what}.`,
  listed: (who, what) => `${who} lists ${what}.`,
  withdrawn: (who, what) => `${who} withdraws ${what}.`,
  booked: (who, what) => `${who} books ${what}.`,
  cancelled: (who, what) => `${who} cancels ${what}.`,
  prevented: (who, what) => `${who} notes the cancellation of ${what}, and will refuse it when it comes.`,
  notified: (who, what) => `${who} is told: ${what}.`,
};

function executed({ to, effect, thing, name, token, itself }: RecordOf<'participant.executed'>): string {
  const what = effect === 'notified' ? name : token && token !== thing ? `${token} (${thing})` : thing;
  const said = effects[effect](part(to), what);
  return itself ? `${said.slice(0, -1)}, of its own accord.` : said;
}

export const sagaSentences: SagaSentences = {
  'saga.loaded': (r) =>
    r.state === undefined
      ? `There is no instance ${r.instance} yet.`
      : `${r.instance} is loaded: version ${r.version}, ${r.state}.`,
  'saga.moved': (r) => {
    const why = received(r.received);
    if (r.from === undefined) return `${why}: ${r.instance} begins, in ${r.to}.`;
    return r.from === r.to
      ? `${why}: ${r.instance} stays in ${r.to}.`
      : `${why}: ${r.instance} goes from ${r.from} to ${r.to}.`;
  },
  'saga.ignored': (r) => `${r.instance} ignores ${received(r.received)}: ${ignoredReason(r.reason, r.state)}.`,
  'saga.conflicted': (r) =>
    `Another handler has saved ${r.instance} since version ${r.version} was loaded: ${part(r.process)} decides anew.`,
  'saga.notFound': (r) =>
    r.policy === 'discard'
      ? `There is no instance ${r.instance} for ${received(r.received)}: it is discarded.`
      : `There is no instance ${r.instance} for ${received(r.received)}: it is to come again later.`,
  'saga.deleted': (r) => `${r.instance} has ended, and is deleted.`,
  'saga.commandIssued': (r) =>
    `${r.instance} issues ${named(r.name, r.token)} for ${part(r.to)}: row ${r.number}, not yet sent.`,
  'saga.called': (r) => `${r.instance} calls ${part(r.to)} itself: ${named(r.name, r.token)}.`,
  'timer.set': (r) => `${r.instance} sets ${named(r.timer, r.token)} for ${seconds(r.due)} s.`,
  'timer.fired': (r) => `The time is up: ${named(r.timer, r.token)} of ${r.instance}.`,
  'relay.commandsFetched': (r) =>
    r.numbers.length === 0
      ? 'The relay asks for commands and finds none.'
      : `The relay finds command row${r.numbers.length > 1 ? 's' : ''} ${r.numbers.join(', ')}.`,
  'relay.commandSent': (r) => `The relay sends row ${r.number}, ${named(r.name, r.token)}, to ${part(r.to)}.`,
  'relay.commandMarked': (r) => `Command row ${r.number} is marked as sent.`,
  'participant.delayed': (r) => `${named(r.name, r.token)} for ${part(r.to)} is held back until ${seconds(r.until)} s.`,
  'participant.dropped': (r) => `${named(r.name, r.token)} for ${part(r.to)} is lost.`,
  'participant.duplicated': (r) => `${named(r.name, r.token)} for ${part(r.to)} is doubled.`,
  'participant.received': (r) => `${named(r.name, r.token)} reaches ${part(r.to)}.`,
  'participant.executed': executed,
  'participant.ignored': (r) => {
    const what = named(r.name, r.token);
    if (r.reason === 'known') return `${part(r.to)} knows ${what} already: nothing is done again.`;
    return r.reason === 'prevented'
      ? `${part(r.to)} refuses ${what}: its cancellation came first.`
      : `${part(r.to)} has nothing to undo for ${what}.`;
  },
  'participant.silent': (r) => `${part(r.to)} says nothing about ${named(r.name, r.token)}.`,
  'participant.answered': (r) => `${part(r.process)} answers: ${named(r.eventType, r.token)}.`,
};

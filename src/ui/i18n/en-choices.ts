/** What there is to say about options, failures and interventions before one is chosen, in English. Fetched when wanted. */
import { fine, hints, reasons } from './en-option-hints.ts';

export const enChoices = {
  fine,
  hints,
  reasons,
  /** What is wrong with options that do not go together: this value, and why. */
  contradiction: (value: string, reason: string) => `Its options do not go together. ${value}: ${reason}`,
  disabled: {
    noRelay: 'There is no relay without the outbox.',
    neverPublishes: 'With the outbox the service itself publishes nothing.',
    isDown: 'It is down already.',
    isUp: 'It is running.',
    nothingWaits: 'No message waits in this queue.',
    busIsDown: 'The bus is down already.',
    notOnThisBus: 'This bus does not do that.',
    nothingToLose: 'Nobody waits for a confirmation.',
    nothingIsClaimed: 'The relays claim nothing.',
    relayMustBeUp: 'The relay does it, and is down.',
    busMustBeUp: 'The bus is down.',
  },
  crash: 'Crashes …',
  before: 'before',
  after: 'after',
  between: 'between',
  message: (place: number, type: string, aggregate: string, version: number) =>
    `${place}. ${type}, ${aggregate} v${version}`,
  stepIn: {
    replay: 'Read the log again …',
    subscription: 'Whose reading',
    offset: 'From offset',
    go: 'Read again',
  },
  growth: {
    title: 'Growth of the outbox',
    stored: 'stored',
    pending: 'to be published',
    parked: 'parked',
    read: 'read by the last poll',
    totalRead: (polls: number) => `read by ${polls} poll${polls === 1 ? '' : 's'} in all`,
  },
};

/** What every language says about choices. */
export type ChoiceWords = typeof enChoices;

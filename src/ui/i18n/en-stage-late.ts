/** What only some variants of the stage have to say, and what the list says of every one, in English. Fetched when wanted. */
import { shown, span } from '../format.ts';
import { part } from './en-parts.ts';

const list = (all: readonly (string | number)[]): string => all.join(', ');

export const enStageLate = {
  relay: {
    holds: shown(
      (what: readonly (string | number)[], left: number | null) =>
        `holds ${list(what)}${left === null ? '' : ` · ${span(left)}`}`,
    ),
    ranOut: shown((what: readonly (string | number)[]) => `claim on ${list(what)} ran out`),
    at: (position: number | null) => (position === null ? 'no position yet' : `position ${position}`),
    stopped: (fence: number) => `stopped before ${fence}`,
    lost: (first: number) => `the log begins at ${first}`,
  },
  cleaner: { idle: 'removes old rows' },
  changes: {
    title: 'change log',
    from: (first: number) => `from ${first}`,
    lost: (position: number, first: number) =>
      `lost: ${position + 1 === first - 1 ? first - 1 : `${position + 1}–${first - 1}`}`,
    position: (position: number) => `relay at ${position}`,
  },
  document: { entries: (count: number, pending: number) => `${count} · ${pending} pending` },
  pubsub: { nothingKept: 'nothing kept', memory: 'memory' },
  log: {
    partition: (number: number) => `partition ${number}`,
    nobody: 'nobody',
  },
  handler: { name: (number: number) => `handler ${number}`, idle: 'free', down: 'crashed' },
  zombie: shown((event: string) => `still at ${event}`),
  facts: {
    parked: (count: number) => `${count} parked`,
    reserved: (positions: readonly number[]) => `positions taken, rows not there yet: ${list(positions)}`,
    polls: (polls: number, read: number) => `${polls} polls, ${read} rows in the last`,
    changes: (first: number, last: number) => `change log from ${first} to ${last}`,
    partition: (partition: number, end: number) => `partition ${partition}: ${end} records`,
    position: (partition: number, at: number, committed: number) =>
      `reads partition ${partition}, up to ${at}, committed ${committed}`,
    inHand: shown((events: readonly string[]) => `handles ${list(events)}`),
    memory: (count: number) => `${count} in memory`,
    zombie: shown((events: readonly string[]) => `still handles ${list(events)}, which it has lost`),
  },
  list: {
    outbox: 'Outbox',
    row: shown((key: string | number, event: string, state: string) => `${key} ${event}, ${state}`),
    more: (hidden: number) => `and ${hidden} more`,
    changes: 'Change log',
    change: shown((number: number, writes: readonly string[]) => `${number}: ${list(writes)}`),
    partition: (number: number, end: number) => `Partition ${number} of the log: next offset ${end}`,
    entry: shown(
      (offset: number, event: string, aggregate: string, version: number, copy: number) =>
        `${offset}: ${event}, ${aggregate} v${version}${copy > 1 ? `, copy ${copy}` : ''}`,
    ),
    waiting: (subscription: string) => `Queue of ${part(subscription)}`,
    held: (subscription: string) => `In the hands of ${part(subscription)}`,
    dead: (subscription: string) => `Dead letters of ${part(subscription)}`,
    message: shown(
      (event: string, aggregate: string, version: number, notes: string) =>
        `${event}, ${aggregate} v${version}${notes && `, ${notes}`}`,
    ),
    attempt: (attempt: number) => `delivery ${attempt}`,
    delayed: 'delayed',
    at: shown((consumer: string) => `at ${part(consumer)}`),
    inMemory: 'in memory',
    zombie: 'out of its hands',
    effects: (subscription: string) => `What ${part(subscription)} has written`,
  },
};

export type StageLate = typeof enStageLate;

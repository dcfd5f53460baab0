/** English words for what a reason speaks of. */
import { own } from '../base/own.ts';
import type { Reason } from './promise.ts';

export type Words = (reason: Reason) => string;
type Value = Reason[string] | undefined;

/** 'adServing' → 'ad serving' */
const words = (name: Value): string => String(name).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** Subscriptions that are no names of their own. */
const common: Readonly<Record<string, string>> = { saga: 'the saga', processManager: 'the process manager' };

/** The text with a capital at its head. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The name of a part within a sentence: 'relay-2' → 'relay 2', 'consumer:billing-2' → "billing's second handler". */
export function part(process: Value): string {
  const name = String(process ?? 'service');
  const [, subscription, number] = /^consumer:(.+?)(?:-(\d+))?$/.exec(name) ?? [];
  if (subscription !== undefined) {
    const which = number === undefined ? 'handler' : number === '2' ? 'second handler' : `handler ${number}`;
    return `${own(common, subscription) ?? words(subscription)}'s ${which}`;
  }
  if (name === 'publishing') return 'the publishing service';
  return /-\d+$/.test(name) ? name.replace('-', ' ') : `the ${words(name)}`;
}

/** The event by its type and aggregate. */
export const event: Words = ({ eventType, aggregateId }) => `${eventType} of ${aggregateId}`;

/** The event by its type, aggregate and version. */
export const versioned: Words = (r) => `${event(r)} (version ${r['version']})`;

/** The subscription's name. */
export const subscriber: Words = ({ subscription }) => own(common, String(subscription)) ?? words(subscription);

/** An instance of a saga, or of a process manager, by its id. */
export const instance: Words = (r) => `instance ${r['instance']}`;

/** A command of an instance by its name, and by its token where it has one. */
export const command: Words = (r) =>
  r['token'] === undefined || r['token'] === '' ? `${r['name']}` : `${r['name']} ${r['token']}`;

/** A row of the outbox table, or an entry in a document's outbox. */
export const place = (position: Value, document: Value): string =>
  document === undefined ? `row ${position}` : `entry ${position} in document ${document}`;

/** The event's place in the outbox; where it has none, the event. */
export const row: Words = ({ position, document, ...reason }) =>
  position === undefined ? event(reason) : place(position, document);

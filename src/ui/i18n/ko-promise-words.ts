/** 약속의 이유에서 말하는 것들의 한국어 이름. */
import { josa } from 'es-hangul';
import type { Verdict } from '../../trace/trace.ts';
import { part } from './ko-parts.ts';

export type Reason = NonNullable<Verdict['reason']>;
export type Words = (reason: Reason) => string;
type Value = Reason[string] | undefined;

/** A part by its name: 'relay-2' is the second relay, 'consumer:billing-2' the second consumer of billing. */
export function named(process: Value): string {
  const name = String(process ?? 'service');
  const [, base = name, number] = /^(.+)-(\d+)$/.exec(name) ?? [];
  if (number === undefined) return part(name);
  const which = number === '2' ? '두 번째' : `${number}번째`;
  return base.startsWith('consumer:') ? `${part(base)}의 ${which} 소비자` : `${which} ${part(base)}`;
}

/** The part it lies with. */
export const who: Words = (r) => named(r['process']);
/** The same with the particle of a subject. */
export const who가: Words = (r) => josa(who(r), '이/가');
/** The second part. */
export const other: Words = (r) => named(r['other']);
/** The same with the particle of a subject. */
export const other가: Words = (r) => josa(other(r), '이/가');
/** The subscription. */
export const to: Words = (r) => named(r['subscription']);
/** The same with the particle of a topic. */
export const to은: Words = (r) => josa(to(r), '은/는');
/** The same with the particle of a subject. */
export const to이: Words = (r) => josa(to(r), '이/가');

/** The event, as a noun that particles for a vowel can follow. */
export const event: Words = (r) => `${r['aggregateId']}번의 ${r['eventType']} 이벤트`;

/** A row of the outbox table, or an entry in a document's outbox. */
export const place = (position: Value, document: Value): string =>
  document === undefined ? `${position}번 행` : `${document}번 문서의 ${position}번 항목`;

/** The event's place in the outbox; where it has none, the event. */
export const row: Words = (r) => (r['position'] === undefined ? event(r) : place(r['position'], r['document']));
/** The same with the particle of an object. */
export const row을: Words = (r) => josa(row(r), '을/를');

/** What a statechart says, in English. It comes with the drawing. */
import type { IgnoredReason } from '../../trace/record.ts';
import { span } from '../format.ts';

const reasons: Record<IgnoredReason, string> = {
  unexpected: 'not expected in this state',
  late: 'it has ended',
  duplicate: 'it has had this very message',
  stale: 'it speaks of an earlier attempt',
  notFound: 'there is no such instance',
};

const list = (all: readonly string[]): string => all.join(', ');

export const enStatechart = {
  anywhere: 'In any state',
  stays: 'stays',
  ended: 'at its end',
  waitsFor: (who: string) => `waits for ${who}`,
  ignored: (event: string, reason: IgnoredReason) => `${event} ignored: ${reasons[reason]}`,
  chart: (machine: string, states: number) => `Statechart of ${machine}, ${states} states`,
  nobody: 'no instance yet',
  at: (instance: string, state: string) => `${instance} is in ${state}`,
  deleted: (instance: string) => `${instance} has ended and is deleted`,
  taken: (event: string, from: string | null, to: string) =>
    from === null ? `${event} led to ${to}` : `${event} led from ${from} to ${to}`,
  until: (timer: string, left: number) => `${timer} in ${span(left)}`,
  way: (from: string, event: string, guards: readonly string[], to: string, does: readonly string[]) =>
    `${from}: ${event}${guards.length > 0 ? ` if ${guards.join(' and ')}` : ''} → ${to}${does.length > 0 ? `, does ${list(does)}` : ''}`,
};

export type StatechartWords = typeof enStatechart;

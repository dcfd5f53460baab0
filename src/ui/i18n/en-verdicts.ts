/** The promises in English, in sentences: what each means, and how it stands with it. */
import type { Verdict } from '../../trace/trace.ts';
import { shown } from '../format.ts';

const meanings: Record<string, string> = {
  noPhantom: 'No subscriber handles an event whose transaction was rolled back.',
  noEarlyDelivery: 'No subscriber handles an event before its transaction has committed.',
  delivered: 'Every committed event reaches each subscriber at least once. Judged when the run has settled.',
  noDuplicateDelivery: 'No subscriber is handed the same event twice. At-least-once designs break this by nature.',
  effectAtMostOnce: 'The effect of an event, such as an invoice, happens at most once.',
  firstOrder: 'A subscriber first meets the events of one campaign in the order they were raised.',
  effectOrder: 'The effects of one campaign’s events are applied in order.',
  outboxDrains: 'Every committed outbox row gets published. Judged when the run has settled.',
};

const statusMeanings: Record<Verdict['status'], string> = {
  holds: 'It holds in this run.',
  broken: 'It is broken in this run.',
  pending: 'Nothing has broken it so far; press Settle to judge it.',
  parked: 'What is missing waits among the dead letters.',
  unknown: 'The run was stopped before this could be judged.',
};

export const enVerdicts = {
  meaning: (key: string) => meanings[key] ?? '',
  statusMeaning: (status: Verdict['status']) => statusMeanings[status],
  because: shown((verdict: Verdict) => verdict.because ?? ''),
  harmless: 'That is what at-least-once delivery means; no effect was doubled by it.',
  goTo: (step: number) => `Click to go to step ${step}.`,
};

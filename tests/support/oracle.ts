/**
 * The promises recomputed from the raw records by another way: sets and pairs, quadratic and worse, straight from the
 * definitions. It shares no code with src/verdicts, so that the two can be held against each other. This file: what
 * becomes of events on the bus and at their subscribers. The outbox and the tables have files of their own beside it.
 */
import type { TraceRecord } from '../../src/trace/record.ts';
import { converges, forgottenAndApplied, inboxApart } from './oracle-effects.ts';
import {
  finishedEarly,
  foreignBlocks,
  notCaptured,
  overwrites,
  pendingRows,
  publishedRows,
  resurrections,
  skips,
} from './oracle-outbox.ts';
import { claimsBroken } from './oracle-claims.ts';
import { openMessages } from './oracle-bus.ts';
import { overBudget, twoAtOnce } from './oracle-boundaries.ts';
import {
  deadAt,
  firsts,
  handlerStarts,
  Reading,
  sagas as sagaSubscriptions,
  sameEvent,
  type Handled,
  type Judged,
  type Status,
} from './oracle-reading.ts';

import { sagaBreaks } from './oracle-sagas.ts';

export type { Status } from './oracle-reading.ts';

/** The status after these records of each promise that is judged under these options. */
export function oracle(records: readonly TraceRecord[], judged: Judged): Record<string, Status> {
  const all = new Reading(records, judged);
  const last = records.at(-1);
  const rest = last?.kind === 'run.settled' ? last : null;
  const unbroken: Status = rest === null ? 'pending' : rest.quiet ? 'holds' : 'unknown';
  const safety = (violated: boolean): Status => (violated ? 'broken' : unbroken);
  const rests = all
    .of('run.settled')
    .filter(({ quiet }) => quiet)
    .map(({ seq }) => (seq === last?.seq ? all : new Reading(records.slice(0, seq + 1), judged)));
  const liveness = (judge: (part: Reading) => Status): Status => {
    if (rests.some((part) => judge(part) === 'broken')) return 'broken';
    return rest?.quiet ? judge(all) : unbroken;
  };
  const broken = (is: boolean): Status => (is ? 'broken' : 'holds');
  const { publish, relay, relays, claim, inbox, cleanup, dedupWindow } = judged.options;
  const { flow = 'campaign' } = judged;
  const outbox = publish === 'outbox' && flow !== 'trip';
  const subscribed = flow !== 'budget' || judged.options.boundary === 'apart';
  const effects = flow === 'campaign';
  const sagas = sagaBreaks(all);
  const keepsPlace = outbox && relay !== 'polling';
  return {
    ...(subscribed && {
      noPhantom: safety(phantoms(all)),
      noEarlyDelivery: safety(earlyDeliveries(all)),
      delivered: liveness(delivered),
      noDuplicateDelivery: safety(repeats(handlerStarts(all))),
      firstOrder: safety(disordered(firsts(handlerStarts(all)))),
      gapFree: safety(gaps(all)),
      monotone: safety(disordered(handlerStarts(all))),
      queueDrains: liveness((part) => broken(openMessages(part).length > 0)),
    }),
    ...(effects && {
      effectAtMostOnce: safety(repeats(all.of('consumer.effectApplied'))),
      effectOrder: safety(disordered(all.of('consumer.effectApplied'))),
      effectAtLeastOnce: liveness((part) => worst(missingEffects(part).map(({ status }) => status))),
      convergence: liveness((part) => converges(part, missingEffects(part))),
    }),
    ...(flow !== 'trip' && {
      outboxDrains: liveness((part) => {
        if (outbox && pendingRows(part, 'pending').length > 0) return 'broken';
        return outbox && pendingRows(part, 'parked').length > 0 ? 'parked' : 'holds';
      }),
      noLostUpdate: safety(overwrites(all)),
    }),
    ...(outbox && { atomicCapture: safety(notCaptured(all)) }),
    ...(outbox && { markImpliesAccepted: safety(finishedEarly(all) || skips(all).passed) }),
    ...(keepsPlace && { noSkip: safety(skips(all).passed || skips(all).cut || skips(all).behind) }),
    ...(outbox && { noForeignBlock: liveness((part) => broken(foreignBlocks(part))) }),
    ...(outbox && relays === 2 && claim !== 'none' && { singleClaim: safety(claimsBroken(all)) }),
    ...(outbox && { noResurrection: safety(resurrections(all)) }),
    ...(outbox && { boundedOutbox: liveness((part) => broken(publishedRows(part).length > 0)) }),
    ...(effects && inbox !== 'none' && inbox !== 'version' && { inboxAtomic: safety(inboxApart(all)) }),
    ...(((outbox && cleanup === 'on') || dedupWindow === 'short') && {
      retention: forgottenAndApplied(all)
        ? 'broken'
        : liveness((part) => broken(cleanup === 'on' && publishedRows(part).length > 0)),
    }),
    ...Object.fromEntries(Object.entries(sagas.safety).map(([id, violated]) => [id, safety(violated(all))])),
    ...Object.fromEntries(
      Object.entries(sagas.liveness).map(([id, violated]) => [id, liveness((part) => broken(violated(part)))]),
    ),
    ...(flow === 'budget' && { boundaryKept: safety(overBudget(all)) }),
    ...(judged.options.saga !== 'none' && { oneAggregatePerTx: safety(twoAtOnce(all)) }),
    stableIdentity: safety(identities(all)),
    causality: safety(effectsBeforeCauses(all)),
  };
}

const worst = (statuses: readonly Status[]): Status =>
  statuses.includes('broken') ? 'broken' : statuses.includes('parked') ? 'parked' : 'holds';

/** S1 is violated: a handler started for an event whose transaction rolls back, before or after. */
const phantoms = (all: Reading): boolean =>
  handlerStarts(all).some((start) =>
    all.of('transaction.aborted').some(({ transactionId }) => transactionId === start.transactionId),
  );

/** S2 is violated: a handler started with no commit of its event's transaction before it. */
const earlyDeliveries = (all: Reading): boolean =>
  handlerStarts(all).some(
    (start) =>
      ![...all.of('transaction.committed'), ...all.of('participant.answered')].some(
        ({ transactionId, seq }) => transactionId === start.transactionId && seq < start.seq,
      ),
  );

const repeats = (list: readonly Handled[]): boolean =>
  list.some((a) => list.some((b) => a.seq < b.seq && sameEvent(a, b)));

/** Somewhere a later version comes before an earlier one. */
const disordered = (list: readonly Handled[]): boolean =>
  list.some((a) =>
    list.some(
      (b) =>
        a.seq < b.seq &&
        a.subscription === b.subscription &&
        a.aggregateId === b.aggregateId &&
        a.aggregateVersion > b.aggregateVersion,
    ),
  );

/** S7 is violated: a first handling while an event of a lower version is committed and not handled. */
function gaps(all: Reading): boolean {
  const starts = handlerStarts(all);
  return firsts(starts).some((start) =>
    all
      .committed()
      .some(
        (event) =>
          event.seq < start.seq &&
          event.aggregateId === start.aggregateId &&
          event.aggregateVersion < start.aggregateVersion &&
          all.hears(start.subscription, event) &&
          !starts.some(
            (other) =>
              other.seq < start.seq && sameEvent(other, { subscription: start.subscription, eventId: event.eventId }),
          ),
      ),
  );
}

/** L1 over a trace at rest. Dead and never finished means parked; otherwise one start of a handler is enough. */
function delivered(all: Reading): Status {
  const starts = handlerStarts(all);
  return worst(
    all.committedPairs().map((pair): Status => {
      if (deadAt(all, pair)) return 'parked';
      if (starts.some((start) => sameEvent(start, pair))) return 'holds';
      return pendingRows(all, 'parked').includes(pair.eventId) ? 'parked' : 'broken';
    }),
  );
}

/** The pairs of L2 without an effect, and whether each is lost or waits for a person. */
function missingEffects(all: Reading) {
  const starts = handlerStarts(all);
  return all
    .committedPairs()
    .filter(({ subscription }) => !sagaSubscriptions.includes(subscription))
    .filter((pair) => !all.of('consumer.effectApplied').some((applied) => sameEvent(applied, pair)))
    .map((pair) => {
      const isHandled = starts.some((start) => sameEvent(start, pair));
      const inParkedRow = !isHandled && pendingRows(all, 'parked').includes(pair.eventId);
      const status: Status = deadAt(all, pair) || inParkedRow ? 'parked' : 'broken';
      return { ...pair, status };
    });
}

/** S13 is violated: two records say different things of one event. */
function identities(all: Reading): boolean {
  const copies = [
    ...all
      .of('effect.begun')
      .filter(
        ({ effect, eventId, eventType, aggregateId, aggregateVersion, transactionId }) =>
          effect === 'publish' &&
          ![eventId, eventType, aggregateId, aggregateVersion, transactionId].includes(undefined),
      ),
    ...all.of('transaction.committed').flatMap(({ events }) => events),
    ...all.of('participant.answered'),
    ...all.of('outbox.appended'),
    ...all.of('bus.accepted'),
    ...all.of('bus.refused'),
    ...all.of('bus.delivered'),
    ...all.of('bus.redelivered'),
    ...all.of('consumer.effectApplied'),
  ].map(({ eventId, eventType, aggregateId, aggregateVersion, transactionId }) => ({
    eventId,
    all: [eventType, aggregateId, aggregateVersion, transactionId].join('|'),
  }));
  return copies.some((a) => copies.some((b) => a.eventId === b.eventId && a.all !== b.all));
}

/** S17 is violated: taken in by the bus without a command, or handled without having been taken in. */
function effectsBeforeCauses(all: Reading): boolean {
  const commanded = [
    ...all
      .of('transaction.begun')
      .filter((begun) => all.of('command.received').some(({ task, seq }) => task === begun.task && seq < begun.seq)),
    ...all.of('participant.answered'),
  ];
  return (
    all
      .of('bus.accepted')
      .some(
        (accepted) =>
          !commanded.some(({ transactionId, seq }) => transactionId === accepted.transactionId && seq < accepted.seq),
      ) ||
    handlerStarts(all).some(
      (start) => !all.of('bus.accepted').some(({ eventId, seq }) => eventId === start.eventId && seq < start.seq),
    )
  );
}

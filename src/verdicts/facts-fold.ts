/** The facts as a fold over the trace. */
import { PersistentMap } from '../base/persistent-map.ts';
import {
  deadChanges,
  messageChanges,
  missingChanges,
  newestChanges,
  receptionChanges,
  unresolvedChanges,
} from './delivery-facts.ts';
import { carryingChanges, eventChanges, outboxChanges, transactionChanges, troubleChanges } from './event-facts.ts';
import type { Facts } from './facts.ts';
import { foldFields } from './fold.ts';

/** The facts before the first record. */
export function noFacts(subscriptions: readonly string[]): Facts {
  return {
    subscriptions,
    busUp: true,
    transactions: PersistentMap.empty(),
    events: PersistentMap.empty(),
    carrying: PersistentMap.empty(),
    troubles: PersistentMap.empty(),
    outbox: PersistentMap.empty(),
    messages: PersistentMap.empty(),
    receptions: PersistentMap.empty(),
    newest: PersistentMap.empty(),
    unresolved: PersistentMap.empty(),
    missing: PersistentMap.empty(),
    dead: PersistentMap.empty(),
  };
}

/** The facts after one more record; the same object where it says nothing new. */
export const stepFacts = foldFields<Facts>({
  busUp: { 'bus.wentDown': () => false, 'bus.cameUp': () => true },
  transactions: transactionChanges,
  events: eventChanges,
  carrying: carryingChanges,
  troubles: troubleChanges,
  outbox: outboxChanges,
  messages: messageChanges,
  receptions: receptionChanges,
  newest: newestChanges,
  unresolved: unresolvedChanges,
  missing: missingChanges,
  dead: deadChanges,
});

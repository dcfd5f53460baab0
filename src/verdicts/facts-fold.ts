/** The facts as a fold over the trace. */
import { PersistentMap } from '../base/persistent-map.ts';
import type { TraceRecord } from '../trace/record.ts';
import { boundaryChanges, noBoundary } from './boundary-facts.ts';
import { claimChanges } from './claim-facts.ts';
import {
  deadChanges,
  gapChanges,
  handlingChanges,
  missingChanges,
  newestChanges,
  receptionChanges,
  unappliedChanges,
  unresolvedChanges,
} from './delivery-facts.ts';
import { effectChanges, forgottenChanges, inboxChanges } from './effect-facts.ts';
import { eventChanges } from './event-facts.ts';
import type { Facts } from './facts.ts';
import { foldFields, type FieldChanges } from './fold.ts';
import { messageChanges, openChanges, partitionChanges } from './message-facts.ts';
import { outboxChanges } from './outbox-facts.ts';
import { keepsPlace, relayChanges } from './relay-facts.ts';
import { hasSaga } from '../trace/saga-parts.ts';
import { keepsOutbox } from './promise.ts';
import { sagaChanges } from './saga-fold.ts';
import { noSagas } from './saga-facts.ts';
import type { Setting } from './setting.ts';
import {
  carryingChanges,
  commandedChanges,
  readChanges,
  transactionChanges,
  troubleChanges,
  writtenChanges,
} from './task-facts.ts';

/** The facts before the first record. */
export function noFacts(setting: Setting): Facts {
  return {
    setting,
    busUp: true,
    transactions: PersistentMap.empty(),
    commit: null,
    events: PersistentMap.empty(),
    carrying: PersistentMap.empty(),
    troubles: PersistentMap.empty(),
    outbox: {
      waiting: PersistentMap.empty(),
      published: PersistentMap.empty(),
      rows: PersistentMap.empty(),
      documents: PersistentMap.empty(),
    },
    relay: { cursor: null, ahead: PersistentMap.empty() },
    claims: { held: PersistentMap.empty(), eras: PersistentMap.empty() },
    reads: PersistentMap.empty(),
    written: PersistentMap.empty(),
    commanded: PersistentMap.empty(),
    messages: PersistentMap.empty(),
    receptions: PersistentMap.empty(),
    handling: PersistentMap.empty(),
    newest: PersistentMap.empty(),
    gaps: PersistentMap.empty(),
    unresolved: PersistentMap.empty(),
    missing: PersistentMap.empty(),
    unapplied: PersistentMap.empty(),
    dead: PersistentMap.empty(),
    open: PersistentMap.empty(),
    partitions: PersistentMap.empty(),
    inbox: PersistentMap.empty(),
    forgotten: PersistentMap.empty(),
    effects: {
      rows: PersistentMap.empty(),
      appenders: PersistentMap.empty(),
      doubled: PersistentMap.empty(),
      unbacked: PersistentMap.empty(),
    },
    sagas: noSagas,
    boundary: noBoundary,
  };
}

/** Another object with the same facts; it names them all because that is fast. */
const copyOf = (facts: Facts): Facts => ({
  setting: facts.setting,
  busUp: facts.busUp,
  transactions: facts.transactions,
  commit: facts.commit,
  events: facts.events,
  carrying: facts.carrying,
  troubles: facts.troubles,
  outbox: facts.outbox,
  relay: facts.relay,
  claims: facts.claims,
  reads: facts.reads,
  written: facts.written,
  commanded: facts.commanded,
  messages: facts.messages,
  receptions: facts.receptions,
  handling: facts.handling,
  newest: facts.newest,
  gaps: facts.gaps,
  unresolved: facts.unresolved,
  missing: facts.missing,
  unapplied: facts.unapplied,
  dead: facts.dead,
  open: facts.open,
  partitions: facts.partitions,
  inbox: facts.inbox,
  forgotten: facts.forgotten,
  effects: facts.effects,
  sagas: facts.sagas,
  boundary: facts.boundary,
});

/** The facts after one more record; the same object where it says nothing new. Each setting has what its promises ask for. */
export function factsStep({ options, flow }: Setting): (facts: Facts, record: TraceRecord) => Facts {
  const { claim, bus, inbox, dedupWindow } = options;
  const outbox = keepsOutbox(options, flow);
  const when = <C>(asked: boolean, changes: C): C | Record<string, never> => (asked ? changes : {});
  const fields: FieldChanges<Facts> = {
    busUp: { 'bus.wentDown': () => false, 'bus.cameUp': () => true },
    transactions: transactionChanges,
    commit: { 'transaction.committed': (_, record) => record },
    events: eventChanges(options),
    carrying: carryingChanges,
    troubles: troubleChanges,
    outbox: when(outbox, outboxChanges),
    relay: when(keepsPlace(options), relayChanges),
    claims: when(outbox && claim !== 'none', claimChanges),
    reads: readChanges,
    written: writtenChanges,
    commanded: commandedChanges,
    messages: messageChanges,
    receptions: receptionChanges,
    handling: handlingChanges,
    newest: newestChanges,
    gaps: gapChanges,
    unresolved: unresolvedChanges,
    missing: missingChanges,
    unapplied: unappliedChanges,
    dead: deadChanges,
    open: bus === 'log' ? {} : openChanges(bus),
    partitions: when(bus === 'log', partitionChanges),
    inbox: when(inbox !== 'none' && inbox !== 'version', inboxChanges),
    forgotten: when(dedupWindow === 'short', forgottenChanges),
    effects: effectChanges,
    sagas: when(hasSaga(options, flow), sagaChanges(options)),
    boundary: when(flow === 'budget', boundaryChanges(options)),
  };
  return foldFields(fields, copyOf);
}

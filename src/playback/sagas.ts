/** Sagas, process managers and participants as a fold over the trace. */
import { PersistentMap } from '../base/persistent-map.ts';
import type { RecordOf } from '../trace/record.ts';
import type { Changes } from '../verdicts/fold.ts';
import { mostThings, type InstanceView, type ParticipantView, type SagaView, type ThingView } from './saga-view.ts';
import type { View } from './view.ts';

/** Nothing has been started, and nobody asked. */
export const noSagas = (participants: readonly string[]): SagaView => ({
  instances: PersistentMap.empty(),
  order: [],
  notFound: 0,
  participants: Object.fromEntries(participants.map((name) => [name, nobodyAsked])),
});

const nobodyAsked: ParticipantView = { received: 0, things: [], delayed: 0, last: null };

function changeInstance(
  sagas: SagaView,
  id: string,
  change: (instance: InstanceView) => Partial<InstanceView>,
): SagaView {
  const instance = sagas.instances.get(id);
  if (!instance) return sagas;
  return { ...sagas, instances: sagas.instances.set(id, { ...instance, ...change(instance) }) };
}

function changeParticipant(
  sagas: SagaView,
  name: string,
  change: (participant: ParticipantView) => Partial<ParticipantView>,
): SagaView {
  const participant = sagas.participants[name] ?? nobodyAsked;
  return { ...sagas, participants: { ...sagas.participants, [name]: { ...participant, ...change(participant) } } };
}

function moved(sagas: SagaView, record: RecordOf<'saga.moved'>): SagaView {
  const { instance: id, definition, version, to, context, attempt, waiting, ended, at, seq } = record;
  const before = sagas.instances.get(id);
  const from = record.from ?? null;
  const next: InstanceView = {
    id,
    definition,
    version,
    state: to,
    context,
    attempt,
    waiting,
    waitsFor: record.waitsFor ?? null,
    ended,
    deleted: false,
    startedAt: from === null ? at : (before?.startedAt ?? at),
    movedAt: at,
    timers: before?.timers ?? [],
    last: { from, to, type: record.received.type, seq },
    starts: (before?.starts ?? 0) + (from === null ? 1 : 0),
    issued: (before?.issued ?? 0) + record.issued.length,
    conflicts: before?.conflicts ?? 0,
    ignored: before?.ignored ?? {},
    lastIgnored: before?.lastIgnored ?? null,
  };
  const order = before ? sagas.order : [...sagas.order, id];
  return { ...sagas, instances: sagas.instances.set(id, next), order };
}

function executed(sagas: SagaView, record: RecordOf<'participant.executed'>): SagaView {
  const { process, instance, token, thing, name, effect, at } = record;
  return changeParticipant(sagas, process, ({ things }) => {
    const known = things.find((other) => other.thing === thing);
    const next: ThingView = known
      ? { ...known, effect, at }
      : { instance, token, thing, command: name, effect, answer: null, at };
    const all = known ? things.map((other) => (other === known ? next : other)) : [...things, next];
    return { things: all.slice(-mostThings), last: { what: 'executed', label: effect, at } };
  });
}

function answered(sagas: SagaView, record: RecordOf<'participant.answered'>): SagaView {
  const { process, instance, token, eventType, at } = record;
  return changeParticipant(sagas, process, ({ things }) => {
    const meant = things.findLast((thing) => thing.instance === instance && (thing.token || token) === token);
    return {
      things: things.map((thing) => (thing === meant ? { ...thing, answer: eventType } : thing)),
      last: { what: 'answered', label: eventType, at },
    };
  });
}

/** The sagas after one more record. */
export const sagaChanges: Changes<SagaView, View> = {
  'saga.moved': moved,
  'saga.deleted': (sagas, { instance }) => changeInstance(sagas, instance, () => ({ deleted: true })),
  'saga.conflicted': (sagas, { instance }) =>
    changeInstance(sagas, instance, ({ conflicts }) => ({ conflicts: conflicts + 1 })),
  'saga.notFound': (sagas) => ({ ...sagas, notFound: sagas.notFound + 1 }),
  'saga.ignored': (sagas, { instance, received: { type }, reason, seq, at }) =>
    changeInstance(sagas, instance, ({ ignored }) => ({
      ignored: { ...ignored, [reason]: (ignored[reason] ?? 0) + 1 },
      lastIgnored: { type, reason, seq, at },
    })),
  'timer.set': (sagas, { instance, timer, token, due, at }) =>
    changeInstance(sagas, instance, ({ timers }) => ({
      timers: [...timers, { timer, token, setAt: at, due }].sort((a, b) => a.due - b.due),
    })),
  'timer.fired': (sagas, { instance, timer, token }) =>
    changeInstance(sagas, instance, ({ timers }) => ({
      timers: timers.filter((other) => other.timer !== timer || other.token !== token),
    })),
  'participant.received': (sagas, { process }) =>
    changeParticipant(sagas, process, ({ received }) => ({ received: received + 1 })),
  'participant.delayed': (sagas, { process, name, at }) =>
    changeParticipant(sagas, process, ({ delayed }) => ({
      delayed: delayed + 1,
      last: { what: 'delayed', label: name, at },
    })),
  'participant.dropped': (sagas, { process, name, at }) =>
    changeParticipant(sagas, process, () => ({ last: { what: 'dropped', label: name, at } })),
  'participant.executed': executed,
  'participant.ignored': (sagas, { process, reason, at }) =>
    changeParticipant(sagas, process, () => ({ last: { what: 'ignored', label: reason, at } })),
  'participant.silent': (sagas, { process, name, at }) =>
    changeParticipant(sagas, process, () => ({ last: { what: 'silent', label: name, at } })),
  'participant.answered': answered,
};

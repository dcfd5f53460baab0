/** Instances of sagas and process managers: where each is, what it waits for, and what kept it from going on. */
import { PersistentMap } from '../base/persistent-map.ts';
import type { RecordOf } from '../trace/record.ts';
import type { Changes } from './fold.ts';
import type { InstanceFacts, SagaFacts, SagaSetback } from './saga-facts.ts';

type Instances = SagaFacts['instances'];
type Moved = RecordOf<'saga.moved'>;

/** The state in which a process has got all it wanted. */
export const completed = 'Completed';

/** Whether a move is the declared way out of that state: what was done is called off. */
const callsOff = ({ from, received }: Moved): boolean => from === completed && received.type === 'TripCancelRequested';

/** What an answer is about, where there are two that exclude each other; null for all else. */
export function questionOf({ type, token }: Moved['received']): string | null {
  const [, question] = /^(Route|Rerouting)(?:Confirmed|Rejected)$/.exec(type) ?? [];
  return question === undefined || token === undefined ? null : `${question} ${token}`;
}

function moved(instances: Instances, record: Moved): Instances {
  const { instance, seq, process, version, from, to, received, waiting, waitsFor, ended, context } = record;
  const known = instances.get(instance);
  // one that begins anew has nothing of what was before
  const before = from === undefined ? undefined : known;
  const question = questionOf(received);
  const accepted = before?.accepted ?? PersistentMap.empty<string, string>();
  const next: InstanceFacts = {
    seq,
    since: before?.state === to ? before.since : seq,
    process,
    version,
    from: from ?? null,
    state: to,
    received: received.type,
    waiting,
    waitsFor: waitsFor ?? null,
    ended,
    endedBefore: before?.stored === true && before.ended,
    calledOff: callsOff(record),
    context,
    stored: true,
    completed: to === completed || (before?.completed === true && !callsOff(record)),
    timers: before?.timers ?? PersistentMap.empty(),
    accepted: question === null || accepted.has(question) ? accepted : accepted.set(question, received.type),
  };
  return instances.set(instance, next);
}

function change(instances: Instances, instance: string, to: Partial<InstanceFacts>): Instances {
  const known = instances.get(instance);
  return known === undefined ? instances : instances.set(instance, { ...known, ...to });
}

export const instanceChanges: Changes<Instances, SagaFacts> = {
  'saga.moved': moved,
  'saga.deleted': (instances, { instance }) => change(instances, instance, { stored: false }),
  'timer.set': (instances, { instance, timer, token }) => {
    const known = instances.get(instance);
    return known === undefined
      ? instances
      : change(instances, instance, { timers: known.timers.set(timer, { token, state: known.state }) });
  },
};

type Setbacks = SagaFacts['setbacks'];
type About = { seq: number; process: string };

const setBack = (
  setbacks: Setbacks,
  instance: string,
  cause: SagaSetback['cause'],
  { seq, process }: About,
): Setbacks => setbacks.set(instance, { seq, cause, process });

/** Something has become of the message with an answer. */
function answerGone(
  setbacks: Setbacks,
  record: About & { eventId: string },
  { answers }: SagaFacts,
  cause: SagaSetback['cause'],
): Setbacks {
  const instance = answers.get(record.eventId);
  return instance === undefined ? setbacks : setBack(setbacks, instance, cause, record);
}

export const setbackChanges: Changes<Setbacks, SagaFacts> = {
  'participant.silent': (setbacks, record) => setBack(setbacks, record.instance, 'participantSilent', record),
  'participant.dropped': (setbacks, record) => setBack(setbacks, record.instance, 'commandLost', record),
  'saga.notFound': (setbacks, record) =>
    record.policy === 'discard' ? setBack(setbacks, record.instance, 'answerDiscarded', record) : setbacks,
  'bus.dropped': (setbacks, record, before) => answerGone(setbacks, record, before, 'answerLost'),
  'bus.deadLettered': (setbacks, record, before) => answerGone(setbacks, record, before, 'answerDead'),
  'bus.redriven': (setbacks, { eventId }, { answers }) => {
    const instance = answers.get(eventId);
    return instance !== undefined && setbacks.get(instance)?.cause === 'answerDead'
      ? setbacks.delete(instance)
      : setbacks;
  },
  'saga.moved': (setbacks, record, { instances }) => {
    const { instance, version, from } = record;
    const known = instances.get(instance);
    if (known?.stored === true && known.version >= version) {
      return setBack(setbacks, instance, 'moveOverwritten', record);
    }
    // what is discarded before an instance is stored is what it will wait for
    return from === undefined ? setbacks : setbacks.delete(instance);
  },
};

export const answerChanges: Changes<SagaFacts['answers'], SagaFacts> = {
  'participant.answered': (answers, { eventId, instance }) => answers.set(eventId, instance),
};

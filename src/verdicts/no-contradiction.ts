/** Nothing is done that excludes what was done before: S20. */
import type { RecordOf } from '../trace/record.ts';
import { outcomeOf } from './campaign-facts.ts';
import { arises, calledOff, isBeingCalled } from './command-facts.ts';
import type { Facts } from './facts.ts';
import { completed, questionOf } from './instance-facts.ts';
import { asksOthers, reasonOf, type Reason, type SafetyPromise } from './promise.ts';
import { holdingKey, type CalledOff } from './saga-facts.ts';

/**
 * S20: for one instance a participant never has two things at once. A campaign is not told of a confirmation and of a
 * rejection in the same activation. A process does not act on a yes and on a no to the same question. And what was done for
 * one that completes is not called off, unless it is the whole that is called off.
 */
export const noContradiction: SafetyPromise = {
  id: 'noContradiction',
  kind: 'safety',
  applies: asksOthers,
  breaks: {
    'participant.executed': (record, facts) => standsTwice(record, facts) ?? cancelledAfterCompleted(record, facts),
    'transaction.committed': ({ writes }, { sagas }) => {
      for (const write of writes) {
        const told = outcomeOf(write);
        const before = told === null ? undefined : sagas.tracked.get(told.key);
        if (told === null || before === undefined || before === told.outcome) continue;
        const aggregateId = told.campaign;
        return reasonOf('toldBoth', { aggregateId, was: before, is: told.outcome });
      }
      return null;
    },
    'task.ended': ({ task }, facts) => neverStored([task], facts),
    'process.crashed': ({ tasks }, facts) => neverStored(tasks, facts),
    'saga.moved': (record, facts) => actsOnBoth(record, facts) ?? completedAfterCancelled(record, facts),
  },
};

type Executed = RecordOf<'participant.executed'>;
type Moved = RecordOf<'saga.moved'>;

function standsTwice(record: Executed, { sagas }: Facts): Reason | null {
  if (!arises(record)) return null;
  const { instance, to, thing, effect } = record;
  const beside = sagas.holdings.get(holdingKey(instance, to))?.things[0]?.thing;
  return beside === undefined ? null : reasonOf('standsTwice', { instance, process: to, effect, thing, beside });
}

function cancelledAfterCompleted(record: Executed, { sagas }: Facts): Reason | null {
  const gone = calledOff(record, sagas);
  // whoever calls before anything is stored may be about to call off the whole
  return gone === null || isBeingCalled(record, sagas) ? null : withoutCallingOff(gone);
}

const withoutCallingOff = ({ instance, process, thing }: CalledOff): Reason =>
  reasonOf('cancelledAfterCompleted', { instance, process, thing });

/** Of what was called for by tasks that have ended without storing why. */
function neverStored(tasks: readonly string[], { sagas }: Facts): Reason | null {
  for (const task of tasks) {
    const gone = sagas.calling.get(task);
    if (gone && sagas.instances.get(gone.instance)?.completed === true) return withoutCallingOff(gone);
  }
  return null;
}

function actsOnBoth({ instance, from, received }: Moved, { sagas }: Facts): Reason | null {
  const question = questionOf(received);
  if (question === null || from === undefined) return null;
  const before = sagas.instances.get(instance)?.accepted.get(question);
  if (before === undefined || before === received.type) return null;
  return reasonOf('actsOnBoth', { instance, was: before, is: received.type, token: received.token });
}

/** Those who book what a process has completed with. */
const booking = ['airline', 'hotel'];

function completedAfterCancelled({ instance, from, to }: Moved, { sagas }: Facts): Reason | null {
  if (to !== completed || from === completed) return null;
  for (const participant of booking) {
    const holding = sagas.holdings.get(holdingKey(instance, participant));
    if (holding?.cancelled === true && holding.things.length === 0) {
      return reasonOf('completedAfterCancelled', { instance, process: participant });
    }
  }
  return null;
}

/** What was done can be called off, once and for good (S24), and nothing is left of what has failed (L7). */
import type { RecordOf } from '../trace/record.ts';
import { arises, goes, thingKey } from './command-facts.ts';
import type { Facts } from './facts.ts';
import { completed } from './instance-facts.ts';
import { keepsInstances } from '../trace/saga-parts.ts';
import {
  asksOthers,
  brokenAt,
  reasonOf,
  type Finding,
  type LivenessPromise,
  type Reason,
  type SafetyPromise,
} from './promise.ts';
import { askedKey, holdingKey, undoes, type Holding, type InstanceFacts } from './saga-facts.ts';

/**
 * S24: an instance calls off only what it has asked for. What is called off is called off once. And what was called off, or
 * was to be when there was nothing yet, does not take effect any more.
 */
export const compensationSound: SafetyPromise = {
  id: 'compensationSound',
  kind: 'safety',
  applies: asksOthers,
  breaks: {
    'saga.commandIssued': neverAsked,
    'saga.called': neverAsked,
    'participant.executed': (record, { sagas }) => {
      const { instance, to, name, token, thing, itself } = record;
      const about = { instance, name, token, process: to, thing };
      if (goes(record) && itself !== true && sagas.cancelled.has(thingKey(record))) {
        return reasonOf('cancelledTwice', about);
      }
      const undone = arises(record) ? (sagas.asked.get(askedKey(record))?.undone ?? null) : null;
      if (undone === null) return null;
      return reasonOf(undone === 'cancelled' ? 'doneAfterCancelled' : 'doneAfterNothing', about);
    },
  },
};

type Sent = RecordOf<'saga.commandIssued'> | RecordOf<'saga.called'>;

function neverAsked(record: Sent, { sagas }: Facts): Reason | null {
  const { instance, name, token, to } = record;
  if (!undoes(name) || sagas.asked.get(askedKey(record))?.done === true) return null;
  return reasonOf('cancelledUnasked', { instance, name, token, process: to });
}

/**
 * L7: at rest, nobody is cancelling any more; of an instance that has ended and not got what it wanted nothing is booked or
 * listed; and where a person has been asked to see to what is left, that is on the list.
 */
export const compensationEnds: LivenessPromise = {
  id: 'compensationEnds',
  kind: 'liveness',
  applies: (options, flow) => asksOthers(options, flow) && keepsInstances(options, flow),
  judge: (facts) => {
    const found: (Finding & { instance: string })[] = [];
    facts.sagas.instances.forEach((one, instance) => {
      const finding = leftBy(facts, instance, one);
      if (finding !== null) found.push({ ...finding, instance });
    });
    const first = found.sort((a, b) => a.at - b.at || (a.instance < b.instance ? -1 : 1))[0];
    return first ? brokenAt(first.at, first.reason) : null;
  },
};

/** Those who book or list, in the order in which they are asked. */
const keepers = ['publishing', 'airline', 'hotel'];

/** States in which what is booked or listed is to stay. */
const wanted: readonly string[] = [completed, 'Confirmed'];

function leftBy({ sagas }: Facts, instance: string, one: InstanceFacts): Finding | null {
  const { state, since, ended } = one;
  if (state === 'Cancelling') return { at: since, reason: reasonOf('stillCancelling', { instance }) };
  if (!ended || wanted.includes(state)) return null;
  for (const participant of keepers) {
    const { things = [] }: Partial<Holding> = sagas.holdings.get(holdingKey(instance, participant)) ?? {};
    const left = things.find(({ token }) => state !== 'Manual' || !isListed(one, token));
    if (left === undefined) continue;
    const code = state === 'Manual' ? 'leftUnlisted' : 'leftBooked';
    const { thing, seq } = left;
    const effect = participant === 'publishing' ? 'listed' : 'booked';
    return { at: Math.max(since, seq), reason: reasonOf(code, { instance, process: participant, thing, effect }) };
  }
  return null;
}

/** Whether a token is among what an instance says is still to be cancelled. */
function isListed({ context: { pending } }: InstanceFacts, token: string): boolean {
  const tokenOf = (entry: unknown): unknown =>
    typeof entry === 'string' ? entry : (entry as { token?: unknown } | null)?.token;
  return Array.isArray(pending) && pending.some((entry) => tokenOf(entry) === token);
}

/** Every process comes to an end: L5. */
import type { Facts } from './facts.ts';
import { hasSaga } from '../trace/saga-parts.ts';
import { brokenAt, reasonOf, type Finding, type LivenessPromise } from './promise.ts';

/**
 * L5: at rest, no instance waits for anybody. A saga without a memory does not know what it waits for: there, each campaign
 * whose activation it has begun to handle has been told how its publishing went, or is not active any more.
 */
export const processEnds: LivenessPromise = {
  id: 'processEnds',
  kind: 'liveness',
  applies: hasSaga,
  judge: (facts) => {
    const waiting = facts.setting.options.saga === 'stateless' ? forgotten(facts) : waitingForEver(facts);
    const first = waiting.sort((a, b) => a.at - b.at || (a.about < b.about ? -1 : 1))[0];
    return first ? brokenAt(first.at, first.reason) : null;
  },
};

type Waiting = Finding & { about: string };

function waitingForEver({ sagas }: Facts): Waiting[] {
  const found: Waiting[] = [];
  sagas.instances.forEach(({ waiting, stored, seq, state, waitsFor }, instance) => {
    if (!waiting || !stored) return;
    const setback = sagas.setbacks.get(instance);
    const { cause = 'neverAnswered', process = waitsFor } = setback ?? {};
    const reason = reasonOf('waitsForEver', { instance, state, cause, process });
    found.push({ at: setback?.seq ?? seq, reason, about: instance });
  });
  return found;
}

function forgotten({ sagas }: Facts): Waiting[] {
  const found: Waiting[] = [];
  sagas.activated.forEach((at, aggregateId) => {
    if (sagas.open.get(aggregateId) === false) return;
    found.push({ at, reason: reasonOf('nobodyWaits', { aggregateId }), about: aggregateId });
  });
  return found;
}

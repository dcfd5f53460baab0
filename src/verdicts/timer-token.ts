/** A timeout counts for what it was set for, and for nothing else: S23. */
import { asksOthers, reasonOf, type SafetyPromise } from './promise.ts';

/**
 * S23: a timeout changes an instance only if it is the newest of its name, by its token, and the instance is still in the
 * state in which that was set. Timeouts can't be revoked, so the others come as well, and must be let pass.
 */
export const timerToken: SafetyPromise = {
  id: 'timerToken',
  kind: 'safety',
  applies: (options, flow) => asksOthers(options, flow) && options.saga === 'guarded' && options.deadlines === 'on',
  breaks: {
    'saga.moved': ({ instance, received, from }, { sagas }) => {
      const timer = sagas.instances.get(instance)?.timers.get(received.type);
      if (timer === undefined) return null;
      const about = { instance, timer: received.type, token: received.token, newest: timer.token };
      if (received.token !== timer.token) return reasonOf('timerOfBefore', about);
      return from === timer.state ? null : reasonOf('timerOfState', { ...about, was: timer.state, state: from });
    },
  },
};

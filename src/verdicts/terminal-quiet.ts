/** What has come to its end is silent: S22. */
import { completed } from './instance-facts.ts';
import { keepsInstances } from '../trace/saga-parts.ts';
import { reasonOf, type SafetyPromise } from './promise.ts';
import { undoes } from './saga-facts.ts';

/**
 * S22: an instance that has ended issues no command, but for those declared to come late: alerts, and compensations. What
 * was completed can be called off: that is a new beginning, and declared as well.
 */
export const terminalQuiet: SafetyPromise = {
  id: 'terminalQuiet',
  kind: 'safety',
  applies: keepsInstances,
  breaks: {
    'saga.commandIssued': ({ instance, name, to, late }, { sagas }) => {
      const known = sagas.instances.get(instance);
      // the move that issues it has just been made
      if (late === true || known?.endedBefore !== true || known.calledOff) return null;
      return reasonOf('issuedAfterEnd', { instance, name, process: to, received: known.received });
    },
    'saga.called': ({ instance, name, to, late }, { sagas }) => {
      const known = sagas.instances.get(instance);
      if (late === true || known?.stored !== true || !known.ended) return null;
      // whether it is called off becomes known when that is stored
      if (known.state === completed && undoes(name)) return null;
      return reasonOf('calledAfterEnd', { instance, name, process: to, state: known.state });
    },
  },
};

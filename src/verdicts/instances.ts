/** One instance, one after the other: S18 for its beginning, S21 for each further step. */
import { keepsInstances } from '../trace/saga-parts.ts';
import { reasonOf, type SafetyPromise } from './promise.ts';

/**
 * S18: no instance begins while one with its id is there, or after one has been. One that only begins to say that it is over
 * does not run, and is no second one.
 */
export const oneInstance: SafetyPromise = {
  id: 'oneInstance',
  kind: 'safety',
  applies: keepsInstances,
  breaks: {
    'saga.moved': ({ instance, from, process, received, ended }, { sagas }) => {
      const known = from === undefined ? sagas.instances.get(instance) : undefined;
      if (known === undefined || (ended && !known.stored)) return null;
      const code = known.stored ? 'startedBeside' : 'startedAgain';
      return reasonOf(code, { instance, process, received: received.type, other: known.process });
    },
  },
};

/** S21: the steps of an instance are its versions 1, 2, 3, … No two of them were decided on the same version. */
export const sagaSerial: SafetyPromise = {
  id: 'sagaSerial',
  kind: 'safety',
  applies: keepsInstances,
  breaks: {
    'saga.moved': ({ instance, version, process, received }, { sagas }) => {
      const known = sagas.instances.get(instance);
      const newest = known?.stored === true ? known.version : 0;
      if (version === newest + 1) return null;
      const about = { instance, version, process, received: received.type };
      if (version > newest) {
        return reasonOf(known?.stored === false ? 'savedAfterDeletion' : 'versionSkipped', { ...about, newest });
      }
      return reasonOf('decidedOnOld', { ...about, other: known?.process, earlier: known?.received });
    },
  },
};

/** What was decided is not decided again: S27. */
import { equalJson } from '../base/canonical.ts';
import type { RecordOf } from '../trace/record.ts';
import { writesOf } from './effect-facts.ts';
import type { Facts } from './facts.ts';
import { asksOthers, reasonOf, type SafetyPromise } from './promise.ts';

/**
 * S27: what an instance has chosen is in its history, put there by the transaction that stored the choice. From a history
 * that does not say so, whoever replays it has to choose again, and may choose something else.
 */
export const replayDeterminism: SafetyPromise = {
  id: 'replayDeterminism',
  kind: 'safety',
  applies: (options, flow) => asksOthers(options, flow) && flow === 'trip',
  breaks: {
    'saga.moved': (record, facts) => {
      if (!chooses(record, facts) || facts.commit?.seq !== record.cause) return null;
      const { instance, context } = record;
      const recorded = writesOf(record, facts).some(
        ({ table, op, row }) =>
          table === 'history' && op === 'put' && row?.['entry'] === 'decided' && row['instance'] === instance,
      );
      return recorded ? null : reasonOf('choiceUnrecorded', { instance, choice: nameOf(context['route']) });
    },
  },
};

function chooses(
  { instance, from, decided, received, context: { route } }: RecordOf<'saga.moved'>,
  { sagas }: Facts,
): boolean {
  if (decided !== undefined) return true;
  // what came with the message is in the history with it
  if (route === undefined || route === null || route === '' || route === received.token) return false;
  const before = from === undefined ? undefined : sagas.instances.get(instance)?.context['route'];
  return !equalJson(route, before ?? null);
}

const nameOf = (route: unknown): string | undefined => (typeof route === 'string' ? route : undefined);

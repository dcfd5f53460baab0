/** What is known of sagas, as a fold. */
import type { Options } from '../trace/scenario.ts';
import { activatedChanges, openChanges, trackedChanges } from './campaign-facts.ts';
import {
  askedChanges,
  callingChanges,
  cancelledChanges,
  commandChanges,
  holdingChanges,
  outstandingChanges,
} from './command-facts.ts';
import { nested, type Changes } from './fold.ts';
import { answerChanges, instanceChanges, setbackChanges } from './instance-facts.ts';
import type { SagaFacts } from './saga-facts.ts';

/** Another object with the same facts; it names them all because that is fast. */
const copyOf = (sagas: SagaFacts): SagaFacts => ({
  instances: sagas.instances,
  setbacks: sagas.setbacks,
  answers: sagas.answers,
  commands: sagas.commands,
  outstanding: sagas.outstanding,
  asked: sagas.asked,
  holdings: sagas.holdings,
  cancelled: sagas.cancelled,
  calling: sagas.calling,
  tracked: sagas.tracked,
  open: sagas.open,
  activated: sagas.activated,
});

/** How the facts about sagas change. Only one without a memory is judged by what the campaigns know. */
export const sagaChanges = <S>({ saga }: Options): Changes<SagaFacts, S> =>
  nested<SagaFacts, S>(
    {
      instances: instanceChanges,
      setbacks: setbackChanges,
      answers: answerChanges,
      commands: commandChanges,
      outstanding: outstandingChanges,
      asked: askedChanges,
      holdings: holdingChanges,
      cancelled: cancelledChanges,
      calling: callingChanges,
      tracked: trackedChanges,
      ...(saga === 'stateless' && { open: openChanges, activated: activatedChanges }),
    },
    copyOf,
  );

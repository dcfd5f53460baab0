/** What the options make of the saga of a flow. */
import { definitionOf as definitionNamed } from '../../patterns/saga-definitions.ts';
import type { SagaDefinition, SagaSettings } from '../../messaging/saga.ts';
import type { MachinePicture } from '../../trace/control.ts';
import { keepsInstances } from '../../trace/saga-parts.ts';
import type { Flow, Options } from '../../trace/scenario.ts';
import { sagaSubscription } from '../flow.ts';
import type { Rig } from '../rig.ts';

/** The subscription of this flow's saga. */
export const subscriptionIn = ({ flow }: Rig): string => sagaSubscription(flow.flow);

/** Whether its handlers record the ids of events in the inbox. */
export const inboxOf = ({ saga, inbox }: Options): boolean => saga === 'guarded' || inbox === 'sameTransaction';

/** The part of the options that a saga's handlers are told. */
export function settingsOf(options: Options): SagaSettings {
  const { saga, boundary, sending, notFound, instances, finished, deadlines, tokens } = options;
  const { compensation, planning, lateSuccess, contradiction } = options;
  return {
    saga: saga === 'none' ? 'stateless' : saga,
    boundary,
    sending,
    notFound,
    instances,
    finished,
    deadlines,
    tokens,
    compensation,
    planning,
    lateSuccess,
    contradiction,
    inbox: inboxOf(options),
  };
}

const names: Readonly<Record<Flow, string>> = {
  campaign: 'campaignPublishing',
  trip: 'tripBooking',
  budget: 'budgetKeeping',
};

/** The saga or process manager of a flow. */
export const definitionOf = (flow: Flow): SagaDefinition => definitionNamed(names[flow]);

/** That of the rig's flow. */
export const definitionIn = ({ flow }: Rig): SagaDefinition => definitionOf(flow.flow);

/** The machines that run, as they are. A saga without a memory has none. */
export function machinesOf(flow: Flow, options: Options): MachinePicture[] {
  if (!keepsInstances(options, flow)) return [];
  const definition = definitionOf(flow);
  const config = definition.config(settingsOf(options));
  return [{ id: definition.id, subscription: sagaSubscription(flow), config }];
}

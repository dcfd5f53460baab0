/** Which sagas and process managers there are, by name: a task in flight is data and can only carry the name. */
import { assert } from '../base/assert.ts';
import { budgetKeeping } from '../domain/budget/budget-keeping.saga.ts';
import { campaignPublishing } from '../domain/campaign/campaign-publishing.saga.ts';
import { tripBooking } from '../domain/trip/trip-booking.process-manager.ts';
import type { SagaDefinition } from '../messaging/saga.ts';

const definitions: Readonly<Record<string, SagaDefinition>> = { campaignPublishing, tripBooking, budgetKeeping };

/** The saga or process manager of this name. @throws Error where there is none */
export function definitionOf(id: string): SagaDefinition {
  const definition = definitions[id];
  assert(definition, `a saga called ${id}`);
  return definition;
}

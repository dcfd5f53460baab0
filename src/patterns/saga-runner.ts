/**
 * Runs a saga: finds the instance that a message is about, lets its machine decide, and stores state, history, commands,
 * timers and the message's id in one transaction under a version check. Where another handler was first, nothing has
 * happened, and it decides again on what is there now. The commands leave later, through the relay: an event-sourced
 * saga's `CommandIssuedEvent` (Khononov, Learning Domain-Driven Design, listing 09-05).
 */
import { Refusal } from '../base/refusal.ts';
import { acknowledge, type Handler } from '../messaging/effects.ts';
import {
  callParticipant,
  commitInstance,
  ignoreMessage,
  loadInstance,
  missInstance,
  type SagaInput,
} from '../messaging/saga-effects.ts';
import type { Decision, SagaDefinition, SagaRow } from '../messaging/saga.ts';
import { definitionOf } from './saga-definitions.ts';
import { changeOf } from './saga-instance.ts';

/** Handles an event, a command or a timeout of a saga, and acknowledges what a bus has delivered. */
export function* sagaRunner(input: SagaInput): Handler {
  const definition = definitionOf(input.definition);
  const message = correlated(definition, input);
  if (message) yield* handle(definition, message);
  if (input.delivery?.needsAcknowledgement) yield* acknowledge(input.delivery);
}

/** Which instance a delivery is about: that comes before anything else. Null: it does not concern this saga. */
export function correlated(definition: SagaDefinition, input: SagaInput): SagaInput | null {
  if (!input.delivery) return input;
  const about = definition.correlate(input.delivery.event);
  return about && { ...input, ...about };
}

/** One message, until it is stored or known to change nothing. */
export function* handle(definition: SagaDefinition, input: SagaInput): Handler {
  const { instance, incoming, settings, timer } = input;
  for (;;) {
    const stored = yield* loadInstance(instance);
    if (!stored && !mayStart(definition, input)) return yield* missed(input);
    const decision = definition.decide(settings, stored ?? null, incoming);
    if ('ignored' in decision) return yield* ignoreMessage(instance, incoming, decision.ignored, stored?.state, timer);
    try {
      return yield* store(definition, input, stored ?? null, decision);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.code === 'duplicate')
        return yield* ignoreMessage(instance, incoming, 'duplicate', stored?.state, timer);
      if (error.code !== 'versionConflict') throw error; // else somebody was first: once more
    }
  }
}

/** State and commands in one transaction; or the commands first and by themselves, which is the mistake. */
function* store(definition: SagaDefinition, input: SagaInput, stored: SagaRow | null, decision: Decision): Handler {
  const change = changeOf(definition, input, stored, decision);
  if (input.settings.sending === 'outbox') return yield* commitInstance(change);
  // before the state is saved: its answer may come first, and a second try calls again
  for (const command of change.commands) yield* callParticipant(command);
  yield* commitInstance({ ...change, commands: [] });
}

/** A timeout never starts anything, whatever is said about messages that find no instance. */
const mayStart = ({ starters }: SagaDefinition, { incoming, settings, timer }: SagaInput): boolean =>
  starters.includes(incoming.type) || (settings.notFound === 'create' && timer === undefined);

/** Nobody is there. Only what a bus has delivered can come again. */
function* missed({ instance, incoming, settings, timer, delivery }: SagaInput): Handler {
  if (timer !== undefined) return yield* ignoreMessage(instance, incoming, 'notFound', undefined, timer);
  const again = delivery !== undefined && settings.notFound === 'retry';
  yield* missInstance(instance, incoming, again ? 'retry' : 'discard');
}

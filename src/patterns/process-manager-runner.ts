/**
 * Runs a process manager: as a saga is run, one transaction a message, since what makes it a process manager is not the
 * running. It is started explicitly, by a command under an id of its own, and its machine chooses the way by what was
 * answered before (Khononov, Learning Domain-Driven Design, ch. 9, listing 09-06).
 */
import { acknowledge, type Handler } from '../messaging/effects.ts';
import type { SagaInput } from '../messaging/saga-effects.ts';
import { definitionOf } from './saga-definitions.ts';
import { correlated, handle } from './saga-runner.ts';

/** Handles the command that starts a process, its answers and its deadlines, and acknowledges what a bus has delivered. */
export function* processManagerRunner(input: SagaInput): Handler {
  const definition = definitionOf(input.definition);
  const message = correlated(definition, input);
  if (message) yield* handle(definition, message);
  if (input.delivery?.needsAcknowledgement) yield* acknowledge(input.delivery);
}

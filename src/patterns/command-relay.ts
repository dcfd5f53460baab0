/**
 * The relay of a saga's commands: what was stored with the instance's state is sent, and marked when it has arrived. Dying
 * between the two sends a command again, under the same id and for the same thing. Those of one instance keep their order.
 */
import { Refusal } from '../base/refusal.ts';
import type { Handler } from '../messaging/effects.ts';
import { fetchCommands, markSent, sendCommand } from '../messaging/saga-effects.ts';

/** How many commands one poll takes. */
const batchSize = 10;

/** One poll. Throws the refusal where commands are left that it should try again. */
export function* commandRelay(): Handler {
  const unsent = yield* fetchCommands(batchSize);
  const held = new Set<string>();
  let refusal: Refusal | null = null;
  for (const row of unsent) {
    if (held.has(row.command.instance)) continue;
    try {
      yield* sendCommand(row);
      yield* markSent(row);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refusal = error;
      held.add(row.command.instance); // its later commands wait, those of others go on
    }
  }
  if (refusal !== null) throw refusal;
}

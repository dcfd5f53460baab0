/**
 * The outbox as a table whose positions are taken at the insert, as an auto-increment column's are, and not at the commit:
 * two open transactions hold positions of which the lower may commit later. Cursor polling stumbles over that.
 */
import { Campaign } from '../domain/campaign/campaign.ts';
import { commit, load, reservePosition, type Handler } from '../messaging/effects.ts';
import type { CommandEnvelope } from '../messaging/envelope.ts';

/** Carries out a command on a campaign and stores its events with it, each at a position taken before the commit. */
export function* outboxWithSequence(command: CommandEnvelope): Handler {
  const campaign = yield* load(Campaign, command.aggregateId);
  campaign.execute(command);
  const events = campaign.takeEvents();
  const positions: number[] = [];
  for (const _ of events) positions.push(yield* reservePosition());
  yield* commit(campaign, { outbox: events, positions }); // one transaction
}

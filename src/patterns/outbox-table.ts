/**
 * The outbox as a table: the aggregate and the events it raised are stored by one transaction, so there is no moment at
 * which one exists without the other. Somebody else, the relay, publishes them later.
 */
import { Campaign } from '../domain/campaign/campaign.ts';
import { commit, load, type Handler } from '../messaging/effects.ts';
import type { CommandEnvelope } from '../messaging/envelope.ts';

/** Carries out a command on a campaign and stores its events with it. */
export function* outboxTable(command: CommandEnvelope): Handler {
  const campaign = yield* load(Campaign, command.aggregateId);
  campaign.execute(command);
  yield* commit(campaign, { outbox: campaign.takeEvents() }); // one transaction
}

/**
 * The outbox inside the aggregate's document, for a database without transactions over several documents: the state and
 * the events that led to it are one document and one write (Khononov, listing 09-03).
 */
import { Campaign } from '../domain/campaign/campaign.ts';
import { commit, load, type Handler } from '../messaging/effects.ts';
import type { CommandEnvelope } from '../messaging/envelope.ts';

/** Carries out a command on a campaign and stores its events in the campaign's own document. */
export function* embeddedOutbox(command: CommandEnvelope): Handler {
  const campaign = yield* load(Campaign, command.aggregateId);
  campaign.execute(command);
  yield* commit(campaign, { inDocument: campaign.takeEvents() }); // one document, one write
}

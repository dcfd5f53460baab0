/**
 * Publishing inside the aggregate: the event leaves while the transaction is still open. A rollback can't call it back,
 * and a quick subscriber reads the state from before (Khononov, listing 09-01).
 */
import { Campaign } from '../domain/campaign/campaign.ts';
import { commit, load, publish, type Handler } from '../messaging/effects.ts';
import type { CommandEnvelope } from '../messaging/envelope.ts';

/** Carries out a command on a campaign that publishes what it raises at once, and commits it afterwards. */
export function* publishInsideAggregate(command: CommandEnvelope): Handler {
  const campaign = yield* load(Campaign, command.aggregateId);
  yield* executeAndPublish(campaign, command);
  yield* commit(campaign);
}

function* executeAndPublish(campaign: Campaign, command: CommandEnvelope): Handler {
  campaign.execute(command);
  for (const event of campaign.takeEvents()) {
    yield* publish(event);
  }
}

/**
 * Publishing after the commit: the state is safe, then the event leaves. Whatever ends the process between the two loses
 * the event for good, because nothing remembers it (Khononov, listing 09-02).
 */
import { Campaign } from '../domain/campaign/campaign.ts';
import { commit, load, publish, type Handler } from '../messaging/effects.ts';
import type { CommandEnvelope } from '../messaging/envelope.ts';

/** Carries out a command on a campaign, commits it, and publishes its events from memory. */
export function* publishAfterCommit(command: CommandEnvelope): Handler {
  const campaign = yield* load(Campaign, command.aggregateId);
  campaign.execute(command);
  yield* commit(campaign);
  for (const event of campaign.takeEvents()) {
    yield* publish(event);
  }
}

/**
 * The saga without a state (Khononov, Learning Domain-Driven Design, listing 09-04): each event becomes a command, called
 * right away, and nothing is remembered. It does not know that it has asked before, that nobody answers, or what it was told
 * earlier. Where all it talks to may be told twice, and nothing has to be waited for, it is enough, and the cheapest.
 */
import { acknowledge, type Delivery, type Handler } from '../messaging/effects.ts';
import type { Envelope } from '../messaging/envelope.ts';
import { callParticipant, type SagaInput } from '../messaging/saga-effects.ts';
import type { CommandMessage } from '../messaging/saga.ts';

/** Turns an event into a command and calls whoever carries it out; then acknowledges. */
export function* statelessSaga({ delivery }: Pick<SagaInput, 'delivery'> & { delivery: Delivery }): Handler {
  const command = commandFor(delivery.event);
  if (command) yield* callParticipant(command); // dying after this means calling again
  if (delivery.needsAcknowledgement) yield* acknowledge(delivery);
}

/** What an event asks for; null where nothing. No token: to the other side every call is a new one. */
function commandFor({ id, type, aggregateId, payload, correlationId }: Envelope): CommandMessage | null {
  const made = (name: string, to: string, instance: string, what: CommandMessage['payload']): CommandMessage => ({
    id: `${id}/${name}`,
    name,
    instance,
    to,
    token: '',
    attempt: 1,
    payload: what,
    correlationId,
  });
  if (type === 'CampaignActivated') {
    const key = `${aggregateId}:${String(payload['activation'])}`;
    const { locations } = payload;
    return made('SubmitAdvertisement', 'publishing', key, { key, campaign: aggregateId, locations });
  }
  const key = typeof payload['key'] === 'string' ? payload['key'] : '';
  const colon = key.lastIndexOf(':');
  const about = { id: key.slice(0, colon), activation: Number(key.slice(colon + 1)), key };
  if (type === 'PublishingConfirmed')
    return made('TrackPublishingConfirmation', 'service', key, { ...about, listing: payload['listing'] });
  if (type === 'PublishingRejected')
    return made('TrackPublishingRejection', 'service', key, { ...about, reason: payload['reason'] });
  return null;
}

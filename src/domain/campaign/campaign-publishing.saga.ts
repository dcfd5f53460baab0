/**
 * The campaign publishing saga (Khononov, Learning Domain-Driven Design, ch. 9): an active campaign is submitted to the
 * publishing service, and what that answers is tracked in the campaign. Started by an event, it maps events to commands.
 * The full table of what it does about what, when, is `campaign-publishing-config.ts`; here is what the names in it mean.
 */
import { assign, initialTransition, setup, transition } from 'xstate';
import type { Envelope, Payload } from '../../messaging/envelope.ts';
import { decider, type Engine, type MachineParts } from '../../messaging/saga-machine.ts';
import type { Incoming, SagaDefinition } from '../../messaging/saga.ts';
import { configOf, type PublishingContext } from './campaign-publishing-config.ts';

/** How long the publishing service has for its answer, in virtual ms, and how often it is asked. */
export const responseTime = 4000;
export const maxAttempts = 3;

/** `C1:2` is the second activation of C1; what an attempt adds to it, `#3`, is not part of the key. */
const keyIn = (payload: Payload): string => (payload['key'] as string).replace(/#.*$/, '');
const textIn = (payload: Payload, name: string): string => (payload[name] as string | undefined) ?? '';
const campaignIn = (key: string): string => key.slice(0, key.lastIndexOf(':'));
const activationIn = (key: string): number => Number(key.slice(key.lastIndexOf(':') + 1));

/** Who this is about, where an answer is the first that an instance hears. */
const identity = (context: PublishingContext, { payload }: Incoming): Partial<PublishingContext> => {
  if (context.key !== '') return {};
  const key = keyIn(payload);
  return { key, campaign: campaignIn(key), activation: activationIn(key) };
};

const track = (result: (context: PublishingContext) => Payload) => (context: PublishingContext) => {
  const { campaign, activation, key } = context;
  return [{ to: 'service', token: key, payload: { id: campaign, activation, key, ...result(context) } }];
};

/** What the names in its JSON mean. */
export const publishingParts: MachineParts<PublishingContext> = {
  config: configOf,
  guards: {
    ofThisAttempt: ({ attempt }, { token }) => token === `${attempt}`,
    attemptsLeft: ({ attempt }) => attempt < maxAttempts,
    otherListing: ({ listing }, { payload }) => textIn(payload, 'listing') !== listing,
  },
  updates: {
    open: (_context, { payload }) => ({
      campaign: payload['campaign'] as string,
      activation: payload['activation'] as number,
      key: payload['key'] as string,
      locations: (payload['locations'] ?? []) as string[],
    }),
    countAttempt: ({ attempt }) => ({ attempt: attempt + 1 }),
    noteListing: (context, event) => ({ ...identity(context, event), listing: textIn(event.payload, 'listing') }),
    noteReason: (context, event) => ({ ...identity(context, event), reason: textIn(event.payload, 'reason') }),
  },
  commands: {
    SubmitAdvertisement: ({ key, campaign, locations, attempt }, _event, { token }) => [
      {
        to: 'publishing',
        token: token === 'ofThisAttempt' ? `${key}#${attempt}` : key,
        payload: { key, campaign, locations },
      },
    ],
    WithdrawAdvertisement: ({ key, campaign }, { payload }, { which }) => [
      {
        to: 'publishing',
        token: key,
        payload: { key, campaign, ...(which === 'second' && { listing: textIn(payload, 'listing') }) },
      },
    ],
    TrackPublishingConfirmation: track(({ listing }) => ({ listing })),
    TrackPublishingRejection: track(({ reason }) => ({ reason })),
    TrackPublishingTimeout: track(() => ({})),
    Alert: ({ key, campaign }, _event, { about }) => [
      { to: 'operator', token: key, payload: { campaign, key, about } },
    ],
  },
  timers: { ResponseTimeout: ({ attempt }) => ({ token: `${attempt}`, after: responseTime }) },
  attemptOf: ({ attempt }) => attempt,
};

/** What a domain event is to the saga. What a campaign says names no activation unless the campaign counts them. */
function correlate({ id, type, aggregateId, payload }: Envelope): ReturnType<SagaDefinition['correlate']> {
  if (type === 'CampaignActivated' || type === 'CampaignDeactivated') {
    if (typeof payload['activation'] !== 'number') return null;
    const key = `${aggregateId}:${payload['activation']}`;
    const about = { campaign: aggregateId, key, ...payload };
    return { instance: key, incoming: { type, token: key, payload: about, eventId: id } };
  }
  if (type !== 'PublishingConfirmed' && type !== 'PublishingRejected') return null;
  if (typeof payload['key'] !== 'string') return null;
  const token = typeof payload['token'] === 'string' ? payload['token'] : payload['key'];
  return { instance: keyIn(payload), incoming: { type, token, payload, eventId: id } };
}

/** The saga of the campaign flow. */
export const campaignPublishing: SagaDefinition = {
  id: 'campaignPublishing',
  version: 1,
  config: configOf,
  correlate,
  starters: ['CampaignActivated', 'CampaignDeactivated'],
  decide: decider({ setup, assign, initialTransition, transition } as unknown as Engine, publishingParts),
};

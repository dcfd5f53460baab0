/**
 * The saga that patches a wrong boundary: campaigns and their budget are apart, so a campaign is active before anybody has
 * looked at the budget, and is taken back when that is found too small. In between the rule is broken (Khononov, Learning
 * Domain-Driven Design, ch. 9, on sagas and aggregate boundaries).
 */
import { assign, initialTransition, setup, transition } from 'xstate';
import type { Envelope } from '../../messaging/envelope.ts';
import { decider, type Engine, type MachineParts } from '../../messaging/saga-machine.ts';
import type { SagaDefinition } from '../../messaging/saga.ts';
import { configOf, type KeepingContext } from './budget-keeping-config.ts';

const heard = ['CampaignActivated', 'CampaignDeactivated', 'BudgetReserved', 'BudgetRefused'];

/** What the names in its JSON mean. */
export const keepingParts: MachineParts<KeepingContext> = {
  config: configOf,
  guards: {},
  updates: {
    open: (_context, { token = '', payload }) => ({
      campaign: payload['campaign'] as string,
      activation: payload['activation'] as number,
      key: token,
      amount: typeof payload['amount'] === 'number' ? payload['amount'] : 0,
    }),
  },
  commands: {
    ReserveBudget: ({ campaign, activation, key, amount }) => [
      { to: 'service', token: key, payload: { id: 'budget', campaign, activation, amount } },
    ],
    ReleaseBudget: ({ campaign, activation, key }) => [
      { to: 'service', token: key, payload: { id: 'budget', campaign, activation } },
    ],
    DeactivateCampaign: ({ campaign, activation, key }) => [
      { to: 'service', token: key, payload: { id: campaign, campaign, activation } },
    ],
  },
  timers: {},
  attemptOf: () => 1,
};

/** Every event of this flow names a campaign and one of its activations. */
function correlate({ id, type, payload }: Envelope): ReturnType<SagaDefinition['correlate']> {
  const { campaign, activation } = payload;
  if (!heard.includes(type) || typeof campaign !== 'string' || typeof activation !== 'number') return null;
  const key = `${campaign}:${activation}`;
  return { instance: key, incoming: { type, token: key, payload, eventId: id } };
}

/** The saga of the budget flow, where the boundary is apart. */
export const budgetKeeping: SagaDefinition = {
  id: 'budgetKeeping',
  version: 1,
  config: configOf,
  correlate,
  starters: ['CampaignActivated', 'CampaignDeactivated'],
  decide: decider({ setup, assign, initialTransition, transition } as unknown as Engine, keepingParts),
};

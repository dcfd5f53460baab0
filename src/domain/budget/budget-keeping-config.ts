/** The machine of the budget keeping saga, as JSON. */
import type { MachineAction, MachineConfig, Transitions } from '../../messaging/saga-machine.ts';
import { cutShort, reachable, transitions, varied } from '../../messaging/saga-variants.ts';
import type { SagaSettings } from '../../messaging/saga.ts';

/** What an instance knows: an activation of a campaign, and what it takes of the budget. */
export type KeepingContext = { campaign: string; activation: number; key: string; amount: number };

const initial: KeepingContext = { campaign: '', activation: 0, key: '', amount: 0 };

const issue = (command: string, late = false): MachineAction => ({
  type: 'issue',
  params: { command, ...(late && { late }) },
});

const answered: Transitions = {
  BudgetReserved: [{ target: 'Reserved' }],
  BudgetRefused: [{ target: 'Compensating', actions: [issue('DeactivateCampaign')] }],
};
const released = (...actions: MachineAction[]): Transitions => ({
  CampaignDeactivated: [{ target: 'Released', ...(actions.length > 0 && { actions }) }],
});

const guarded: MachineConfig = {
  id: 'budgetKeeping',
  initial: 'New',
  context: initial,
  states: {
    New: {
      on: {
        CampaignActivated: [{ target: 'Reserving', actions: ['open', issue('ReserveBudget')] }],
        ...released('open'),
      },
    },
    Reserving: {
      tags: ['waiting'],
      meta: { waitsFor: 'service' },
      on: { ...answered, ...released(issue('ReleaseBudget')) },
    },
    Reserved: { tags: ['ended'], on: released(issue('ReleaseBudget', true)) },
    // what is active already is taken back: until then it has been there for all to see
    Compensating: {
      tags: ['waiting'],
      meta: { waitsFor: 'service' },
      on: { CampaignDeactivated: [{ target: 'Compensated' }] },
    },
    Compensated: { tags: ['ended'] },
    Refused: { tags: ['ended'], on: released() },
    Released: { tags: ['ended'] },
  },
};

/** An instance made by an answer takes its name from it. */
const madeByAnswer: Transitions = {
  BudgetReserved: [{ target: 'Reserved', actions: ['open'] }],
  BudgetRefused: [{ target: 'Compensating', actions: ['open', issue('DeactivateCampaign')] }],
};

/** The machine under these settings. */
export const configOf = ({ compensation, notFound }: SagaSettings): MachineConfig =>
  varied(
    guarded,
    [notFound === 'create', transitions('New', madeByAnswer)],
    [compensation === 'off', cutShort('Compensating', 'Refused', ['open'])],
    [true, reachable],
  );

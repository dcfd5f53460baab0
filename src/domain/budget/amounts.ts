/** Amounts by campaign, and what commands say about them. Names are the reader's: whatever is inherited is no campaign. */
import { Refusal } from '../../base/refusal.ts';
import { own } from '../../base/own.ts';
import type { CommandEnvelope, Payload } from '../../messaging/envelope.ts';

/** Whole units of money, or views, by campaign. */
export type Amounts = Readonly<Record<string, number>>;

/** What a campaign costs where the command does not say. */
export const usualAmount = 60;
/** How many views are recorded where the command does not say. */
const usualViews = 1;

/** What they come to. */
export const sumOf = (amounts: Amounts): number => Object.values(amounts).reduce((sum, amount) => sum + amount, 0);

/** With one of them set. */
export const withAmount = (amounts: Amounts, campaign: string, amount: number): Amounts => ({
  ...amounts,
  [campaign]: amount,
});

/** Without one of them. */
export const withoutAmount = (amounts: Amounts, campaign: string): Amounts =>
  Object.fromEntries(Object.entries(amounts).filter(([name]) => name !== campaign));

/** Holds them to the rule: together they are within the limit. @throws Refusal `overBudget` */
export function withinBudget(amounts: Amounts, limit: number): Amounts {
  if (sumOf(amounts) > limit) throw new Refusal('overBudget');
  return amounts;
}

const numberIn = (payload: Payload, name: string, otherwise: number): number => {
  const value = payload[name];
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : otherwise;
};

/** The amount a command is about. */
export const amountIn = ({ payload }: CommandEnvelope): number => numberIn(payload, 'amount', usualAmount);

/** Which activation a command is about; 0 where it does not say. */
export const activationIn = ({ payload }: CommandEnvelope): number => numberIn(payload, 'activation', 0);

/** The campaign a command is about. */
export const campaignIn = ({ payload, aggregateId }: CommandEnvelope): string =>
  typeof payload['campaign'] === 'string' && payload['campaign'] !== '' ? payload['campaign'] : aggregateId;

/** Views with those added that a command records. */
export const recorded = (views: Amounts, command: CommandEnvelope): Amounts => {
  const campaign = campaignIn(command);
  return withAmount(views, campaign, (own(views, campaign) ?? 0) + numberIn(command.payload, 'views', usualViews));
};

/** Amounts as a row holds them. */
export const amountsIn = (row: Payload | undefined, field: string): Amounts => (row?.[field] ?? {}) as Amounts;

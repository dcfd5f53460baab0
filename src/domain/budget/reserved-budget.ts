/**
 * A budget apart from its campaigns: it hears of them when they are active already, and reserves what they take or refuses
 * it. What it is told may come twice and out of order, so it remembers which activation it has heard of last.
 */
import { own } from '../../base/own.ts';
import { Refusal } from '../../base/refusal.ts';
import { Aggregate, type UnitOfWork } from '../../messaging/aggregate.ts';
import type { CommandEnvelope, Payload } from '../../messaging/envelope.ts';
import {
  activationIn,
  type Amounts,
  amountIn,
  amountsIn,
  campaignIn,
  sumOf,
  withAmount,
  withinBudget,
  withoutAmount,
} from './amounts.ts';

export class ReservedBudget extends Aggregate {
  static readonly table = 'budgets';
  readonly table = ReservedBudget.table;
  #limit: number;
  #reserved: Amounts;
  /** The newest activation it has answered, or was told is over, by campaign. */
  #heard: Amounts;

  private constructor(id: string, row: Payload | undefined, unitOfWork: UnitOfWork) {
    super(id, row, unitOfWork);
    this.#limit = Number(row?.['limit'] ?? 0);
    this.#reserved = amountsIn(row, 'reserved');
    this.#heard = amountsIn(row, 'heard');
  }

  static from(id: string, row: Payload | undefined, unitOfWork: UnitOfWork): ReservedBudget {
    return new ReservedBudget(id, row, unitOfWork);
  }

  /** Reserves what an activation takes, or says that it is too much. Answered once; what is over is not reserved any more. */
  reserve(campaign: string, activation: number, amount: number): void {
    if (activation <= this.#newest(campaign)) return;
    this.#heard = withAmount(this.#heard, campaign, activation);
    const others = withoutAmount(this.#reserved, campaign); // an activation before this one is over
    const fits = sumOf(others) + amount <= this.#limit;
    this.#reserved = fits ? withAmount(others, campaign, amount) : others;
    this.raise(fits ? 'BudgetReserved' : 'BudgetRefused', { campaign, activation, amount });
  }

  /** Gives back what an activation took; one that comes before its reservation prevents it. */
  release(campaign: string, activation: number): void {
    if (activation < this.#newest(campaign)) return;
    if (activation === this.#newest(campaign) && !Object.hasOwn(this.#reserved, campaign)) return;
    this.#heard = withAmount(this.#heard, campaign, activation);
    this.#reserved = withoutAmount(this.#reserved, campaign);
    this.touch();
  }

  /** Sets the limit anew, not below what is reserved. @throws Refusal `overBudget` */
  change(limit: number): void {
    withinBudget(this.#reserved, limit);
    this.#limit = limit;
    this.raise('BudgetChanged', { limit });
  }

  #newest(campaign: string): number {
    return own(this.#heard, campaign) ?? 0;
  }

  override execute(command: CommandEnvelope): void {
    const campaign = campaignIn(command);
    if (command.name === 'ReserveBudget') this.reserve(campaign, activationIn(command), amountIn(command));
    else if (command.name === 'ReleaseBudget') this.release(campaign, activationIn(command));
    else if (command.name === 'ChangeBudget') this.change(amountIn(command));
    else throw new Refusal('unknownCommand');
  }

  override toRow(): Payload & { id: string; version: number } {
    const { id, version } = this;
    return { id, version, limit: this.#limit, reserved: this.#reserved, heard: this.#heard };
  }
}

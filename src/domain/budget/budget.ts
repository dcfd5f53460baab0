/**
 * The budget that holds its campaigns: what must always agree is in one aggregate, so every commit keeps the rule (Khononov,
 * Learning Domain-Driven Design, ch. 9: a saga is no substitute for the boundary). The amounts of active campaigns never
 * exceed the limit.
 */
import { Refusal } from '../../base/refusal.ts';
import { Aggregate, type UnitOfWork } from '../../messaging/aggregate.ts';
import type { CommandEnvelope, Payload } from '../../messaging/envelope.ts';
import { type Amounts, amountIn, amountsIn, campaignIn, withAmount, withinBudget, withoutAmount } from './amounts.ts';

export class Budget extends Aggregate {
  static readonly table: string = 'budgets';
  readonly table: string = 'budgets';
  #limit: number;
  /** What each active campaign takes. */
  #commitments: Amounts;

  protected constructor(id: string, row: Payload | undefined, unitOfWork: UnitOfWork) {
    super(id, row, unitOfWork);
    this.#limit = Number(row?.['limit'] ?? 0);
    this.#commitments = amountsIn(row, 'commitments');
  }

  static from(id: string, row: Payload | undefined, unitOfWork: UnitOfWork): Budget {
    return new Budget(id, row, unitOfWork);
  }

  /** Starts a campaign within the budget. @throws Refusal `alreadyActive`, `overBudget` */
  activate(campaign: string, amount: number): void {
    if (Object.hasOwn(this.#commitments, campaign)) throw new Refusal('alreadyActive');
    this.#commitments = withinBudget(withAmount(this.#commitments, campaign, amount), this.#limit);
    this.raise('CampaignActivated', { campaign, amount });
  }

  /** Stops a campaign, and gives back what it took. @throws Refusal `alreadyDeactivated` */
  deactivate(campaign: string): void {
    if (!Object.hasOwn(this.#commitments, campaign)) throw new Refusal('alreadyDeactivated');
    this.#commitments = withoutAmount(this.#commitments, campaign);
    this.raise('CampaignDeactivated', { campaign });
  }

  /** Sets the limit anew, not below what is taken. @throws Refusal `overBudget` */
  change(limit: number): void {
    withinBudget(this.#commitments, limit);
    this.#limit = limit;
    this.raise('BudgetChanged', { limit });
  }

  override execute(command: CommandEnvelope): void {
    if (command.name === 'ActivateCampaign') this.activate(campaignIn(command), amountIn(command));
    else if (command.name === 'DeactivateCampaign') this.deactivate(campaignIn(command));
    else if (command.name === 'ChangeBudget') this.change(amountIn(command));
    else throw new Refusal('unknownCommand');
  }

  override toRow(): Payload & { id: string; version: number } {
    return { id: this.id, version: this.version, limit: this.#limit, commitments: this.#commitments };
  }
}

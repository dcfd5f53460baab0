/**
 * The opposite mistake: one aggregate for the budget, its campaigns and what the publisher counts. The rule is kept, and
 * whoever records a view is in the way of whoever starts a campaign.
 */
import type { UnitOfWork } from '../../messaging/aggregate.ts';
import type { CommandEnvelope, Payload } from '../../messaging/envelope.ts';
import { type Amounts, amountsIn, recorded } from './amounts.ts';
import { Budget } from './budget.ts';

export class Account extends Budget {
  static override readonly table = 'accounts';
  override readonly table = Account.table;
  #views: Amounts;

  private constructor(id: string, row: Payload | undefined, unitOfWork: UnitOfWork) {
    super(id, row, unitOfWork);
    this.#views = amountsIn(row, 'views');
  }

  static override from(id: string, row: Payload | undefined, unitOfWork: UnitOfWork): Account {
    return new Account(id, row, unitOfWork);
  }

  override execute(command: CommandEnvelope): void {
    if (command.name !== 'RecordViews') return super.execute(command);
    this.#views = recorded(this.#views, command);
    this.touch();
  }

  override toRow(): Payload & { id: string; version: number } {
    return { ...super.toRow(), views: this.#views };
  }
}

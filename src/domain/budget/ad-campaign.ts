/** A campaign that is an aggregate of its own: it is activated without a look at the budget, which is another's. */
import { Refusal } from '../../base/refusal.ts';
import { Aggregate, type UnitOfWork } from '../../messaging/aggregate.ts';
import type { CommandEnvelope, Payload } from '../../messaging/envelope.ts';
import { activationIn, amountIn } from './amounts.ts';

export class AdCampaign extends Aggregate {
  static readonly table = 'campaigns';
  readonly table = AdCampaign.table;
  #state: 'DRAFT' | 'ACTIVE' | 'DEACTIVATED';
  #amount: number;
  /** How often it has been activated. */
  #activation: number;

  private constructor(id: string, row: Payload | undefined, unitOfWork: UnitOfWork) {
    super(id, row, unitOfWork);
    this.#state = (row?.['state'] as 'ACTIVE' | undefined) ?? 'DRAFT';
    this.#amount = Number(row?.['amount'] ?? 0);
    this.#activation = Number(row?.['activation'] ?? 0);
  }

  static from(id: string, row: Payload | undefined, unitOfWork: UnitOfWork): AdCampaign {
    return new AdCampaign(id, row, unitOfWork);
  }

  /** Starts it, whatever else runs. @throws Refusal `alreadyActive` */
  activate(amount: number): void {
    if (this.#state === 'ACTIVE') throw new Refusal('alreadyActive');
    this.#state = 'ACTIVE';
    this.#amount = amount;
    this.#activation++;
    this.raise('CampaignActivated', { campaign: this.id, amount, activation: this.#activation });
  }

  /** Stops it. @throws Refusal `alreadyDeactivated` */
  deactivate(): void {
    if (this.#state !== 'ACTIVE') throw new Refusal('alreadyDeactivated');
    this.#state = 'DEACTIVATED';
    this.raise('CampaignDeactivated', { campaign: this.id, activation: this.#activation });
  }

  /** Takes an activation back; where that is over already, there is nothing to take back. */
  compensate(activation: number): void {
    if (this.#state === 'ACTIVE' && activation === this.#activation) this.deactivate();
  }

  override execute(command: CommandEnvelope): void {
    if (command.name === 'ActivateCampaign') this.activate(amountIn(command));
    else if (command.name !== 'DeactivateCampaign') throw new Refusal('unknownCommand');
    else if (activationIn(command) === 0) this.deactivate();
    else this.compensate(activationIn(command));
  }

  override toRow(): Payload & { id: string; version: number } {
    const { id, version } = this;
    return { id, version, state: this.#state, amount: this.#amount, activation: this.#activation };
  }
}

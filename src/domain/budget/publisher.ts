/** The publisher: it counts how often campaigns were seen, which is nobody's rule but its own. */
import { Refusal } from '../../base/refusal.ts';
import { Aggregate, type UnitOfWork } from '../../messaging/aggregate.ts';
import type { CommandEnvelope, Payload } from '../../messaging/envelope.ts';
import { type Amounts, amountsIn, recorded } from './amounts.ts';

export class Publisher extends Aggregate {
  static readonly table = 'publishers';
  readonly table = Publisher.table;
  #views: Amounts;

  private constructor(id: string, row: Payload | undefined, unitOfWork: UnitOfWork) {
    super(id, row, unitOfWork);
    this.#views = amountsIn(row, 'views');
  }

  static from(id: string, row: Payload | undefined, unitOfWork: UnitOfWork): Publisher {
    return new Publisher(id, row, unitOfWork);
  }

  override execute(command: CommandEnvelope): void {
    if (command.name !== 'RecordViews') throw new Refusal('unknownCommand');
    this.#views = recorded(this.#views, command);
    this.touch();
  }

  override toRow(): Payload & { id: string; version: number } {
    return { id: this.id, version: this.version, views: this.#views };
  }
}

/** The campaign: where an advertisement runs, and whether it does (Khononov, Learning Domain-Driven Design, ch. 9). */
import { Refusal } from '../../base/refusal.ts';
import { Aggregate, type UnitOfWork } from '../../messaging/aggregate.ts';
import type { CommandEnvelope, Payload } from '../../messaging/envelope.ts';

export type CampaignState = 'DRAFT' | 'ACTIVE' | 'DEACTIVATED';

/** A row of the table `campaigns`. */
export interface CampaignRow extends Payload {
  id: string;
  version: number;
  state: CampaignState;
  /** The ad locations it is shown at. */
  locations: string[];
  /** Why it was deactivated. */
  reason?: string;
}

/** Where a campaign is shown unless it says otherwise. */
export const defaultLocations: readonly string[] = ['front page', 'newsletter'];

export class Campaign extends Aggregate {
  static readonly table = 'campaigns';
  readonly table = Campaign.table;
  #state: CampaignState;
  readonly #locations: string[];
  #reason: string | undefined;

  private constructor(id: string, row: CampaignRow | undefined, unitOfWork: UnitOfWork) {
    super(id, row, unitOfWork);
    this.#state = row?.state ?? 'DRAFT';
    this.#locations = row?.locations ?? [...defaultLocations];
    this.#reason = row?.reason;
  }

  static from(id: string, row: Payload | undefined, unitOfWork: UnitOfWork): Campaign {
    return new Campaign(id, row as CampaignRow | undefined, unitOfWork);
  }

  /** Starts showing the advertisement. @throws Refusal `alreadyActive` */
  activate(): void {
    if (this.#state === 'ACTIVE') throw new Refusal('alreadyActive');
    this.#state = 'ACTIVE';
    this.#reason = undefined;
    this.raise('CampaignActivated', { locations: this.#locations });
  }

  /** Stops showing it. @throws Refusal `alreadyDeactivated` */
  deactivate(reason: string): void {
    if (this.#state === 'DEACTIVATED') throw new Refusal('alreadyDeactivated');
    this.#state = 'DEACTIVATED';
    this.#reason = reason;
    this.raise('CampaignDeactivated', { reason, locations: this.#locations });
  }

  override execute(command: CommandEnvelope): void {
    if (command.name === 'ActivateCampaign') this.activate();
    else if (command.name === 'DeactivateCampaign') this.deactivate(reasonOf(command));
    else throw new Refusal('unknownCommand');
  }

  override toRow(): CampaignRow {
    const row: CampaignRow = { id: this.id, version: this.version, state: this.#state, locations: this.#locations };
    return this.#reason === undefined ? row : { ...row, reason: this.#reason };
  }
}

const reasonOf = (command: CommandEnvelope): string =>
  typeof command.payload['reason'] === 'string' && command.payload['reason'] !== ''
    ? command.payload['reason']
    : 'none given';

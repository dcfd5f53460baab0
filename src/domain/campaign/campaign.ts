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
  /** How often it has been activated, where that is counted. */
  activation?: number;
  /** What has become of its publishing. */
  publishing?: Publishing;
}

/** What the campaign keeps track of: whether the publishing service shows it. */
export interface Publishing extends Payload {
  status: 'CONFIRMED' | 'REJECTED' | 'TIMED_OUT';
  /** Which activation it is about, as the saga names it. */
  key: string;
  listing?: string;
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
  #activation: number | undefined;
  #publishing: Publishing | undefined;

  private constructor(id: string, row: CampaignRow | undefined, unitOfWork: UnitOfWork) {
    super(id, row, unitOfWork);
    this.#state = row?.state ?? 'DRAFT';
    this.#locations = row?.locations ?? [...defaultLocations];
    this.#reason = row?.reason;
    this.#activation = row?.activation ?? (unitOfWork.numbered ? 0 : undefined);
    this.#publishing = row?.publishing;
  }

  static from(id: string, row: Payload | undefined, unitOfWork: UnitOfWork): Campaign {
    return new Campaign(id, row as CampaignRow | undefined, unitOfWork);
  }

  /** Starts showing the advertisement. @throws Refusal `alreadyActive` */
  activate(): void {
    if (this.#state === 'ACTIVE') throw new Refusal('alreadyActive');
    this.#state = 'ACTIVE';
    this.#reason = undefined;
    this.#publishing = undefined;
    if (this.#activation !== undefined) this.#activation++;
    this.raise('CampaignActivated', { locations: this.#locations, ...this.#numbered() });
  }

  /** Stops showing it. @throws Refusal `alreadyDeactivated` */
  deactivate(reason: string): void {
    if (this.#state === 'DEACTIVATED') throw new Refusal('alreadyDeactivated');
    this.#state = 'DEACTIVATED';
    this.#reason = reason;
    this.raise('CampaignDeactivated', { reason, locations: this.#locations, ...this.#numbered() });
  }

  /**
   * Keeps track of what the publishing service has answered, or that it has not. What is about an earlier activation, comes
   * after the deactivation, or is known already changes nothing: these commands may come twice, and late.
   */
  track(status: Publishing['status'], { activation, key, listing, reason }: Payload): void {
    if (this.#state !== 'ACTIVE' || activation !== (this.#activation ?? activation)) return;
    const publishing: Publishing = {
      status,
      key: String(key),
      ...(typeof listing === 'string' && { listing }),
      ...(typeof reason === 'string' && { reason }),
    };
    const known = this.#publishing;
    if (known?.status === status && known.listing === publishing.listing && known.key === publishing.key) return;
    this.#publishing = publishing;
    this.touch();
  }

  /** Which activation this is, where that is counted. */
  #numbered(): { activation?: number } {
    return this.#activation === undefined ? {} : { activation: this.#activation };
  }

  override execute(command: CommandEnvelope): void {
    if (command.name === 'ActivateCampaign') this.activate();
    else if (command.name === 'DeactivateCampaign') this.deactivate(reasonOf(command));
    else if (Object.hasOwn(tracking, command.name)) this.track(tracking[command.name]!, command.payload);
    else throw new Refusal('unknownCommand');
  }

  override toRow(): CampaignRow {
    return {
      id: this.id,
      version: this.version,
      state: this.#state,
      locations: this.#locations,
      ...(this.#reason !== undefined && { reason: this.#reason }),
      ...this.#numbered(),
      ...(this.#publishing !== undefined && { publishing: this.#publishing }),
    };
  }
}

/** The commands of the saga, and what they tell of the publishing. */
const tracking: Readonly<Record<string, Publishing['status']>> = {
  TrackPublishingConfirmation: 'CONFIRMED',
  TrackPublishingRejection: 'REJECTED',
  TrackPublishingTimeout: 'TIMED_OUT',
};

const reasonOf = (command: CommandEnvelope): string =>
  typeof command.payload['reason'] === 'string' && command.payload['reason'] !== ''
    ? command.payload['reason']
    : 'none given';

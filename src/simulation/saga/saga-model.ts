/** The part of the world that only flows with a saga have. All of it is immutable data. */
import type { CommandEnvelope } from '../../messaging/envelope.ts';
import type { TimerRow } from '../../messaging/saga.ts';
import type { Participant } from './participants.ts';

export interface SagaModel {
  readonly participants: Readonly<Record<string, Participant>>;
  /** The relay's work on the saga's outbox. */
  readonly relay: CommandRelay;
  /** Timeouts that came while nobody was up to handle them, oldest first. */
  readonly overdue: readonly TimerRow[];
  /** Commands of sagas that the service had taken in when it went down, oldest first: they come again. */
  readonly interrupted: readonly CommandEnvelope[];
  /** Answers given so far. */
  readonly answers: number;
}

export interface CommandRelay {
  /** A turn is on the agenda. */
  readonly due: boolean;
  readonly busy: boolean;
  /** There may be commands it has not seen. */
  readonly dirty: boolean;
}

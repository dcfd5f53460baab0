/** What every relay is told: how it shares the work, when it marks, and what it does about a row that can't be published. */
import type { OutboxRef } from '../messaging/effects.ts';
import type { Envelope } from '../messaging/envelope.ts';

export interface RelaySettings {
  claim: 'none' | 'row' | 'aggregate';
  /** `markFirst` is the mistake: a row is marked, and published if nothing comes between. */
  afterPublish: 'mark' | 'delete' | 'markFirst';
  marking: 'each' | 'batch';
  failingRow: 'block' | 'blockAggregate' | 'skip' | 'park';
  polling: 'index' | 'scan';
  /** How documents are written: under a version check that is raised, without raising it, over whatever is there. */
  relayWrites: 'checked' | 'notRaised' | 'unchecked';
}

/** How many rows one poll takes. */
export const batchSize = 10;

/** What is done to a row that is published. */
export const finishing = ({ afterPublish }: RelaySettings): 'mark' | 'delete' =>
  afterPublish === 'delete' ? 'delete' : 'mark';

/** A row as it is named when the work on it is done. */
export const refOf = ({ position, event }: { position: number; event: Envelope }): OutboxRef => ({
  position,
  eventId: event.id,
});

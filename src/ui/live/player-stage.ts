/** What the player plays on: the trace as it is known, and who knows more of it. */
import type { Played } from './unplayed.ts';

export interface Stage {
  playback(): Played;
  /** Asks the run to go on up to a virtual time (null: whenever the next steps are due), at most so many steps. */
  advance(to: number | null, steps: number): void;
  /** Nothing moves any more. */
  rested(): void;
  /** The reader plays somebody who is asked at this cursor; null where the reader plays nobody. */
  asked?(cursor: number): boolean | null;
}

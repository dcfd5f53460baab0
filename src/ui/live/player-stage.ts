/** What the player plays on: the trace as it is known, and who knows more of it. */
import type { WhetherAsked } from './standing-still.ts';
import type { Played } from './unplayed.ts';

export interface Stage {
  playback(): Played;
  /** Asks the run to go on up to a virtual time (null: whenever the next steps are due), at most so many steps. */
  advance(to: number | null, steps: number): void;
  /** Nothing moves any more. */
  rested(): void;
  /** Whether somebody whom the reader plays is asked at this cursor. */
  asked?(cursor: number): WhetherAsked;
}

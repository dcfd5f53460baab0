/** Time that stands still for the reader: where somebody the reader plays is asked, a pause is not passed over. */
import type { Played } from './unplayed.ts';

/** From so many virtual ms on in which nothing happens. */
const patience = 300;

export class StandingStill {
  readonly #asked: (cursor: number) => boolean | null;
  /** Where it has stood still: played on from there, it does not again. */
  #at = -1;

  /** `asked`: whether somebody is asked after so many records; null where the reader plays nobody. */
  constructor(asked: (cursor: number) => boolean | null) {
    this.#asked = asked;
  }

  /** Another run. */
  forget(): void {
    this.#at = -1;
  }

  /** How many steps the run may go on by itself: somebody may be asked after any of them. */
  stride(cursor: number): number {
    return this.#asked(cursor) === null ? 100 : 1;
  }

  /** Whether to stand still at the end of what is known, with nothing to come until `due`. Says so once for each place. */
  here(playback: Played, cursor: number, time: number, due: number): boolean {
    if (cursor === this.#at || due - time < patience) return false;
    const { flights, processes } = playback.viewAt(cursor);
    const busy = Object.values(processes).some(({ task }) => (task?.until ?? 0) > time);
    if (busy || flights.some(({ until }) => until > time) || this.#asked(cursor) !== true) return false;
    this.#at = cursor;
    return true;
  }
}

/** Time that stands still for the reader: where somebody the reader plays is asked, a pause is not passed over. */
import type { Played } from './unplayed.ts';

/** From so many virtual ms on in which nothing happens. */
const patience = 300;

/** Whether somebody whom the reader plays is asked: unknown until that is fetched, null where the reader plays nobody. */
export type WhetherAsked = boolean | 'unknown' | null;

export class StandingStill {
  readonly #asked: (cursor: number) => WhetherAsked;
  /** Where it has stood still: played on from there, it does not again. */
  #at = -1;

  /** `asked`: whether somebody is asked after so many records. */
  constructor(asked: (cursor: number) => WhetherAsked) {
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

  /**
   * What time does at the end of what is known, with nothing to come until `due`: it stands still, which is said once for
   * each place; nobody knows, where it is unknown whether the reader is asked; it passes while something moves; or it may leap.
   */
  here(playback: Played, cursor: number, time: number, due: number): 'stands' | 'unknown' | 'passes' | 'leaps' {
    if (cursor === this.#at || due - time < patience) return 'leaps';
    const asked = this.#asked(cursor);
    if (asked === 'unknown') return 'unknown';
    if (asked !== true) return 'leaps';
    const { flights, processes } = playback.viewAt(cursor);
    const busy = Object.values(processes).some(({ task }) => (task?.until ?? 0) > time);
    if (busy || flights.some(({ until }) => until > time)) return 'passes';
    this.#at = cursor;
    return 'stands';
  }
}

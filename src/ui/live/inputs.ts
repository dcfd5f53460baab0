/** What the reader does to the run: at its end, or as a branch where the reader stands in its past. */
import type { LiveInput } from '../../trace/control.ts';
import type { Openings, Parts } from './openings.ts';

export class Inputs {
  readonly #parts: Parts;
  readonly #openings: Openings;

  constructor(parts: Parts, openings: Openings) {
    this.#parts = parts;
    this.#openings = openings;
  }

  /** The reader stands at the end of the run. */
  get atEnd(): boolean {
    const { course, player } = this.#parts;
    return player.following || player.cursor === course.length;
  }

  /** Gives the run an input once it is open; `moves` follows when it is on its way. */
  act(input: LiveInput, moves: () => void = () => {}): void {
    const { course, exchange, player } = this.#parts;
    if (course.link === 'stopped') return;
    if (exchange.opening) return exchange.whenOpen(() => this.act(input, moves));
    const give = () => {
      this.give(input);
      moves();
    };
    const upTo = { records: player.cursor };
    if (this.atEnd) give();
    else
      this.#openings.replace({ scenario: course.scenario, upTo, cursor: 'end', branch: true }, (refused) => {
        if (refused === null) give();
      });
  }

  /** Ends all failures, and plays to where nothing is left to do. */
  settle(): void {
    const { exchange, player } = this.#parts;
    const give = () => this.act({ kind: 'settle' }, () => player.hurry());
    if (exchange.opening) return exchange.whenOpen(() => this.settle());
    // what is under way comes to its end first, and what is armed still strikes: settling would take it back
    if (this.atEnd) player.hurry(give);
    else give();
  }

  /** Gives the open run an input at its end. */
  give(input: LiveInput): void {
    const { exchange, player, keep, rested } = this.#parts;
    player.expect();
    exchange.input(input, () => {
      player.caughtUp();
      if (player.playing) keep();
      else rested();
    });
  }
}

/** Opens one run after the other: the page's first, others in place of it, and the same again after the worker died. */
import type { LiveInput } from '../../trace/control.ts';
import type { Scenario } from '../../trace/scenario.ts';
import type { Problem } from '../run.ts';
import type { Course } from './course.svelte.ts';
import type { Exchange } from './exchange.ts';
import { emptyRun, type Opening } from './opening.ts';
import type { Player } from './player.svelte.ts';
import type { Shelf } from './shelf.svelte.ts';

/** What a live run is made of. */
export interface Parts {
  readonly course: Course;
  readonly exchange: Exchange;
  readonly player: Player;
  /** Holds runs that were left. */
  readonly shelf: Shelf;
  /** Keeps the run for a reload. */
  readonly keep: () => void;
  /** Nothing moves: time to keep the run, and to compare it with the database. */
  readonly rested: () => void;
}

export class Openings {
  readonly #parts: Parts;
  /** What the page opens with. */
  #first!: Opening;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Opens the page's first run; if it can't be run here, an empty one, of the same flow if that can be, and says why. */
  begin(opening: Opening, orElse = [emptyRun({ flow: opening.scenario.flow }), emptyRun()]): void {
    const [next, ...rest] = orElse;
    const { course } = this.#parts;
    this.#first = opening;
    course.scenario = opening.scenario;
    this.#open(opening, (refused) => {
      if (refused === null || refused.code === 'died') return;
      course.problem ??= refused;
      if (next) this.begin(next, rest);
    });
  }

  /**
   * Opens another run; the present one goes onto the shelf, if there is anything in it. Where it is refused, `then` is to
   * say so, or else the page does.
   */
  replace(opening: Opening, then?: (refused: Problem | null) => void): void {
    const { course, player, shelf } = this.#parts;
    const left = { scenario: course.scenario, records: course.length, cursor: player.cursor };
    this.#open(opening, (refused) => {
      if (refused === null && left.records > 0) shelf.put(left);
      course.refused = then ? null : refused;
      then?.(refused);
    });
  }

  /** The same inputs under other rules, to where this run has come. */
  again(scenario: Scenario): void {
    const { course, player } = this.#parts;
    const time = course.playback.records.at(-1)?.at ?? 0;
    this.replace({ scenario, upTo: player.next === null ? 'rest' : { time }, cursor: 'end' });
  }

  /** Takes an earlier run down from the shelf. */
  returnTo(id: number): void {
    const found = this.#parts.shelf.take(id);
    if (found) this.replace({ scenario: found.scenario, upTo: { records: found.records }, cursor: found.cursor });
  }

  /** A new worker knows nothing: it is told the run so far, and `give` what the one before took with it. */
  reopen(give: (input: LiveInput) => void): void {
    const { course, exchange, player } = this.#parts;
    const nothingYet = course.storage === null;
    course.link = 'restarting';
    if (nothingYet) return this.begin(this.#first);
    player.suspend();
    const { untaken } = exchange;
    const now = { scenario: course.scenario, upTo: { records: course.length }, cursor: player.cursor };
    exchange.open(now, (refused) => {
      if (refused) return;
      for (const input of untaken) give(input);
      player.resume();
    });
  }

  #open(opening: Opening, then: (refused: Problem | null) => void): void {
    const { exchange, player } = this.#parts;
    player.suspend();
    exchange.open(opening, (refused) => {
      if (refused === null) player.stop();
      else if (refused.code !== 'died') player.resume();
      then(refused);
    });
  }
}

/** Runs the reader has left: nothing is lost by an option, a branch, a reset or an import. */
import type { Scenario } from '../../trace/scenario.ts';

export interface Shelved {
  readonly scenario: Scenario;
  readonly records: number;
  readonly cursor: number;
}

/** So many are kept; a run is its scenario, so each is small. */
const most = 20;

export class Shelf {
  #runs = $state.raw<readonly (Shelved & { id: number })[]>([]);
  #nextId = 1;

  /** Newest first. */
  get runs(): readonly (Shelved & { id: number })[] {
    return this.#runs;
  }

  put(run: Shelved): void {
    this.#runs = [{ ...run, id: this.#nextId++ }, ...this.#runs].slice(0, most);
  }

  /** Takes a run down; null where it is not there any more. */
  take(id: number): Shelved | null {
    const found = this.#runs.find((run) => run.id === id) ?? null;
    this.#runs = this.#runs.filter((run) => run !== found);
    return found;
  }
}

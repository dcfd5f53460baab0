/** One question to a worker that explores: asked, followed while it works, and stopped at any time. */
import type { ExploreAnswer, ExploreControl } from '../../trace/exploration.ts';
import { startExplorer } from '../live/explorer.ts';

/** A question without the number that the inquiry gives it. */
export type Question = ExploreControl extends infer C ? (C extends { id: number } ? Omit<C, 'id'> : never) : never;

/** What is known by now; `done`: there is nothing more to come. */
export interface Reading<Told> {
  readonly told: Told;
  readonly done: boolean;
}

/** `died`: the worker is gone. Else it said why, by a code of the page's problems or in words of its own. */
export interface Failed {
  readonly died: boolean;
  readonly message: string;
}

/** Real ms between two updates of what is shown. */
const pause = 100;

/** `About`: what it was asked about. `Told`: what has come of it. */
export class Inquiry<About, Told> {
  readonly #read: (answer: ExploreAnswer) => Reading<Told> | null;
  #worker: Worker | null = null;
  #id = 0;
  #since = 0;
  #newest: Told | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  status = $state<'unasked' | 'asking' | 'answered' | 'stopped' | 'failed'>('unasked');
  about = $state.raw<About | null>(null);
  told = $state.raw<Told | null>(null);
  failed = $state.raw<Failed | null>(null);
  /** Real seconds from the question to what is told. */
  seconds = $state(0);

  /** `read`: what an answer says; null where it says nothing of use. */
  constructor(read: (answer: ExploreAnswer) => Reading<Told> | null) {
    this.#read = read;
  }

  /** Asks, and forgets what was asked before. `make` makes a worker. */
  ask(make: () => Worker, about: About, question: Question): void {
    this.#end();
    const id = ++this.#id;
    [this.about, this.told, this.#newest, this.failed, this.seconds] = [about, null, null, null, 0];
    this.#since = performance.now();
    this.status = 'asking';
    const mine = (does: () => void) => {
      if (id === this.#id && this.status === 'asking') does();
    };
    this.#worker = startExplorer(make, {
      answered: (answer) => answer.id === id && mine(() => this.#hear(answer)),
      died: (message) => mine(() => this.#fail({ died: true, message })),
    });
    this.#worker.postMessage({ ...question, id } satisfies ExploreControl);
  }

  /** Ends the worker; what it has told stays. */
  stop(): void {
    if (this.status === 'asking') this.#conclude('stopped');
  }

  #hear(answer: ExploreAnswer): void {
    if (answer.type === 'failed') return this.#fail({ died: false, message: answer.message });
    const reading = this.#read(answer);
    if (reading === null) return;
    this.#newest = reading.told;
    if (reading.done) this.#conclude('answered');
    else this.#timer ??= setTimeout(() => this.#show(), pause);
  }

  #fail(failed: Failed): void {
    this.failed = failed;
    this.#conclude('failed');
  }

  #conclude(status: 'answered' | 'stopped' | 'failed'): void {
    this.#end();
    this.status = status;
    this.#show();
  }

  #show(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.told = this.#newest;
    this.seconds = (performance.now() - this.#since) / 1000;
  }

  #end(): void {
    this.#worker?.terminate();
    this.#worker = null;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

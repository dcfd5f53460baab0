/**
 * What is not on the first picture is fetched when it is first wanted, or before: once a reader is there and the page has
 * time. So the first picture waits for nothing else, and later nothing waits, with or without a network.
 */
export class Late<Part> {
  readonly #fetch: () => Promise<Part>;
  #asked: Promise<Part> | null = null;
  #loaded = $state.raw<Part | null>(null);
  #failed = $state(false);
  #waiting: ((part: Part) => void)[] = [];

  constructor(fetch: () => Promise<Part>) {
    this.#fetch = fetch;
  }

  /** The part, once it is there. Reactive. */
  get loaded(): Part | null {
    return this.#loaded;
  }
  /** It could not be fetched. Reactive. */
  get failed(): boolean {
    return this.#failed;
  }

  /** Fetches the part unless it is there. Rejects where it can't be fetched; asked again, it tries again. */
  load(): Promise<Part> {
    this.#asked ??= this.#take();
    return this.#asked;
  }

  /** The same for who does not wait: `loaded` and `failed` tell. */
  want(): void {
    if (this.#asked === null && !this.#failed) this.load().catch(() => {});
  }

  /** Resolves when the part is there; never, as long as it can't be fetched. */
  wait(): Promise<Part> {
    this.want();
    return new Promise((resolve) => {
      if (this.#loaded === null) this.#waiting.push(resolve);
      else resolve(this.#loaded);
    });
  }

  async #take(): Promise<Part> {
    // told afterwards: who asks may be in the middle of a derivation, where nothing may be set
    await Promise.resolve();
    this.#failed = false;
    try {
      const part = await this.#fetch();
      this.#loaded = part;
      for (const resolve of this.#waiting.splice(0)) resolve(part);
      return part;
    } catch (error) {
      this.#asked = null;
      this.#failed = true;
      if (!missed.includes(this)) missed.push(this);
      throw error;
    }
  }
}

/** All that is still to be fetched, and what could not be. */
const waiting: Pick<Late<unknown>, 'load'>[] = [];
let missed: typeof waiting = [];
let idle = true;
let used = false;

/** A part of the page to be fetched later. `turn`: the one that the first press needs goes before the others. */
export function late<Part>(fetch: () => Promise<Part>, turn: 'first' | 'any' = 'any'): Late<Part> {
  const part = new Late(fetch);
  if (turn === 'first') waiting.unshift(part);
  else waiting.push(part);
  if (used) fetchNext();
  return part;
}

/** One after the other, each when there is time. */
function fetchNext(): void {
  if (!idle) return;
  const part = waiting.shift();
  if (!part) return;
  idle = false;
  const go = () =>
    void part
      .load()
      .catch(() => {})
      .then(() => {
        idle = true;
        fetchNext();
      });
  if ('requestIdleCallback' in window) requestIdleCallback(go, { timeout: 1000 });
  else setTimeout(go, 100);
}

/** Real ms that a page which is looked at lies still before the rest is fetched all the same. */
const patience = 10_000;
const signs = ['pointermove', 'pointerdown', 'touchstart', 'wheel', 'keydown', 'focusin', 'click'] as const;

/** Fetches what is missing from the first sign of a reader on or after a while, and what was missed when there is a network. */
export function fetchWhenUsed(): void {
  addEventListener('online', () => {
    waiting.push(...missed);
    missed = [];
    fetchNext();
  });
  const begin = () => {
    for (const sign of signs) removeEventListener(sign, begin, true);
    used = true;
    fetchNext();
  };
  for (const sign of signs) addEventListener(sign, begin, { capture: true, passive: true });
  addEventListener('load', () => setTimeout(() => document.hidden || used || begin(), patience));
}

/**
 * What is not on the first picture is fetched when it is first wanted, or before: once a reader is there and the page has
 * time. So the first picture waits for nothing else, and later nothing waits, with or without a network.
 */
export class Late<Part> {
  readonly #fetch: () => Promise<Part>;
  #asked: Promise<Part> | null = null;
  #loaded = $state.raw<Part | null>(null);
  #failed = $state(false);

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

  async #take(): Promise<Part> {
    // told afterwards: who asks may be in the middle of a derivation, where nothing may be set
    await Promise.resolve();
    this.#failed = false;
    try {
      return (this.#loaded = await this.#fetch());
    } catch (error) {
      this.#asked = null;
      this.#failed = true;
      throw error;
    }
  }
}

/** All parts that are still to be fetched, and those that could not be. */
const waiting: Late<unknown>[] = [];
const missed: Late<unknown>[] = [];
let idle = true;
let used = false;

/** A part of the page to be fetched later. */
export function late<Part>(fetch: () => Promise<Part>): Late<Part> {
  const part = new Late(fetch);
  waiting.push(part);
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
      .catch(() => missed.push(part))
      .then(() => {
        idle = true;
        fetchNext();
      });
  if ('requestIdleCallback' in window) requestIdleCallback(go, { timeout: 1000 });
  else setTimeout(go, 100);
}

const signs = ['pointermove', 'pointerdown', 'touchstart', 'wheel', 'keydown', 'focusin', 'click'] as const;

/** Fetches what is missing from the first sign of a reader on, and what was missed when there is a network again. */
export function fetchWhenUsed(): void {
  addEventListener('online', () => {
    waiting.push(...missed.splice(0));
    if (used) fetchNext();
  });
  const begin = () => {
    for (const sign of signs) removeEventListener(sign, begin, true);
    used = true;
    fetchNext();
  };
  for (const sign of signs) addEventListener(sign, begin, { capture: true, passive: true });
}

/** Words in the page's language that are fetched when they are first wanted. */
import { i18n } from './i18n.svelte.ts';
import type { Language } from './language.ts';

export class LateWords<Words> {
  readonly #sources: Record<Language, () => Promise<Words>>;
  readonly #asked: Partial<Record<Language, Promise<void>>> = {};
  #known = $state.raw<Partial<Record<Language, Words>>>({});
  #failed = $state.raw<Language | null>(null);

  constructor(sources: Record<Language, () => Promise<Words>>) {
    this.#sources = sources;
  }

  /** The words, or null where nobody has wanted them yet. Reactive. */
  get now(): Words | null {
    return this.#known[i18n.language] ?? null;
  }

  /** The words, which are wanted now; null until they are there. Reactive. */
  get wanted(): Words | null {
    void this.fetch().catch(() => {});
    return this.now;
  }

  /** Whether the words could not be fetched; they are asked for again when they are wanted again. Reactive. */
  get failed(): boolean {
    return this.#failed === i18n.language;
  }

  /** Fetches the words in a language, unless they are there. Rejects where they can't be had. */
  fetch(language: Language = i18n.language): Promise<void> {
    return (this.#asked[language] ??= this.#sources[language]().then(
      (words) => {
        this.#known = { ...this.#known, [language]: words };
        this.#failed = null;
      },
      (error: unknown) => {
        delete this.#asked[language];
        this.#failed = language;
        throw error;
      },
    ));
  }
}

/** Words that are not in the first picture: fetched when somebody wants them, in the page's language. */
import { i18n } from './i18n.svelte.ts';
import type { Language } from './language.ts';

/** A source of late words. Both getters are reactive. */
export interface LateWords<W> {
  /** The words, which are wanted now: those of the other language, or null, until they are there. */
  readonly words: W | null;
  /** They could not be fetched; they are asked for again when they are wanted again. */
  readonly failed: boolean;
}

/** Words that come from one module for each language. */
export function lateWords<W>(sources: Record<Language, () => Promise<W>>): LateWords<W> {
  let known = $state.raw<Partial<Record<Language, W>>>({});
  let failed = $state(false);
  const asked = new Set<Language>();

  async function fetch(language: Language): Promise<void> {
    if (asked.has(language)) return;
    asked.add(language);
    try {
      const words = await sources[language]();
      known = { ...known, [language]: words };
      failed = false;
    } catch {
      asked.delete(language);
      failed = true;
    }
  }

  return {
    get words() {
      const { language, other } = i18n;
      void fetch(language);
      return known[language] ?? known[other] ?? null;
    },
    get failed() {
      return failed;
    },
  };
}

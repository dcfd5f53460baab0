/** The page's language, and what it says in it from the start. Korean is fetched when it is wanted. */
import { remember } from '../theme/storage.ts';
import { en, type Messages } from './en.ts';
import type { LaterMessages } from './en-later.ts';
import { correctAddress, type Language } from './language.ts';

let language = $state<Language>('en');
let messages = $state.raw<Messages>(en);
let later = $state.raw<LaterMessages | null>(null);

/** The messages of the present language; reactive wherever it is read. */
export const t = (): Messages => messages;

export const i18n = {
  get language() {
    return language;
  },
  get other(): Language {
    return language === 'en' ? 'ko' : 'en';
  },
  /** What is said later in this language; null in English, which comes with the parts that say it. */
  get later() {
    return later;
  },
};

const english: [Messages, null] = [en, null];
const korean = () =>
  Promise.all([import('./ko.ts').then(({ ko }) => ko), import('./ko-later.ts').then((all) => all.koLater)]);

/** Shows the page in a language. Resolves when it is there; one that can't be fetched leaves the page as it is. */
export async function speak(next: Language): Promise<void> {
  const loaded = next === 'en' ? english : await korean().catch(() => null);
  if (!loaded) return;
  language = next;
  [messages, later] = loaded;
  document.documentElement.lang = next;
}

/** The reader chooses a language: shown now, and the next time. */
export function choose(next: Language): Promise<void> {
  remember('lang', next);
  correctAddress(next);
  return speak(next);
}

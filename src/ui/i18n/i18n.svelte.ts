/** The page's language, and everything it says in it. Korean is fetched when it is wanted. */
import { remember } from '../theme/storage.ts';
import { en, type Messages } from './en.ts';
import { correctAddress, type Language } from './language.ts';

let language = $state<Language>('en');
let messages = $state.raw<Messages>(en);

/** The messages of the present language; reactive wherever it is read. */
export const t = (): Messages => messages;

export const i18n = {
  get language() {
    return language;
  },
  get other(): Language {
    return language === 'en' ? 'ko' : 'en';
  },
};

/** Shows the page in a language. Resolves when it is there; one that can't be fetched leaves the page as it is. */
export async function speak(next: Language): Promise<void> {
  const loaded = next === 'en' ? en : await import('./ko.ts').then((module) => module.ko).catch(() => null);
  if (!loaded) return;
  language = next;
  messages = loaded;
  document.documentElement.lang = next;
}

/** The reader chooses a language: shown now, and the next time. */
export function choose(next: Language): Promise<void> {
  remember('lang', next);
  correctAddress(next);
  return speak(next);
}

/** The page's language: `?lang=`, else the one chosen earlier, else the browser's. Korean is fetched when it is wanted. */
import { recall, remember } from '../theme/storage.ts';
import { en, type Messages } from './en.ts';

export type Language = 'en' | 'ko';

const known = (text: string | null | undefined): Language | null =>
  text?.startsWith('ko') ? 'ko' : text?.startsWith('en') ? 'en' : null;

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

/** The language the page opens in. */
export function preferredLanguage(query = location.search, languages = navigator.languages): Language {
  const wanted = known(new URLSearchParams(query).get('lang')) ?? known(recall('lang'));
  return wanted ?? languages.map(known).find((each) => each !== null) ?? 'en';
}

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
  return speak(next);
}

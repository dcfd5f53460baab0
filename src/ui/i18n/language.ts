/** Which language the page opens in: `?lang=`, else the one chosen earlier, else the browser's. */
import { recall } from '../theme/storage.ts';

export type Language = 'en' | 'ko';

const known = (text: string | null | undefined): Language | null =>
  text?.startsWith('ko') ? 'ko' : text?.startsWith('en') ? 'en' : null;

/** The language to open in; English where nobody says anything we speak. */
export function preferredLanguage(query = location.search, languages = navigator.languages): Language {
  const wanted = known(new URLSearchParams(query).get('lang')) ?? known(recall('lang'));
  return wanted ?? languages.map(known).find((each) => each !== null) ?? 'en';
}

/** Puts an address right that names another language, so that a reload does not bring it back. */
export function correctAddress(language: Language): void {
  const address = new URL(location.href);
  if (!address.searchParams.has('lang')) return;
  address.searchParams.set('lang', language);
  history.replaceState(history.state, '', address);
}

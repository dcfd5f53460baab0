/** What there is to say about scenes, in the page's language: fetched when one is on show, or all of them are. */
import type { SceneWords } from './en-scenes.ts';
import { late } from '../late.svelte.ts';
import { i18n } from './i18n.svelte.ts';
import type { Language } from './language.ts';

const sources: Record<Language, () => Promise<SceneWords>> = {
  en: () => import('./en-scenes.ts').then(({ enScenes }) => enScenes),
  ko: () => import('./ko-scenes.ts').then(({ koScenes }) => koScenes),
};

let failed = $state(false);
let known = $state.raw<Partial<Record<Language, SceneWords>>>({});
const asked: Partial<Record<Language, boolean>> = {};

/** Whether the words could not be fetched; they are asked for again when they are wanted again. */
export const sceneWordsFailed = (): boolean => failed;

/** The words; those of the language before, or null, until they are there. Reactive. */
export function sceneWords(): SceneWords | null {
  const { language, other } = i18n;
  void fetch(language);
  return known[language] ?? known[other] ?? null;
}

async function fetch(language: Language): Promise<void> {
  if (asked[language]) return;
  asked[language] = true;
  try {
    const words = await sources[language]();
    known = { ...known, [language]: words };
    failed = false;
  } catch {
    asked[language] = false;
    failed = true;
  }
}

late(() => fetch(i18n.language));

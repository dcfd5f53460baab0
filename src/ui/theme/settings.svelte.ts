/**
 * What the reader likes: theme, motion, single-key shortcuts. Kept in this browser only; where storage is closed to the
 * page, it lasts as long as the page does.
 */
import { recall, remember } from './storage.ts';

export type Theme = 'system' | 'light' | 'dark';
export type Motion = 'system' | 'full' | 'reduced';

const themes: readonly Theme[] = ['system', 'light', 'dark'];
const motions: readonly Motion[] = ['system', 'full', 'reduced'];
const oneOf = <T extends string>(known: readonly T[], value: string | null): T =>
  known.find((each) => each === value) ?? known[0]!;

let theme = $state<Theme>(oneOf(themes, recall('theme')));
let motion = $state<Motion>(oneOf(motions, recall('motion')));
let shortcuts = $state(recall('shortcuts') !== 'off');

const calmer = matchMedia('(prefers-reduced-motion: reduce)');
let systemCalm = $state(calmer.matches);
calmer.addEventListener('change', (change) => (systemCalm = change.matches));

export const settings = {
  get theme() {
    return theme;
  },
  set theme(next: Theme) {
    theme = next;
    remember('theme', next);
    show();
  },
  get motion() {
    return motion;
  },
  set motion(next: Motion) {
    motion = next;
    remember('motion', next);
    show();
  },
  get shortcuts() {
    return shortcuts;
  },
  set shortcuts(next: boolean) {
    shortcuts = next;
    remember('shortcuts', next ? 'on' : 'off');
  },
  /** Nothing may travel over the page. */
  get calm() {
    return motion === 'reduced' || (motion === 'system' && systemCalm);
  },
  /** The theme after this one, for a button that goes round. */
  get nextTheme(): Theme {
    return themes[(themes.indexOf(theme) + 1) % themes.length]!;
  },
};

/** Writes the settings onto <html>, where the style sheets read them. */
function show(): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  root.dataset['motion'] = settings.calm ? 'reduced' : 'full';
}

calmer.addEventListener('change', show);
show();

/** What is wrong with a file, a link or an address, in words: the code, the place, and what to do. */
import type { LaterMessages } from '../i18n/en-later.ts';
import type { Problem } from '../run.ts';

/** Where the run that was not opened came from. */
export type Source = Parameters<LaterMessages['problems']['title']>[0];

/** The problem as sentences. */
export function explain(from: Source, { code, place, detail }: Problem, m: LaterMessages['problems']): string {
  const what = m.what[code] ?? detail ?? m.unknown;
  return [m.title(from, code), what, place ? m.at(place) : ''].filter(Boolean).join(' ');
}

/** What is wrong with a file, a link or an address, in words: the code, the place, and what to do. */
import type { ChoiceWords } from '../i18n/en-choices.ts';
import type { Messages } from '../i18n/en.ts';
import type { Problem } from '../run.ts';

/** Where the run that was not opened came from. */
export type Source = Parameters<Messages['problems']['title']>[0];

/** The problem as sentences. `choices`: words for options that do not go together, once they are there. */
export function explain(
  from: Source,
  { code, place, detail, reason }: Problem,
  m: Messages['problems'],
  choices: ChoiceWords | null = null,
): string {
  const contradiction = reason && choices?.contradiction(choices.reasons[reason]);
  const what = contradiction ?? m.what[code] ?? detail ?? m.unknown;
  return [m.title(from, code), what, place ? m.at(place) : ''].filter(Boolean).join(' ');
}

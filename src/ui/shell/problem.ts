/** What is wrong with a file, a link or an address, in words: the code, the place, and what to do. */
import type { ChoiceWords } from '../i18n/en-choices.ts';
import type { LaterMessages } from '../i18n/en-later.ts';
import type { Messages } from '../i18n/en.ts';
import type { OptionWords } from '../i18n/option-words.ts';
import type { Problem } from '../run.ts';

/** Where the run that was not opened came from. */
export type Source = Parameters<LaterMessages['problems']['title']>[0];

/** The problem as sentences. `choices`: words for options that do not go together, once they are there. */
export function explain(
  from: Source,
  problem: Problem,
  { title, what, at, unknown }: LaterMessages['problems'],
  m: Messages,
  choices: ChoiceWords | null = null,
): string {
  const { code, place, detail, reason } = problem;
  const contradiction = reason && choices?.contradiction(valueAt(place ?? '', m, choices), choices.reasons[reason]);
  const said = contradiction ?? what[code] ?? detail ?? unknown;
  return [title(from, code), said, place ? at(place) : ''].filter(Boolean).join(' ');
}

/** The value of an option that a place names, `options.relay = logTailing`, as the page calls it. */
function valueAt(place: string, { pattern }: Messages, { fine }: ChoiceWords): string {
  const [, name = '', value = ''] = /^options\.(\w+) = (\w+)$/.exec(place) ?? [];
  const options = { ...pattern.options, ...fine } as Record<string, OptionWords<string> | undefined>;
  return options[name]?.values[value]?.name ?? place;
}

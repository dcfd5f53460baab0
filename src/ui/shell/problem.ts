/** What is wrong with a file or link, in words: the code, the place, and what to do. */
import type { Messages } from '../i18n/en.ts';
import type { ImportOutcome } from '../run.ts';

export type Problem = Extract<ImportOutcome, { ok: false }>['problem'];

/** The problem as sentences. */
export function explain({ code, place, detail }: Problem, m: Messages['problems']): string {
  return [m.title(code), m.what[code] ?? detail ?? m.unknown, place ? m.at(place) : ''].filter(Boolean).join(' ');
}

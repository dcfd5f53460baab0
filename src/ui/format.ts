/** Numbers and words as the page shows them, the same in every language. */

/** Virtual milliseconds as seconds: `12.50`. */
export const seconds = (ms: number): string => (ms / 1000).toFixed(2);

/** A time span as short as it can be said: `500 ms`, `3 s`, `1.5 s`. */
export const span = (ms: number): string => (ms < 1000 ? `${ms} ms` : `${+(ms / 1000).toFixed(1)} s`);

/** `CampaignActivated` as a note has room for it: `Activated`. */
export const shortEvent = (type: string): string => type.replace(/^(Campaign|Publishing)(?=.)/, '');

/** `ActivateCampaign` as a note has room for it: `Activate`. */
export const shortCommand = (name: string): string =>
  name.replace(/(?<=.)(Campaign$|Publishing|Employee)/, '').replace('Advertisement', 'Ad');

/** A message that fails so often is a dead letter, where the bus is a queue. */
export const untilDeadLetter = 5;

/** A text cut to about `units` letters; Korean letters are twice as wide. Control characters are left out. */
export function fit(text: string, units: number): string {
  const clean = visible(text);
  let used = 0;
  let at = 0;
  for (const letter of clean) {
    used += wide.test(letter) ? 1.75 : 1;
    if (used > units) return `${clean.slice(0, Math.max(0, at - 1))}…`;
    at += letter.length;
  }
  return clean;
}

/** The text without characters that hide or turn it: control and direction marks. */
export const visible = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, '');

/** The same words without such characters: for what is made of names that came with a file or link. */
export const shown =
  <Of extends unknown[]>(say: (...of: Of) => string) =>
  (...of: Of): string =>
    visible(say(...of));

const wide = /[\u1100-\u11ff\u3000-\u30ff\u3130-\u318f\u4e00-\u9fff\uac00-\ud7a3\uff00-\uff60]/;

/** Any value of a row as one line of text. */
export function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return visible(value);
  if (Array.isArray(value)) return value.map(cell).join(', ');
  return visible(JSON.stringify(value));
}

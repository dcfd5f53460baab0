import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTree, top } from '../support/tree.ts';

const korean = /[\u1100-\u11ff\u3000-\u303f\u3130-\u318f\uac00-\ud7a3]/gu;
const read = (path: string) => readFileSync(join(top, path), 'utf8');
const missing = (text: string, font: string) => [...new Set(text.match(korean) ?? [])].filter((c) => !font.includes(c));
const mend =
  'these are not in the Korean font: run .config/subset-fonts.mjs as the comment at its top says, and keep what it writes';

const font = read('src/ui/theme/fonts/pretendard.txt');

test('a character that is not in the font is noticed', () => {
  expect(missing("export const ko = { play: '재생', odd: '뷁' };", '생재')).toEqual(['뷁']);
});

test('the Korean messages use only characters that are in the Korean font', () => {
  // until the messages are written there is nothing to miss
  const messages = existsSync(join(top, 'src/ui/i18n/ko.ts')) ? read('src/ui/i18n/ko.ts') : '';
  expect(missing(messages, font), mend).toEqual([]);
});

test('so do all other sources, lessons among them', () => {
  const text = readTree('src', /\.(ts|svelte)$/).map((file) => file.text);
  expect(missing(text.join(''), font), mend).toEqual([]);
});

test('fonts stay small', () => {
  const kib = (name: string) => readFileSync(join(top, `src/ui/theme/fonts/${name}.woff2`)).length / 1024;
  expect(kib('inter')).toBeLessThan(35);
  expect(kib('jetbrains-mono') + kib('jetbrains-mono-600')).toBeLessThan(20);
});

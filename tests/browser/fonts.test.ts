import { expect, test } from 'vitest';
import '../../src/ui/theme/fonts.css';

const loaded = async (font: string, text: string) => (await document.fonts.load(font, text)).map((face) => face.family);

test.each([
  ["16px 'Inter'", 'Saga ✓', ['Inter']],
  ["16px 'Inter'", '→', ['Inter']],
  ["600 16px 'Inter'", '⚡', ['Inter']],
  ["16px 'JetBrains Mono'", 'v1', ['JetBrains Mono']],
  ["16px 'JetBrains Mono'", '→', ['JetBrains Mono']],
  ["600 16px 'JetBrains Mono'", 'v1', ['JetBrains Mono']],
  ["16px 'SagaHangul'", '사가', ['SagaHangul']],
])('%s has a file that a browser accepts', async (font, text, families) => {
  expect(await loaded(font, text)).toEqual(families);
});

test('what the page says from the start needs no second file', async () => {
  expect(await loaded("16px 'Inter'", 'A campaign’s run … · ¼× ● ✓ – “it”')).toEqual(['Inter']);
});

test('the Korean font is not fetched for English', async () => {
  expect(await loaded("16px 'SagaHangul'", 'Saga')).toEqual([]);
});

import { expect, test } from 'vitest';
import { scenes } from '../../../src/scenes/catalogue.ts';
import { enPromises } from '../../../src/ui/i18n/en-promises.ts';
import { enScenes } from '../../../src/ui/i18n/en-scenes.ts';
import { koPromises } from '../../../src/ui/i18n/ko-promises.ts';
import { koScenes } from '../../../src/ui/i18n/ko-scenes.ts';
import { besideOf, matching } from '../../../src/ui/scenes/finding.ts';

const found = (filter: string) => matching(scenes, filter, enScenes, enPromises.name).map(({ id }) => id);

test('a scene is found by its id, its title, its group, its promise; by all words, in either language', () => {
  expect(found('')).toEqual(scenes.map(({ id }) => id));
  expect(found('f08')).toEqual(['F08']);
  expect(found('  between   MARK ')).toContain('F08');
  expect(found('at most once')).toContain('F08');
  for (const { id, group } of scenes) {
    if (group === 'publishing') expect(found('without an outbox')).toContain(id);
    if (group === 'bus') expect(found('without an outbox')).not.toContain(id);
  }
  expect(found('f08 nowhere')).toEqual([]);
  expect(found('races hotel')).toEqual(['D6c']);
  expect(found('conflicts')).toEqual(['F71b']);
  expect(matching(scenes, '발행과 표시 사이', koScenes, koPromises.name).map(({ id }) => id)).toEqual(['F08']);
});

test('arrow keys go along the scenes, and to the nearest above and below, over the gaps between groups', () => {
  // two rows of three, the second one short, then a group of its own
  const boxes = [0, 100, 200, 0, 100, 0].map((left, i) => ({ left, top: [0, 0, 0, 50, 50, 130][i]!, width: 90 }));
  const from = (start: number, ...keys: string[]) =>
    keys.reduce((at, key) => besideOf(boxes, at, `Arrow${key}`), start);
  expect(from(0, 'Right', 'Right', 'Right')).toBe(3);
  expect(from(0, 'Left')).toBe(0);
  expect(from(5, 'Right')).toBe(5);
  expect(from(1, 'Down')).toBe(4);
  expect(from(2, 'Down')).toBe(4);
  expect(from(2, 'Down', 'Down')).toBe(5);
  expect(from(5, 'Down')).toBe(5);
  expect(from(4, 'Up')).toBe(1);
  expect(from(1, 'Up')).toBe(1);
});

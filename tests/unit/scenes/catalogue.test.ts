/** The scenes as they are written: valid files, sensible options, words in both languages. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findScene, loadScene, sceneAfter, sceneOf, scenes } from '../../../src/scenes/catalogue.ts';
import { sceneGroups } from '../../../src/scenes/scene.ts';
import { cured, standingOf } from '../../../src/scenes/standing.ts';
import { isSceneId } from '../../../src/trace/address.ts';
import { completed, offDefault } from '../../../src/trace/defaults.ts';
import { conflictOf } from '../../../src/trace/option-rules.ts';
import { readTraceFile } from '../../../src/trace/read.ts';
import type { Scenario } from '../../../src/trace/scenario.ts';
import { enScenes } from '../../../src/ui/i18n/en-scenes.ts';
import { koScenes } from '../../../src/ui/i18n/ko-scenes.ts';
import { promises } from '../../../src/verdicts/promises.ts';
import { top } from '../../support/tree.ts';

const folder = join(top, 'src/scenes');
const fileOf = (id: string) => `${id.toLowerCase()}.json`;
const complete = ({ flow, options }: Scenario) => completed(flow, options);

test('there is a file for every scene and a scene for every file', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  expect(files.sort()).toEqual(scenes.map(({ id }) => fileOf(id)).sort());
});

test('each is there once, group after group', () => {
  expect(new Set(scenes.map(({ id }) => id)).size).toBe(scenes.length);
  const ranks = scenes.map(({ group }) => sceneGroups.indexOf(group));
  expect(ranks).toEqual([...ranks].sort());
});

describe.each(scenes)('$id', (scene) => {
  const text = readFileSync(join(folder, fileOf(scene.id)), 'utf8');

  test('its file is a scenario, titled by its id, and all of it is understood', () => {
    expect(readTraceFile(text)).toMatchObject({ ok: true, warnings: [], value: { title: scene.id } });
    expect(isSceneId(scene.id)).toBe(true);
  });

  test('it ends settled', async () => {
    const { inputs } = await loadScene(scene.id);
    expect(inputs.filter(({ kind }) => kind === 'settle')).toEqual([inputs.at(-1)]);
  });

  test('its options go together, with the cure and without; the cure changes something', async () => {
    const written = await loadScene(scene.id);
    expect(conflictOf(complete(written), written.flow)).toBe(null);
    expect(conflictOf(complete(cured(scene, written)), written.flow)).toBe(null);
    expect(complete(cured(scene, written))).toMatchObject(scene.cure);
    expect(complete(written)).not.toMatchObject(scene.cure);
    const { saga: _, ...named } = written.options ?? {};
    // a file names what is off its flow's defaults; the saga, wherever it takes part in a campaign
    expect(offDefault(complete(written), written.flow)).toMatchObject(named);
  });

  test('its promise is one that is judged; where it shows something, both languages have words for that', () => {
    if (scene.shows === undefined) return expect(promises.map(({ id }) => id)).toContain(scene.promise);
    for (const { shown } of [enScenes, koScenes]) expect(shown[scene.shows].found(2)).toMatch(/2.*\.$/);
  });

  test('both languages speak of it', () => {
    for (const { texts } of [enScenes, koScenes]) {
      const { title, watch, cure } = texts[scene.id];
      expect(title).toMatch(/[^.]$/);
      for (const sentence of [watch, cure]) expect(sentence).toMatch(/\.$/);
    }
    expect(koScenes.texts[scene.id].watch).toMatch(/니다\.|십시오\./);
  });

  test('it is told from what has been made of it', async () => {
    const written = await loadScene(scene.id);
    const standing = (run: Scenario) => standingOf(scene, written, run);
    const { options, inputs } = written;
    const all = complete(written);
    expect(standing(structuredClone(written))).toBe('written');
    expect(standing({ ...written, options: { ...options, publish: all.publish } })).toBe('written');
    expect(standing(cured(scene, written))).toBe('cured');
    expect(standing({ ...written, seed: 77 })).toBe('changed');
    expect(standing({ ...written, inputs: inputs.slice(1) })).toBe('changed');
    expect(standing({ ...written, inputs: [...inputs, { at: 99_999, kind: 'settle' }] })).toBe('changed');
    expect(standing({ ...written, choices: [1] })).toBe('changed');
    const other = all.writes === 'serialised' ? 'optimistic' : 'serialised';
    if (scene.cure.writes !== other)
      expect(standing({ ...written, options: { ...options, writes: other } })).toBe('changed');
  });
});

test.each(['D6', 'D6g', 'D7a', 'F7', 'f54', 'F54ab', ''])('%o is no id of a scene', (text) => {
  expect(isSceneId(text)).toBe(false);
});

test('a run is known by its title', () => {
  expect(sceneOf({ title: 'F08' })?.id).toBe('F08');
  expect(sceneOf({ title: 'Our own' })).toBe(null);
  expect(sceneOf({})).toBe(null);
  expect(findScene('__proto__')).toBe(null);
  expect(sceneAfter(scenes[0]!)).toBe(scenes[1]);
  expect(sceneAfter(scenes.at(-1)!)).toBe(null);
});

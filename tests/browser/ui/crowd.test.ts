import { afterEach, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../../src/ui/theme/base.css';
import Stage from '../../../src/ui/stage/Stage.svelte';
import { settings } from '../../../src/ui/theme/settings.svelte.ts';
import { CrowdedRun } from './crowded-run.svelte.ts';

afterEach(() => (settings.motion = 'system'));

const notes = () => [...document.querySelectorAll('.flight')];
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

test('a frame moves the notes and touches nothing else', async () => {
  settings.motion = 'full';
  const run = new CrowdedRun(60);
  await render(Stage, { run });
  await expect.poll(() => notes().length).toBe(60);
  await frame();
  const changed = new Set<string>();
  const observer = new MutationObserver((all) => {
    for (const { type, attributeName, target } of all)
      changed.add(`${type} ${attributeName} ${(target as Element).getAttribute('class')}`);
  });
  observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  const before = notes().map((note) => note.getAttribute('transform'));
  run.now = 500;
  await frame();
  expect([...changed]).toEqual(['attributes transform flight']);
  expect(notes().filter((note, i) => note.getAttribute('transform') !== before[i])).toHaveLength(60);
  observer.disconnect();
});

test('very many are a crowd on one canvas', async () => {
  const run = new CrowdedRun(2000);
  await render(Stage, { run });
  await expect.poll(() => document.querySelectorAll('canvas').length).toBe(1);
  expect(notes()).toHaveLength(300);
  const canvas = document.querySelector('canvas')!;
  run.now = 1500;
  const painted = () =>
    canvas
      .getContext('2d')!
      .getImageData(0, 0, canvas.width, canvas.height)
      .data.some((value) => value > 0);
  await expect.poll(painted).toBe(true);
});

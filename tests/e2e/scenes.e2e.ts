/** The gallery of scenes: open one, see it break, cure it, break it again; by its address; by the keyboard; for everyone. */
import axe from 'axe-core';
import type { Locator, Page } from 'playwright';
import { describe, expect } from 'vitest';
import { test } from '../support/page.ts';
import { choose, ended, expectNothingLost, press, ready, says, stepShown } from '../support/reader.ts';
import { expectSound, isFocused, tabTo } from '../support/everyone.ts';
import { enScenes } from '../../src/ui/i18n/en-scenes.ts';
import { koScenes } from '../../src/ui/i18n/ko-scenes.ts';
import { en } from '../../src/ui/i18n/en.ts';
import { ko } from '../../src/ui/i18n/ko.ts';

const gallery = (page: Page) => page.getByRole('dialog', { name: 'Scenes' });
const notes = (page: Page, id: string) => page.getByRole('region', { name: `Scene ${id}`, exact: true });
const cure = (page: Page) => page.getByRole('button', { name: /^Cure: / });
const promise = (page: Page, words: string) =>
  page.getByRole('list', { name: 'Promises' }).getByRole('button', { name: words });

async function openScene(page: Page, id: string): Promise<void> {
  await press(page, 'Scenes');
  await gallery(page)
    .getByRole('button', { name: new RegExp(`^${id}\\b`) })
    .click();
  await expect.poll(() => gallery(page).count()).toBe(0);
}

test('open F08 from the gallery: it plays and ends broken; the cure plays the same inputs, and it holds', async ({
  openPage,
}) => {
  const page = await openPage();
  await ready(page);
  await openScene(page, 'F08');
  // a press has set it going
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
  await says(page, enScenes.texts.F08.watch);
  expect(await cure(page).count()).toBe(0);
  await choose(page, '4×');
  await ended(page);
  await promise(page, 'Effect at most once: broken').waitFor();
  const bar = notes(page, 'F08');
  expect(await bar.innerText()).toMatch(/The relay died before marking.* row 1 again/);
  const broken = await expectNothingLost(page);

  // to the step where it broke; the cure stays at hand
  const jump = bar.getByRole('button', { name: /^Go to step \d+$/ });
  const [, step] = /(\d+)/.exec(await jump.innerText())!;
  await jump.click();
  expect(await stepShown(page)).toBe(Number(step));
  expect(await jump.count()).toBe(0);
  await cure(page).click();
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
  await ended(page);
  await promise(page, 'Effect at most once: holds').waitFor();
  await expect.poll(() => bar.innerText()).toContain(`Effect at most once: holds. ${enScenes.texts.F08.cure}`);
  const cured = await expectNothingLost(page);
  expect(cured.scenario.inputs).toEqual(broken.scenario.inputs);
  expect(cured.scenario.options).toEqual({ ...broken.scenario.options, inbox: 'sameTransaction' });

  await press(page, 'Earlier runs');
  const earlier = page.getByRole('dialog', { name: 'Earlier runs' }).getByRole('button');
  expect(await earlier.count()).toBe(1);
  expect(await earlier.innerText()).toMatch(/^#1 · F08/);
  await page.keyboard.press('Escape');
  await press(page, 'Break it again');
  await ended(page);
  await promise(page, 'Effect at most once: broken').waitFor();
});

test('the next scene is one press away; F01 and F04 break and are cured', async ({ openPage }) => {
  const page = await openPage();
  await ready(page);
  await choose(page, '4×');
  await openScene(page, 'F01');
  for (const [id, name] of [
    ['F01', 'No phantom'],
    ['F04', 'Delivered'],
  ] as const) {
    if (id !== 'F01') await openScene(page, id);
    await notes(page, id).waitFor();
    await cure(page).waitFor();
    await promise(page, `${name}: broken`).waitFor();
    await cure(page).click();
    await page.getByRole('button', { name: 'Next scene' }).waitFor();
    await promise(page, `${name}: holds`).waitFor();
  }
  await press(page, 'Next scene');
  await expect.poll(() => notes(page, 'F04').count()).toBe(0);
  await page.getByRole('region', { name: /^Scene F/ }).waitFor();
});

test('scenes of the other flows: F71 breaks, F71b only shows what it costs, D6a is opened by the address', async ({
  openPage,
}) => {
  const page = await openPage();
  await ready(page);
  await choose(page, '4×');
  await openScene(page, 'F71');
  await notes(page, 'F71').waitFor();
  await cure(page).waitFor();
  await promise(page, 'Boundary kept: broken').waitFor();
  await cure(page).click();
  await promise(page, 'Boundary kept: holds').waitFor();
  await press(page, 'Next scene');
  const bar = notes(page, 'F71b');
  await bar.getByText('Conflicts: 2', { exact: true }).waitFor();
  await bar.getByText('2 commits met a newer version').waitFor();
  const jump = bar.getByRole('button', { name: /^Go to step \d+$/ });
  await jump.click();
  await bar.getByText('Conflicts: 1', { exact: true }).waitFor();
  await cure(page).click();
  await bar.getByText(`No commit met a newer version. ${enScenes.texts.F71b.cure}`).waitFor();
  await expectNothingLost(page);

  const other = await openPage({ path: '?scene=D6a' });
  await ready(other);
  await notes(other, 'D6a').waitFor();
  await expect.poll(() => other.url()).toMatch(/\?scene=D6a&/);
  await choose(other, 'max');
  await press(other, 'Play');
  await cure(other).waitFor();
  await promise(other, 'Saga serial: broken').waitFor();
  // the reader is asked, but the scene has its own answers
  await openScene(other, 'F61');
  await notes(other, 'F61').waitFor();
  await cure(other).waitFor();
  await promise(other, 'No contradiction: broken').waitFor();
});

test('?scene=F04 opens it before its first step, and a reload comes back to where it was', async ({ openPage }) => {
  const page = await openPage({ path: '?scene=F04' });
  await ready(page);
  await notes(page, 'F04').waitFor();
  expect(await stepShown(page)).toBe(0);
  expect(await page.getByRole('radio', { name: 'After commit', exact: true }).isChecked()).toBe(true);
  await expect.poll(() => page.url()).toMatch(/\?scene=F04&publish=afterCommit$/);
  await choose(page, '4×');
  await press(page, 'Play');
  await cure(page).waitFor();
  const step = await stepShown(page);
  await page.reload();
  await cure(page).waitFor();
  expect(await stepShown(page)).toBe(step);
  await cure(page).click();
  await page.getByRole('button', { name: 'Break it again' }).waitFor();
  // the address now means the scene with its cure, here and elsewhere
  expect(page.url()).toMatch(/\?scene=F04&publish=outbox$/);
  const other = await openPage({ path: new URL(page.url()).search });
  await ready(other);
  await notes(other, 'F04').getByText('with its cure').waitFor();
  await openScene(page, 'F08');
  await expect.poll(() => page.url()).toMatch(/scene=F08/);
  await press(page, 'Reset');
  await expect.poll(() => page.url()).not.toMatch(/scene/);
  expect(await page.getByRole('region', { name: /^Scene F/ }).count()).toBe(0);
});

test('a scene that is not there is named, and the page opens without it', async ({ openPage }) => {
  for (const id of ['F99', 'f08']) {
    const page = await openPage({ path: `?scene=${id}` });
    await ready(page);
    await says(page, `The address asks for what this page does not know: scene=${id}. It was passed over.`);
    expect(await stepShown(page)).toBe(0);
  }
});

test('what the reader changes is called changed, and the scene can be had anew; its notes can be put away', async ({
  openPage,
}) => {
  const page = await openPage();
  await ready(page);
  await choose(page, 'max');
  await openScene(page, 'F08');
  await cure(page).waitFor();
  await press(page, 'Deactivate campaign');
  await says(page, enScenes.bar.changed);
  expect(await cure(page).count()).toBe(0);
  await press(page, 'Open F08 anew');
  await cure(page).waitFor();
  await choose(page, 'Delete');
  await says(page, enScenes.bar.changed);
  await press(page, 'Close the scene’s notes');
  expect(await notes(page, 'F08').count()).toBe(0);
  await press(page, 'Deactivate campaign');
  await ended(page);
  expect(await notes(page, 'F08').count()).toBe(0);
  // asked for again, they are back
  await openScene(page, 'F08');
  await cure(page).waitFor();
});

test('a link to a scene’s run, and its file, still know the scene', async ({ openPage }) => {
  const page = await openPage();
  await ready(page);
  await choose(page, 'max');
  await openScene(page, 'F08');
  await cure(page).waitFor();
  await press(page, 'Share link');
  const link = await page.getByRole('textbox', { name: 'Address of this run' }).inputValue();
  expect(link).not.toContain('scene=');
  const other = await openPage({ path: link.slice(link.indexOf('?')) });
  await notes(other, 'F08').waitFor();
  await press(other, 'Play');
  await cure(other).waitFor();
});

test('by the keyboard alone: through the gallery with arrows, out with Esc, in with Enter, and the cure', async ({
  openPage,
}) => {
  const page = await openPage({ reducedMotion: 'reduce' });
  await ready(page);
  const button = page.getByRole('button', { name: 'Scenes', exact: true });
  const card = (id: string): Locator => gallery(page).getByRole('button', { name: new RegExp(`^${id}\\b`) });
  await tabTo(page, button);
  await page.keyboard.press('Enter');
  await gallery(page).waitFor();
  expect(await isFocused(card('F01'))).toBe(true);
  await page.keyboard.press('ArrowRight');
  expect(await isFocused(card('F01'))).toBe(false);
  await page.keyboard.press('Escape');
  await expect.poll(() => gallery(page).count()).toBe(0);
  expect(await isFocused(button)).toBe(true);

  await page.keyboard.press('Enter');
  await gallery(page).waitFor();
  await tabTo(page, gallery(page).getByRole('textbox', { name: 'Filter scenes' }));
  await page.keyboard.type('nothing is called that');
  await says(page, 'No scene matches.');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('publish and mark');
  await tabTo(page, card('F08'));
  await page.keyboard.press('Enter');
  await expect.poll(() => gallery(page).count()).toBe(0);
  expect(await isFocused(button)).toBe(true);
  await ended(page);
  await tabTo(page, cure(page));
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Break it again' }).waitFor();
  await promise(page, 'Effect at most once: holds').waitFor();
});

describe.for([
  ['en', en, enScenes],
  ['ko', ko, koScenes],
] as const)('axe finds nothing, and nothing is too wide: %s', ([language, m, words]) => {
  test('in the gallery, in a scene, broken and cured', async ({ openPage }) => {
    const page = await openPage({ path: `?lang=${language}`, reducedMotion: 'reduce' });
    const button = (name: string) => page.getByRole('button', { name, exact: true }).first();
    await page.evaluate(axe.source);
    await expect.poll(() => button(m.bar.play).isEnabled()).toBe(true);
    await button(m.header.scenes).click();
    await page.locator('.card').first().waitFor();
    await expectSound(page, 'the gallery');
    await page.getByRole('button', { name: /^F08/ }).click();
    await page.getByText(words.texts.F08.watch).waitFor();
    await button(m.bar.pause).click();
    await expectSound(page, 'a scene');
    await button(m.bar.play).click();
    const mend = page.getByRole('button', { name: new RegExp(`^${words.bar.cure('')}`) });
    await mend.waitFor();
    await expectSound(page, 'broken');
    for (const width of [360, 390, 1024, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      const over = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      expect(over, `${width} px`).toBeLessThanOrEqual(0);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    await mend.click();
    await button(words.bar.again).waitFor();
    await expectSound(page, 'cured');
  });
});

/** The page for everyone: axe, the keyboard alone, less motion, a screen reader that is not flooded, small screens. */
import axe from 'axe-core';
import type { Page } from 'playwright';
import { describe, expect } from 'vitest';
import { expectSound, isFocused, narrow, tabTo, violations } from '../support/everyone.ts';
import { test } from '../support/page.ts';
import { choose, ended, expectNothingLost, playedTo, press, ready, says, stepShown } from '../support/reader.ts';
import { en } from '../../src/ui/i18n/en.ts';
import { ko } from '../../src/ui/i18n/ko.ts';

describe.for([
  ['en', en],
  ['ko', ko],
] as const)('axe finds nothing, light and dark, wide and narrow: %s', ([language, m]) => {
  test('in any state of the page', async ({ openPage }) => {
    const page = await openPage({ path: `?lang=${language}`, reducedMotion: 'reduce' });
    const button = (name: string) => page.getByRole('button', { name, exact: true }).first();
    const dialog = page.getByRole('dialog');
    await page.evaluate(axe.source);
    await expect.poll(() => button(m.bar.play).isEnabled()).toBe(true);
    await expectSound(page, 'idle');

    await button(m.records.failure({ type: 'crash', process: 'relay', point: 'before:markPublished' })).click();
    await button(m.commands.names['ActivateCampaign']).click();
    await expect.poll(async () => Number(await page.getByRole('slider').inputValue())).toBeGreaterThan(9);
    await button(m.bar.pause).click();
    await expectSound(page, 'paused in the middle');

    await button(m.bar.settle).click();
    await expect.poll(() => page.locator('.callout').count()).toBe(1);
    await expect.poll(() => button(m.bar.forward).isDisabled()).toBe(true);
    await expectSound(page, 'broken');

    await button(m.failures.add).click();
    await dialog.waitFor();
    await expectSound(page, 'the failures');
    await page.keyboard.press('Escape');
    await page.getByLabel(m.header.importTrace).last().setInputFiles({ name: 'a', mimeType: '', buffer: Buffer.of() });
    await page.getByRole('alert').waitFor();
    await button(m.header.share).click();
    await dialog.waitFor();
    await expectSound(page, 'a refused file, and a link to share');
    await page.keyboard.press('Escape');
    await page.locator('[data-part="relay"]').press('Enter');
    await dialog.waitFor();
    await expectSound(page, 'what can be done at the relay');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await dialog.waitFor();
    await expectSound(page, 'help');
    await page.keyboard.press('Escape');
    await button(m.stage.asList).click();
    await page.locator('.list li').first().waitFor();
    await expectSound(page, 'the list');

    // in the narrow page the inspector is a sheet of its own
    await page.setViewportSize(narrow);
    await button(m.inspector.label).click();
    for (const tab of ['records', 'why', 'code', 'whatIf'] as const) {
      await page.getByRole('tab', { name: m.inspector.tabs[tab] }).click();
      await page.getByRole('tabpanel').locator('> *').first().waitFor();
      await expectSound(page, tab);
    }
  });
});

test('axe finds nothing with forced colours, nor in a frame', async ({ openPage }) => {
  const page = await openPage({ forcedColors: 'active', reducedMotion: 'reduce' });
  await page.evaluate(axe.source);
  await press(page, 'Relay crashes between publish and mark');
  await choose(page, 'max');
  await press(page, 'Activate campaign');
  await press(page, 'Settle');
  await expect.poll(() => page.locator('.callout').count()).toBe(1);
  expect(await violations(page)).toEqual([]);
  await page.goto(`${page.url().split('?')[0]}?embed=1`);
  await ready(page);
  await page.evaluate(axe.source);
  expect(await violations(page)).toEqual([]);
});

describe('by the keyboard alone', () => {
  test('a whole story: arm, send, step, settle, read the verdict', async ({ openPage }) => {
    const page = await openPage();
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    await ready(page);
    // there must be time left to come to Pause, however busy the machine is
    await tabTo(page, page.getByRole('radio', { name: '1×', exact: true }));
    await page.keyboard.press('ArrowLeft');
    await tabTo(page, button('Relay crashes between publish and mark'));
    await page.keyboard.press('Enter');
    await tabTo(page, button('Activate campaign'));
    await page.keyboard.press('Enter');
    await playedTo(page, 6);
    await tabTo(page, button('Pause'));
    await page.keyboard.press('Space');
    await button('Play').waitFor();
    await tabTo(page, button('Step forward'));
    const before = await stepShown(page);
    await page.keyboard.press('Enter');
    await expect.poll(() => stepShown(page)).toBeGreaterThan(before);
    await tabTo(page, button('Settle'));
    await page.keyboard.press('Enter');
    await ended(page);
    await tabTo(
      page,
      page.getByRole('list', { name: 'Promises' }).getByRole('button', { name: /^Effect at most once/ }),
    );
    const verdict = page.getByRole('tooltip');
    await expect.poll(() => verdict.innerText()).toMatch(/The relay died before marking.* row 1 again/);
    await page.keyboard.press('Enter');
    const [, at] = /Click to go to step (\d+)/.exec(await verdict.innerText())!;
    await expect.poll(() => stepShown(page)).toBe(Number(at));
    await expectNothingLost(page);
  });

  test('the diagram is one stop of Tab; arrows follow the edges, Enter opens, Esc comes back', async ({ openPage }) => {
    const page = await openPage({ reducedMotion: 'reduce' });
    await ready(page);
    const part = (name: string) => page.locator(`[data-part="${name}"]`);
    await tabTo(page, part('service'));
    for (const [key, next] of [
      ['ArrowRight', 'database'],
      ['ArrowRight', 'relay'],
      ['ArrowRight', 'bus'],
      ['ArrowRight', 'queue:adServing'],
      ['ArrowDown', 'queue:billing'],
      ['ArrowRight', 'consumer:billing'],
      ['ArrowUp', 'consumer:adServing'],
      ['ArrowLeft', 'queue:adServing'],
      ['End', 'consumer:billing'],
      ['ArrowLeft', 'queue:billing'],
    ] as const) {
      await page.keyboard.press(key);
      expect(await isFocused(part(next)), `${key} to ${next}`).toBe(true);
    }
    await page.keyboard.press('Enter');
    const menu = page.getByRole('dialog', { name: 'What can happen to Billing queue' });
    await menu.waitFor();
    expect(await isFocused(menu.getByRole('button').first())).toBe(true);
    await page.keyboard.press('ArrowDown');
    expect(await isFocused(menu.getByRole('button').nth(1))).toBe(true);
    await page.keyboard.press('Escape');
    expect(await menu.count()).toBe(0);
    expect(await isFocused(part('queue:billing'))).toBe(true);
    // what is chosen in the menu is armed, and the focus is back where it was
    await page.keyboard.press('Enter');
    await menu.waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Take back: / }).waitFor();
    expect(await isFocused(part('queue:billing'))).toBe(true);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('svg [data-part]') ?? null)).toBe(null);
    await page.keyboard.press('Shift+Tab');
    expect(await isFocused(part('queue:billing'))).toBe(true);
  });

  test('Tab goes round the whole page, and every stop is seen', async ({ openPage }) => {
    const page = await openPage({ reducedMotion: 'reduce' });
    await ready(page);
    const stops: { name: string; parts: number; seen: boolean }[] = [];
    for (let i = 0; i < 120; i++) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const element = document.activeElement!;
        if (element === document.body) return null;
        const { left, top, width, height } = element.getBoundingClientRect();
        const there = document.elementFromPoint(left + width / 2, top + height / 2);
        const own = element.closest('label') ?? element;
        return {
          name: element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '',
          parts: element.matches('[data-part]') ? 1 : 0,
          seen: element.matches(':focus-visible') && (own.contains(there) || !!there?.contains(element)),
        };
      });
      if (stop === null) break;
      stops.push(stop);
    }
    expect(stops.length).toBeGreaterThan(20);
    expect(stops.length).toBeLessThan(60);
    expect(stops.reduce((sum, { parts }) => sum + parts, 0)).toBe(1);
    expect(stops.filter(({ seen }) => !seen)).toEqual([]);
  });

  test('the sheet of keys opens with ?, closes with Esc; single keys can be switched off for good', async ({
    openPage,
  }) => {
    const page = await openPage();
    await ready(page);
    // it is closed at once and taken away a moment later: until then it can't be opened again
    const sheet = page.getByRole('dialog', { name: 'Keyboard and help', includeHidden: true });
    const settle = page.getByRole('button', { name: 'Settle', exact: true });
    await settle.focus();
    await page.keyboard.press('?');
    await sheet.waitFor();
    await page.keyboard.press('a');
    await page.keyboard.press('Escape');
    await expect.poll(() => sheet.count()).toBe(0);
    expect(await isFocused(settle)).toBe(true);
    expect(await page.getByRole('slider').getAttribute('max')).toBe('0');
    await page.keyboard.press('?');
    await tabTo(page, page.getByRole('checkbox', { name: 'Single-key shortcuts' }));
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    await page.reload();
    await ready(page);
    await page.keyboard.press('a');
    await page.keyboard.press('?');
    // the next press goes through the same ears, after these had their chance
    await press(page, 'List view');
    expect(await sheet.count()).toBe(0);
    expect(await page.getByRole('slider').getAttribute('max')).toBe('0');
  });
});

/** How many places each note in flight was drawn at, and the most animations that ran at once, until now. */
function watchMotion(page: Page) {
  return page.evaluateHandle(() => {
    const places = new Map<Element, Set<string>>();
    const seen = { animations: 0, places: () => Math.max(0, ...[...places.values()].map((each) => each.size)) };
    const look = () => {
      const running = document.getAnimations().filter(({ playState }) => playState === 'running');
      seen.animations = Math.max(seen.animations, running.length);
      for (const note of document.querySelectorAll('.flight')) {
        const known = places.get(note) ?? new Set();
        places.set(note, known.add(note.getAttribute('transform') ?? ''));
      }
      requestAnimationFrame(look);
    };
    look();
    return seen;
  });
}

test('with less motion nothing travels and nothing is animated; else messages do travel', async ({ openPage }) => {
  for (const reducedMotion of ['reduce', 'no-preference'] as const) {
    const page = await openPage({ reducedMotion });
    await ready(page);
    const watch = await watchMotion(page);
    await press(page, 'Activate campaign');
    await ended(page);
    const { animations, places } = await watch.evaluate((seen) => ({ ...seen, places: seen.places() }));
    if (reducedMotion === 'reduce') expect({ animations, places }).toEqual({ animations: 0, places: 1 });
    else expect(places).toBeGreaterThan(5);
  }
});

test('a screen reader hears at most one message a second, none of them while the run plays', async ({ openPage }) => {
  const page = await openPage();
  await ready(page);
  const heard = await page.evaluateHandle(() => {
    const all: { at: number; text: string; playing: boolean }[] = [];
    const live = '[role="status"], [role="alert"], [role="log"], output, [aria-live]:not([aria-live="off"])';
    new MutationObserver((changes) => {
      const regions = new Set(
        changes.map(({ target }) => (target instanceof Element ? target : target.parentElement)?.closest(live)),
      );
      for (const region of regions) {
        if (!region?.textContent) continue;
        const playing = document.querySelector('button[aria-label="Pause"]') !== null;
        all.push({ at: performance.now(), text: region.textContent, playing });
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    return all;
  });
  await press(page, 'Activate campaign');
  await ended(page);
  const last = page.getByRole('status').filter({ hasText: /^step \d+ of \d+: / });
  await expect.poll(() => last.count()).toBe(1);
  // as fast as keys repeat
  await page.locator('body').press('Home');
  for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await last.innerText()).startsWith(`step ${await stepShown(page)} of`)).toBe(true);
  const messages = await heard.jsonValue();
  expect(messages.filter(({ playing }) => playing).slice(0, 3)).toEqual([]);
  expect(messages.length).toBeGreaterThanOrEqual(2);
  const gaps = messages.slice(1).map(({ at }, i) => at - messages[i]!.at);
  expect(Math.min(...gaps)).toBeGreaterThan(900);
});

test('nothing is wider than the screen, broken and in either language; the language keeps the run', async ({
  openPage,
}) => {
  const page = await openPage();
  await press(page, 'Relay crashes between publish and mark');
  await choose(page, 'max');
  await press(page, 'Activate campaign');
  await press(page, 'Settle');
  await ended(page);
  await press(page, 'Step back');
  const step = await stepShown(page);
  const { hash, cursor } = await expectNothingLost(page);
  const wide: string[] = [];
  const measure = async (language: string) => {
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
    for (const width of [360, 390, 1024, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      const over = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      if (over > 0) wide.push(`${language} at ${width}: ${over} px`);
    }
  };
  await measure('en');
  await press(page, '한국어');
  await says(page, '데이터베이스');
  await measure('ko');
  expect(wide).toEqual([]);
  expect(Number(await page.getByRole('slider').inputValue())).toBe(step);
  await press(page, 'English');
  await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('en');
  const after = await expectNothingLost(page);
  expect({ hash: after.hash, cursor: after.cursor }).toEqual({ hash, cursor });
});

/** What a page owes everyone: nothing that axe finds, and every place to be reached by the keyboard. */
import type { Locator, Page } from 'playwright';
import { expect } from 'vitest';

const sizes = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
] as const;

/** A narrow screen, as `expectSound` has it. */
export const narrow = sizes[1];

/** What axe finds, one line each; its source must be in the page. `rules`: only these. */
export async function violations(page: Page, rules?: string[]): Promise<string[]> {
  return page.evaluate(async (only) => {
    // a colour on its way is neither the one nor the other
    await Promise.all(document.getAnimations().map((animation) => animation.finished));
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const options = { preload: false, resultTypes: ['violations' as const], ...(only && { runOnly: only }) };
    const { violations } = await axe.run(document, options);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`);
  }, rules);
}

/** Both sizes in light and dark. Themes differ in nothing but their colours. */
export async function expectSound(page: Page, what: string): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    expect(await violations(page), `${what}, light, ${size.width} px`).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violations(page, ['color-contrast']), `${what}, dark, ${size.width} px`).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
  }
  await page.setViewportSize(sizes[0]);
}

/** Whether it has the focus. */
export const isFocused = (found: Locator) => found.evaluate((element) => element === document.activeElement);

/** Presses Tab until the element has the focus. */
export async function tabTo(page: Page, found: Locator): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    if (await isFocused(found)) return;
    await page.keyboard.press('Tab');
  }
  expect.fail('Tab never comes there');
}

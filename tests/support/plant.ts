/** Troubles planted in the simulation's worker, where the init scripts of a page don't reach. */
import type { Page } from 'playwright';

/**
 * Puts code in front of the worker's own, for `openPage`'s `prepare`. It is code of the page's own host then, so that the
 * policy holds as ever. `code` may differ for each start, counted from 1.
 */
export const inWorker =
  (code: string | ((start: number) => string)) =>
  async (page: Page): Promise<void> => {
    let starts = 0;
    await page.route(/\/assets\/worker-[\w-]+\.js$/, async (route) => {
      const answer = await route.fetch();
      const planted = typeof code === 'string' ? code : code(++starts);
      await route.fulfill({ response: answer, body: `${planted};\n${await answer.text()}` });
    });
  };

/** Code for a worker that dies of the n-th control of a kind, before anything of it is done. */
export const diesOf = (control: string, nth = 1) => `
  let heard = 0;
  self.addEventListener('message', (event) => {
    if (event.data.type !== '${control}' || ++heard < ${nth}) return;
    event.stopImmediatePropagation();
    throw new Error('planted');
  });`;

/** Kills the worker that is there, a moment from now. */
export async function killWorker(page: Page): Promise<void> {
  await page.workers()[0]!.evaluate(() => {
    setTimeout(() => {
      throw new Error('planted');
    });
  });
}

/** Keeps the worker busy, so that it answers nobody; resolves when it is over, or when the worker was replaced. */
export async function hangWorker(page: Page, ms: number): Promise<void> {
  const hang = (length: number) => {
    const start = performance.now();
    while (performance.now() - start < length);
  };
  const [worker] = page.workers();
  await worker!.evaluate(hang, ms).catch(() => undefined);
}

/** What a reader does on the page and sees there, in the words of the English page. */
import type { Download, Page } from 'playwright';
import { expect } from 'vitest';
import { simulate } from '../../src/simulation/simulate.ts';
import type { Trace } from '../../src/trace/trace.ts';

/** Presses a button by its whole name; where several have it, the first. */
export const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();

export const choose = (page: Page, name: string) => page.getByRole('radio', { name, exact: true }).click();

/** How many records are shown. */
export const stepShown = async (page: Page) =>
  Number(await page.getByRole('slider', { name: 'Step shown' }).inputValue());

/** The rows of a table in the inspector. */
export const rows = (page: Page, table: string) =>
  page.getByRole('table', { name: table, exact: true }).locator('tbody tr');

/** Waits until the run can be played. */
export async function ready(page: Page): Promise<void> {
  await expect.poll(() => page.getByRole('button', { name: 'Play', exact: true }).isEnabled()).toBe(true);
}

/** Waits until a message stands on the page, whole or in part. */
export async function says(page: Page, message: string | RegExp): Promise<void> {
  await expect.poll(() => page.getByText(message).count(), { message: String(message) }).toBe(1);
}

/** Waits until so many steps are shown. */
export async function playedTo(page: Page, step: number): Promise<void> {
  await expect.poll(() => stepShown(page)).toBeGreaterThanOrEqual(step);
}

/** Waits until the run has been played to where nothing is left to do, and the rows were compared. */
export async function ended(page: Page, storage: 'IndexedDB' | 'memory' = 'IndexedDB'): Promise<void> {
  const [play, forward] = ['Play', 'Step forward'].map((name) => page.getByRole('button', { name, exact: true }));
  // a run that was just set going says Pause; one that has not begun has no step to show
  const rests = async () => (await stepShown(page)) > 0 && (await play!.count()) === 1 && (await forward!.isDisabled());
  await expect.poll(rests).toBe(true);
  await says(page, `Read back from ${storage}: the same rows.`);
}

/** The run as the page exports it. */
export async function exported(page: Page): Promise<Trace> {
  const download = page.waitForEvent('download');
  await press(page, 'Export trace');
  return JSON.parse(await contentOf(await download)) as Trace;
}

async function contentOf(file: Download): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of await file.createReadStream()) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

/** The run on the page is, record for record, what its scenario comes to: to the end, or as far as it has got. */
export async function expectNothingLost(page: Page, far: 'whole' | 'so far' = 'whole'): Promise<Trace> {
  const trace = await exported(page);
  const { records } = simulate(trace.scenario);
  const { length } = trace.records;
  expect(length).toBeGreaterThan(0);
  if (far === 'whole') expect(length).toBe(records.length);
  expect(trace.records).toEqual(records.slice(0, length));
  return trace;
}

/** Opens a file the way a reader does: with the button and the browser's own dialogue. */
export async function importFile(page: Page, content: string | Buffer, name = 'run.sagascope.json'): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await press(page, 'Import trace');
  const file = { name, mimeType: 'application/json', buffer: Buffer.from(content) };
  await (await chooser).setFiles(file);
}

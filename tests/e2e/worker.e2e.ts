/** The simulation runs in a worker. Whatever becomes of that, the reader's run goes on from the same step. */
import type { Page } from 'playwright';
import { describe, expect } from 'vitest';
import { test } from '../support/page.ts';
import { diesOf, hangWorker, inWorker, killWorker } from '../support/plant.ts';
import {
  choose,
  ended,
  expectNothingLost,
  exported,
  importFile,
  playedTo,
  press,
  ready,
  rows,
  says,
  stepShown,
} from '../support/reader.ts';

const startedAgain = 'The simulation stopped answering and was started again at the same step.';
const gaveUp = 'The simulation stopped and could not be started again. Export the trace, then reload the page.';

/** How many workers the page has started, from here on: its first one is there by then. */
async function countWorkers(page: Page): Promise<() => number> {
  await expect.poll(() => page.workers().length).toBe(1);
  let count = 0;
  page.on('worker', () => count++);
  return () => count;
}

describe('the worker dies', () => {
  test('while the run stands still: the same step, and one new worker', async ({ openPage }) => {
    const page = await openPage();
    const workers = await countWorkers(page);
    await press(page, 'Activate campaign');
    await playedTo(page, 9);
    await press(page, 'Pause');
    const before = await stepShown(page);
    await killWorker(page);
    await says(page, startedAgain);
    expect(await stepShown(page)).toBe(before);
    expect(await page.getByRole('button', { name: 'Pause', exact: true }).count()).toBe(0);
    await choose(page, 'max');
    await press(page, 'Play');
    await ended(page);
    expect(await rows(page, 'invoices').count()).toBe(1);
    expect(workers()).toBe(1);
    await expectNothingLost(page);
  });

  test('while the run plays: it plays on to its end by itself', async ({ openPage }) => {
    const page = await openPage();
    await press(page, 'Activate campaign');
    await playedTo(page, 9);
    const before = await stepShown(page);
    await killWorker(page);
    await says(page, startedAgain);
    expect(await stepShown(page)).toBeGreaterThanOrEqual(before);
    await choose(page, 'max');
    await ended(page);
    await expectNothingLost(page);
  });

  test('while it settles: it settles all the same', async ({ openPage }) => {
    const page = await openPage();
    await press(page, 'Activate campaign');
    await playedTo(page, 9);
    await press(page, 'Settle');
    await killWorker(page);
    await says(page, startedAgain);
    await ended(page);
    const { scenario, records } = await expectNothingLost(page);
    expect(scenario.inputs.map(({ kind }) => kind)).toEqual(['command', 'settle']);
    expect(records.at(-1)!.kind).toBe('run.settled');
  });

  test('of the very command it was sent: the command is sent again', async ({ openPage }) => {
    const page = await openPage({
      prepare: inWorker((start) => (start === 1 ? diesOf('input') : '')),
    });
    await ready(page);
    await choose(page, 'max');
    await press(page, 'Activate campaign');
    await says(page, startedAgain);
    await ended(page);
    const { scenario } = await expectNothingLost(page);
    expect(scenario.inputs).toHaveLength(1);
  });

  test('while it opens another run: that one is refused, and the run before it lives on', async ({ openPage }) => {
    const page = await openPage({ prepare: inWorker((start) => (start === 1 ? diesOf('open', 2) : '')) });
    await ready(page);
    await choose(page, 'max');
    await press(page, 'Activate campaign');
    await ended(page);
    const before = await exported(page);
    await importFile(page, JSON.stringify({ ...before.scenario, seed: 77 }));
    await says(page, /The file was not opened \(died\)\. .* The present run stays as it is\./);
    await ready(page);
    expect((await expectNothingLost(page)).hash).toBe(before.hash);
    await press(page, 'Deactivate campaign');
    await expect.poll(() => rows(page, 'campaigns').first().textContent()).toMatch(/DEACTIVATED/);
  });
});

test('a worker that hangs is replaced, and the run plays on', async ({ openPage }) => {
  const page = await openPage();
  await press(page, 'Activate campaign');
  await playedTo(page, 9);
  await hangWorker(page, 7000);
  await says(page, startedAgain);
  await choose(page, 'max');
  await ended(page);
  await expectNothingLost(page);
});

test('a worker that keeps dying is given up: the page says so, and the trace can be exported', async ({ openPage }) => {
  const page = await openPage({ prepare: inWorker(diesOf('advance', 3)) });
  await press(page, 'Activate campaign');
  await says(page, gaveUp);
  expect(await page.getByRole('button', { name: 'Activate campaign', exact: true }).isDisabled()).toBe(true);
  const { records } = await expectNothingLost(page, 'so far');
  expect(records.length).toBeGreaterThan(5);
  // what there is can still be looked at
  await press(page, 'First step');
  await press(page, 'Step forward');
  await expect.poll(() => stepShown(page)).toBeGreaterThan(0);
});

test('a worker that never starts leaves a page that says so', async ({ openPage }) => {
  const page = await openPage({ prepare: inWorker(`throw new Error('planted')`) });
  await says(page, gaveUp);
});

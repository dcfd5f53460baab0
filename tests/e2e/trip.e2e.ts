/** A trip in the middle: whatever happens to the page or its worker, the instance, its timers and its outcome stay. */
import type { Page } from 'playwright';
import { describe, expect } from 'vitest';
import { test } from '../support/page.ts';
import { killWorker } from '../support/plant.ts';
import { choose, ended, expectNothingLost, playedTo, press, ready, rows, says, stepShown } from '../support/reader.ts';
import { all } from '../support/story.ts';

const startedAgain = 'The simulation stopped answering and was started again at the same step.';

const lookAtRows = (page: Page) => page.getByRole('tab', { name: 'Database', exact: true }).click();

/** Books a trip and stops in the middle of it: the approver has answered, timers are set. */
async function inTheMiddle(page: Page): Promise<number> {
  await press(page, 'Book trip');
  await playedTo(page, 40);
  await press(page, 'Pause');
  await lookAtRows(page);
  expect(await rows(page, 'sagas').count()).toBe(1);
  return stepShown(page);
}

/** Plays to the end; the instance has come through all its states, once, on the timers that were set. */
async function completes(page: Page): Promise<void> {
  await lookAtRows(page);
  await choose(page, 'max');
  await press(page, 'Play');
  await ended(page);
  const trace = await expectNothingLost(page);
  const moves = all(trace, 'saga.moved');
  expect(moves.map(({ to }) => to)).toEqual(['Approval', 'Flights', 'Hotel', 'Completed']);
  expect(new Set(moves.map(({ instance }) => instance)).size).toBe(1);
  expect(all(trace, 'timer.fired').length).toBe(all(trace, 'timer.set').length);
  expect(await rows(page, 'sagas').count()).toBe(1);
}

describe('a trip is in the middle', () => {
  test('when the page is reloaded', async ({ openPage }) => {
    const page = await openPage({ path: '?flow=trip' });
    const before = await inTheMiddle(page);
    await page.reload();
    await ready(page);
    expect(await stepShown(page)).toBe(before);
    await completes(page);
  });

  test('when the worker dies', async ({ openPage }) => {
    const page = await openPage({ path: '?flow=trip' });
    const before = await inTheMiddle(page);
    await killWorker(page);
    await says(page, startedAgain);
    expect(await stepShown(page)).toBe(before);
    await completes(page);
  });
});

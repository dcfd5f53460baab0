/** What else could become of the run on the stage, asked of the built page and its real worker. */
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { simulate } from '../../src/simulation/simulate.ts';
import { encodeLink } from '../../src/trace/link.ts';
import type { RecordKind } from '../../src/trace/record.ts';
import type { Scenario } from '../../src/trace/scenario.ts';
import { test, type OpenPage } from '../support/page.ts';
import { choose, press, stepShown } from '../support/reader.ts';

const sound: Scenario = {
  format: 'sagascope/scenario',
  version: 1,
  flow: 'campaign',
  seed: 1,
  inputs: [{ at: 0, kind: 'command', name: 'ActivateCampaign' }],
};
const lost: Scenario = {
  ...sound,
  options: { publish: 'afterCommit' },
  inputs: [
    {
      at: 0,
      kind: 'failure',
      failure: { type: 'crash', process: 'service', point: 'before:publish', restartAfter: 500 },
    },
    ...sound.inputs,
    { at: 3000, kind: 'settle' },
  ],
};

/** The step with the first record of a kind; without one, the last. */
function stepOf(scenario: Scenario, kind?: RecordKind): number {
  const { records } = simulate(scenario);
  return kind ? records.findIndex((record) => record.kind === kind) + 1 : records.length;
}

/** Opens a run at a step, and asks what if. */
async function openAt(openPage: OpenPage, scenario: Scenario, step: number): Promise<Page> {
  const page = await openPage({ path: `?step=${step}#${await encodeLink(scenario)}` });
  await expect.poll(() => stepShown(page)).toBe(step);
  await page.getByRole('tab', { name: 'What if' }).click();
  return page;
}

const section = (page: Page, name: string) => page.getByRole('region', { name });

test('published and not marked: of all failures the relay’s crash breaks something, and is watched', async ({
  openPage,
}) => {
  const step = stepOf(sound, 'relay.published');
  const page = await openAt(openPage, sound, step);
  await press(page, 'Try every failure');
  const strikes = section(page, 'Try every failure here');
  await expect
    .poll(() => strikes.getByRole('status').textContent())
    .toMatch(/^Of 6 failures that can strike here, 1 breaks .*: .*Effect at most once/);
  const rows = strikes.getByRole('table', { name: `Every failure at step ${step}` }).locator('tbody tr');
  expect(await rows.nth(0).innerText()).toMatch(/^No further failure/);
  expect(await rows.nth(1).innerText()).toMatch(/^Relay crashes now[^]*Effect at most once/);
  expect(await rows.nth(2).innerText()).toContain('nothing new');
  await choose(page, 'max');
  await press(page, 'Watch: Relay crashes now');
  const promises = page.getByRole('list', { name: 'Promises' });
  await expect.poll(() => promises.getByRole('button', { name: 'Effect at most once: broken' }).count()).toBe(1);
  // what was found is about the run before, which is kept
  expect(await strikes.getByText(`This is about step ${step} of another run.`).count()).toBe(1);
  await strikes.getByRole('button', { name: 'Back to that run' }).click();
  await expect.poll(() => stepShown(page)).toBe(step);
  await expect.poll(() => strikes.getByText(/^This is about/).count()).toBe(0);
});

test('what can still break is told and watched from the step shown; at the end nothing can', async ({ openPage }) => {
  const step = stepOf(sound, 'relay.published');
  const page = await openAt(openPage, sound, step);
  const ahead = section(page, 'Can this still go wrong?');
  await press(page, 'Look ahead');
  await expect.poll(() => ahead.getByRole('status').textContent()).toMatch(/^Yes: from step 19 on 3 promises can/);
  await ahead.getByText('Effect at most once').click();
  await expect.poll(() => ahead.getByText('Here the promise breaks.').count()).toBe(1);
  await ahead.getByRole('button', { name: 'Watch it happen' }).click();
  await press(page, 'Settle');
  const promises = page.getByRole('list', { name: 'Promises' });
  await expect.poll(() => promises.getByRole('button', { name: 'Effect at most once: broken' }).count()).toBe(1);
  await expect.poll(() => page.getByRole('button', { name: 'Step forward' }).isDisabled()).toBe(true);
  await ahead.getByRole('button', { name: 'Do it again here' }).click();
  await expect.poll(() => ahead.getByRole('status').textContent()).toMatch(/^No: from step \d+ on /);
  expect(await ahead.getByText('Broken already').count()).toBe(1);
});

test('lost with the crash: the point of no return is there, in the picture and among the records', async ({
  openPage,
}) => {
  const page = await openAt(openPage, lost, stepOf(lost));
  const noReturn = section(page, 'Point of no return');
  expect(await noReturn.getByRole('combobox', { name: 'Promise' }).inputValue()).toBe('delivered');
  await press(page, 'Find it');
  const { records } = simulate(lost);
  const crash = records.findIndex(({ kind }) => kind === 'process.crashed') + 1;
  await expect
    .poll(() => noReturn.getByRole('status').textContent())
    .toMatch(new RegExp(`^From step ${crash} on nothing that can happen saves it: Service crashes`));
  const slider = noReturn.getByRole('slider', { name: 'Share that ends broken, by step' });
  await slider.focus();
  await page.keyboard.press('Home');
  await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe(`step 0 of ${records.length}: 0 %`);
  await noReturn.getByRole('button', { name: `Go to step ${crash}` }).click();
  await expect.poll(() => stepShown(page)).toBe(crash);
  await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe(`step ${crash} of ${records.length}: 100 %`);
  await page.getByRole('tab', { name: 'Records' }).click();
  const marked = page.getByRole('list', { name: 'Records' }).getByRole('button', { name: /Point of no return/ });
  await expect.poll(() => marked.count()).toBe(1);
  expect(await marked.innerText()).toMatch(/Service crashes[^]*Point of no return: Delivered/);
  // another run has it not
  await press(page, 'Deactivate campaign');
  await expect.poll(() => marked.count()).toBe(0);
});

test('a process manager has many states: what is tried is counted, stopped at once, and never taken to hold', async ({
  openPage,
}) => {
  const trip: Scenario = {
    ...sound,
    flow: 'trip',
    inputs: [{ at: 0, kind: 'command', name: 'BookTrip', payload: { destination: 'Tokyo' } }],
  };
  const page = await openAt(openPage, trip, 12);
  const ahead = section(page, 'Can this still go wrong?');
  await ahead.getByRole('radio', { name: 'up to 2' }).click();
  await press(page, 'Look ahead');
  await expect.poll(() => ahead.getByText(/states · .* \/ s$/).count()).toBe(1);
  await ahead.getByRole('button', { name: 'Stop' }).click();
  await expect.poll(() => ahead.getByText(/^Not known: stopped at .* states/).count()).toBe(1);
  expect(await ahead.getByText(/can no longer be broken/).count()).toBe(0);
  expect(await ahead.getByRole('button', { name: 'Look ahead' }).count()).toBe(1);
});

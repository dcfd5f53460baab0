/** The tab “What if”. Its workers are played by the test; what they answer is what the real ones do. */
import axe from 'axe-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../src/ui/theme/base.css';
import type { ExploreVerdict } from '../../../src/trace/exploration.ts';
import { speak } from '../../../src/ui/i18n/i18n.svelte.ts';
import Page from '../../../src/ui/shell/Page.svelte';
import { settings } from '../../../src/ui/theme/settings.svelte.ts';
import { FakeExplorers, type FakeWorker } from './fake-explorer.ts';
import { after, StillRun } from './still-run.svelte.ts';

let explorers: FakeExplorers;
let run: StillRun;

beforeEach(() => {
  explorers = new FakeExplorers();
  run = new StillRun();
});
afterEach(async () => {
  settings.theme = 'system';
  await page.viewport(1280, 800);
  await speak('en');
});

async function open(name = 'What if') {
  await render(Page, { run, makeExplorer: explorers.make });
  await page.getByRole('tab', { name, exact: true }).click();
}

/** A run that stands between publish and mark. */
function published(): StillRun {
  const such = new StillRun();
  such.send('ActivateCampaign');
  such.seek(after(such, 'relay.published'));
  return such;
}

/** A run whose event died with the service. */
function lost(): StillRun {
  const such = new StillRun({ publish: 'afterCommit' });
  such.fail({ type: 'crash', process: 'service', point: 'before:publish', restartAfter: 500 });
  such.send('ActivateCampaign');
  such.settle();
  return such;
}

const section = (name: string) => page.getByRole('region', { name });
const ahead = () => section('Can this still go wrong?');
const strikes = () => section('Try every failure here');
const noReturn = () => section('Point of no return');
const button = (name: string) => page.getByRole('button', { name, exact: true });
const newest = (): FakeWorker => explorers.all.at(-1)!;

test('an empty run says what to do first; then nothing is tried before somebody says so', async () => {
  await open();
  await expect.element(page.getByText(/^Nothing has happened yet\. Send a command; then/)).toBeVisible();
  run.send('ActivateCampaign');
  await expect.element(button('Look ahead')).toBeVisible();
  expect(explorers.all).toEqual([]);
});

test('it looks ahead from the step shown, with the commands still to come, and says how far it is', async () => {
  run = published();
  await open();
  await ahead().getByRole('radio', { name: 'up to 2' }).click();
  await button('Look ahead').click();
  expect(newest().last.request).toEqual({
    flow: 'campaign',
    options: {},
    failures: 2,
    maxStates: 1_000_000,
    from: { scenario: run.scenario, records: run.cursor },
  });
  await expect.element(ahead().getByText('Starting …')).toBeVisible();
  const twice: ExploreVerdict = { status: 'broken', failures: 1, steps: 4 };
  newest().progress(12_345, { effectAtMostOnce: twice });
  await expect.element(ahead().getByText(/^12 k states · .* \/ s$/)).toBeVisible();
  await expect.element(ahead().getByText('by 1 failure, in 4 steps')).toBeVisible();
  await ahead().getByRole('button', { name: 'Stop' }).click();
  expect(newest().ended).toBe(true);
  await expect.element(ahead().getByText(/^Not known: stopped at 12 k states/)).toBeVisible();
  await expect.element(ahead().getByText(/can no longer be broken/)).not.toBeInTheDocument();
});

test('what can still break is told and watched from there on; another step is told apart', async () => {
  run = published();
  const step = run.cursor;
  await open();
  await button('Look ahead').click();
  newest().answerReally();
  await expect
    .element(ahead().getByText(`Yes: from step ${step} on 3 promises can still break, with up to 1 further failure.`))
    .toBeVisible();
  expect(newest().ended).toBe(true);
  const names = ahead().getByRole('list', { name: 'Can still be broken' }).getByRole('listitem');
  await expect.element(names.last()).toHaveTextContent(/Bounded outbox.*no alarm/);
  await ahead().getByText('Effect at most once').click();
  await expect.element(ahead().getByText('Here the promise breaks.')).toBeVisible();
  await expect.element(ahead().getByText(/^You send/)).not.toBeInTheDocument();
  run.stepBack();
  await expect.element(ahead().getByText(`This is about step ${step}; step ${step - 1} is shown.`)).toBeVisible();
  await button(`Back to step ${step}`).click();
  await expect.element(ahead().getByText(/^This is about/)).not.toBeInTheDocument();
  const opened = vi.spyOn(run, 'openScenario');
  await button('Watch it happen').click();
  expect(opened).toHaveBeenCalledWith(expect.objectContaining({ flow: 'campaign' }), { play: true, from: step });
  expect(run.cursor).toBe(step);
  await expect.element(ahead().getByText(`This is about step ${step} of another run.`)).toBeVisible();
  await ahead().getByRole('button', { name: 'Do it again here' }).click();
  expect(newest().last.request.from).toEqual({ scenario: run.scenario, records: step });
});

test('a worker that dies or refuses is told in words, and tried again', async () => {
  run = published();
  await open();
  await button('Look ahead').click();
  newest().die('out of memory');
  await expect.element(ahead().getByRole('alert')).toHaveTextContent(/has stopped: out of memory/);
  expect(newest().ended).toBe(true);
  await button('Try again').click();
  newest().fail('unsupported');
  await expect.element(ahead().getByRole('alert')).toHaveTextContent('This version can’t run it.');
  await button('Try again').click();
  newest().answerReally();
  await expect.element(ahead().getByRole('alert')).not.toBeInTheDocument();
  await expect.element(ahead().getByText(/^Yes: from step/)).toBeVisible();
});

test('every failure side by side: what breaks something first, and each can be watched', async () => {
  run = published();
  const step = run.cursor;
  await open();
  await button('Try every failure').click();
  expect(newest().questions.at(-1)).toMatchObject({ type: 'strikes', request: { records: step } });
  newest().answerReally(2);
  await expect.element(strikes().getByText('2 runs so far')).toBeVisible();
  newest().answerReally();
  await expect
    .element(
      strikes().getByText(/^Of 6 failures that can strike here, 1 breaks what would else be kept: .*at most once/),
    )
    .toBeVisible();
  const rows = strikes()
    .getByRole('table', { name: `Every failure at step ${step}` })
    .getByRole('row');
  await expect.element(rows.nth(1)).toHaveTextContent(/No further failure.*Bounded outbox.*no alarm/);
  await expect.element(rows.nth(2)).toHaveTextContent(/Relay crashes now.*Effect at most once.*70 steps.*4\.84 s/);
  await expect.element(rows.nth(3)).toHaveTextContent(/nothing new/);
  const opened = vi.spyOn(run, 'openScenario');
  await button('Watch: Relay crashes now').click();
  expect(opened).toHaveBeenCalledWith(expect.anything(), { play: true, from: step });
  await expect.element(strikes().getByText(`This is about step ${step} of another run.`)).toBeVisible();
});

test('the point of no return fills in, is told, led to by keys, and marked among the records of its run', async () => {
  run = lost();
  run.first();
  await open();
  await expect.element(noReturn().getByRole('combobox', { name: 'Promise' })).toHaveValue('delivered');
  await button('Find it').click();
  newest().answerReally(3);
  await expect.element(noReturn().getByText(/^3 of \d+ moments$/)).toBeVisible();
  newest().answerReally();
  const crash = after(run, 'process.crashed');
  await expect
    .element(
      noReturn().getByText(new RegExp(`^From step ${crash} on nothing that can happen saves it: Service crashes`)),
    )
    .toBeVisible();
  const slider = noReturn().getByRole('slider');
  const says = (step: number, share: string) =>
    expect.element(slider).toHaveAttribute('aria-valuetext', `step ${step} of ${run.records.length}: ${share}`);
  await says(0, '0 %');
  (slider.element() as HTMLElement).focus();
  await userEvent.keyboard('{End}');
  await says(run.records.length, '100 %');
  await userEvent.keyboard('{ArrowLeft}');
  expect(run.cursor).toBeLessThan(run.records.length);
  await button(`Go to step ${crash}`).click();
  expect(run.cursor).toBe(crash);
  await noReturn().getByText('As a list').click();
  await expect.element(noReturn().getByRole('listitem').first()).toHaveTextContent(`steps 0 to ${crash - 1}0 %`);
  await page.getByRole('tab', { name: 'Records' }).click();
  const marked = page
    .getByRole('list', { name: 'Records' })
    .getByRole('button', { name: /Point of no return: Delivered/ });
  await expect.element(marked).toHaveTextContent(/Service crashes/);
  run.send('DeactivateCampaign');
  await expect.element(marked).not.toBeInTheDocument();
});

test('where there is none, or too much to count, that is what it says', async () => {
  run = published();
  run.last();
  await open();
  await noReturn().getByRole('combobox').selectOptions('noPhantom');
  await button('Find it').click();
  newest().answerReally();
  await expect.element(noReturn().getByText('There is none: at no step of this run can it end broken.')).toBeVisible();
  await button('Find it').click();
  const asked = newest().questions.at(-1)!;
  if (asked.type !== 'fates') throw new Error('the fates were asked for');
  const fates = asked.request.moments.map((records) => ({ records, share: null }));
  newest().say({ type: 'fates', id: asked.id, fates, done: true });
  await expect.element(noReturn().getByText(/^Not known: the last step has too many states/)).toBeVisible();
  await expect.element(noReturn().getByText(/^Where the picture is dashed/)).toBeVisible();
});

test('who leaves the tab leaves no worker behind, and finds what was told', async () => {
  run = published();
  await open();
  await button('Look ahead').click();
  await button('Try every failure').click();
  newest().answerReally();
  await button('Find it').click();
  newest().answerReally(2);
  await page.getByRole('tab', { name: 'Records' }).click();
  await expect.poll(() => explorers.all.every(({ ended }) => ended)).toBe(true);
  await page.getByRole('tab', { name: 'What if' }).click();
  await expect.element(strikes().getByRole('table')).toBeVisible();
  await expect.element(noReturn().getByText(/^Stopped\. 2 of \d+ moments$/)).toBeVisible();
});

async function askAll() {
  for (const name of [
    /^(Look ahead|앞을 내다보기)$/,
    /^(Try every failure|모든 장애 넣어 보기)$/,
    /^(Find it|찾기)$/,
  ]) {
    await page.getByRole('tabpanel').getByRole('button', { name }).click();
    newest().answerReally();
  }
  await expect.element(page.getByRole('tabpanel').getByRole('table')).toBeVisible();
  await page.getByRole('tabpanel').getByRole('list').first().getByRole('group').first().click();
}

for (const theme of ['light', 'dark'] as const) {
  for (const language of ['en', 'ko'] as const) {
    test(`axe finds nothing: ${theme}, ${language}`, { timeout: 30_000 }, async () => {
      settings.theme = theme;
      await speak(language);
      run = published();
      await open(language === 'en' ? 'What if' : '만약에');
      await askAll();
      run.stepBack();
      const found = (await axe.run(document.body)).violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
      );
      expect(found).toEqual([]);
    });
  }
}

test('nothing is wider than the window, from 360 px up', async () => {
  run = published();
  await open();
  await askAll();
  for (const [width, height] of [
    [360, 740],
    [390, 844],
    [768, 1024],
    [1024, 768],
    [1440, 900],
  ] as const) {
    await page.viewport(width, height);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    if (width > 820) {
      const panel = page.getByRole('tabpanel').element();
      expect(panel.scrollWidth).toBeLessThanOrEqual(panel.clientWidth);
    }
  }
});

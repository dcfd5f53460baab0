/** The Verify view: the matrix, its workers, its panel, and its address. Workers are played by the test. */
import axe from 'axe-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../src/ui/theme/base.css';
import type { ExploreVerdict } from '../../../src/trace/exploration.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import { speak } from '../../../src/ui/i18n/i18n.svelte.ts';
import Page from '../../../src/ui/shell/Page.svelte';
import { settings } from '../../../src/ui/theme/settings.svelte.ts';
import { poolSize } from '../../../src/ui/verify/pool.svelte.ts';
import { doubled, FakeExplorers } from './fake-explorer.ts';
import { StillRun } from './still-run.svelte.ts';

const address = location.pathname + location.search;
let explorers: FakeExplorers;
let run: StillRun;

beforeEach(() => {
  explorers = new FakeExplorers();
  run = new StillRun();
});
afterEach(async () => {
  history.replaceState(null, '', address);
  settings.theme = 'system';
  await page.viewport(1280, 800);
  await speak('en');
});

/** Opens the page with such an address. */
async function open(query = '?view=verify') {
  history.replaceState(null, '', location.pathname + query);
  await render(Page, { run, makeExplorer: explorers.make });
  await expect.element(page.getByRole('grid')).toBeVisible();
}

const button = (name: string) => page.getByRole('button', { name, exact: true });
const panel = () => page.getByRole('complementary', { name: 'The cell' });
const cell = (promise: string, row: string) =>
  page.getByRole('gridcell').getByRole('button', { name: new RegExp(`^${promise}, ${row}: `) });
const plain = 'Outbox table · Polling · Mark';

test('the view is chosen in the header, is in the address, and leaves the run as it was', async () => {
  history.replaceState(null, '', `${location.pathname}?bus=log`);
  run = new StillRun({ bus: 'log' });
  run.send('ActivateCampaign');
  run.playing = true;
  const { cursor } = run;
  await render(Page, { run, makeExplorer: explorers.make });
  const views = page.getByRole('radiogroup', { name: 'View' });
  await views.getByRole('radio', { name: 'Verify' }).click();
  await expect.element(page.getByRole('heading', { name: 'Every way it can fail, tried' })).toBeVisible();
  await expect.element(page.getByRole('region', { name: 'Stage' })).not.toBeInTheDocument();
  expect(run.playing).toBe(false);
  expect(location.search).toBe('?flow=campaign&view=verify');
  await userEvent.keyboard('s');
  await views.getByRole('radio', { name: 'Play' }).click();
  await expect.element(page.getByRole('region', { name: 'Stage' })).toBeVisible();
  await expect.poll(() => location.search).toBe('?flow=campaign&bus=log');
  expect([run.cursor, run.scenario.inputs.length]).toEqual([cursor, 1]);
});

test('nothing is tried before somebody says so; then a row a worker, each cell as it is known', async () => {
  await open();
  await expect.element(page.getByRole('region', { name: 'Nothing has been tried yet' })).toBeVisible();
  expect(explorers.all).toEqual([]);
  await button('Try everything').click();
  expect(explorers.all).toHaveLength(Math.min(12, poolSize()));
  await expect.element(cell('No phantom', 'Publish inside the aggregate')).toHaveAccessibleName(/: waiting$/);
  const [first] = explorers.all;
  const phantom: ExploreVerdict = { status: 'broken', failures: 0, steps: 3 };
  first!.progress(12_345, { noEarlyDelivery: phantom });
  await expect
    .element(cell('Delivered', 'Publish inside the aggregate'))
    .toHaveAccessibleName(/: trying, 12 k states$/);
  await expect
    .element(cell('No early delivery', 'Publish inside the aggregate'))
    .toHaveAccessibleName(/: Broken, with no failure$/);
  await expect.element(cell('Outbox drains', 'Publish inside the aggregate')).toHaveAccessibleName(/trying|applicable/);
  explorers.answerAll(doubled);
  await expect.element(cell('Effect at most once', plain).first()).toHaveAccessibleName(/: Broken, by 1 failure$/);
  await expect.element(cell('Effect at most once', `${plain}, Inbox on`)).toHaveAccessibleName(/: Holds, 4711 states$/);
  await expect.element(page.getByText('12 of 12 rows', { exact: true })).toBeVisible();
  expect(explorers.all.every(({ ended }) => ended)).toBe(true);
});

test('stop keeps what is done, and resume begins again with what was in hand', async () => {
  await open();
  await button('Try everything').click();
  explorers.all[0]!.answer();
  await expect.element(page.getByText('1 of 12 rows', { exact: true })).toBeVisible();
  const inHand = explorers.busy.map(({ last }) => last.request);
  await button('Stop').click();
  expect(explorers.busy).toEqual([]);
  await expect.element(page.getByText(/^Stopped\./)).toBeVisible();
  const before = explorers.all.length;
  await button('Resume').click();
  expect(explorers.all.slice(before).map(({ last }) => last.request)).toEqual(inHand);
  explorers.answerAll();
  await expect.element(page.getByText('12 of 12 rows', { exact: true })).toBeVisible();
});

test('a worker that dies is replaced; the row that took two with it has failed, and says why', async () => {
  await open();
  await button('Try everything').click();
  const [first] = explorers.all;
  const { request } = first!.last;
  first!.die('out of memory');
  const second = explorers.busy.find(({ last }) => last.request === request)!;
  expect(second).not.toBe(first);
  second.die('out of memory');
  explorers.answerAll();
  const failed = cell('No phantom', 'Publish inside the aggregate');
  await expect.element(failed).toHaveAccessibleName(/: Failed$/);
  await failed.click();
  await expect.element(panel().getByRole('alert')).toHaveTextContent(/stopped twice: out of memory/);
  await panel().getByRole('button', { name: 'Try this row' }).click();
  explorers.answerAll();
  await expect.element(failed).toHaveAccessibleName(/: Holds/);
});

test('a row that cannot be explored says so by the page’s own problems', async () => {
  await open('?view=verify&row=relays%3D2&promise=delivered');
  await panel().getByRole('button', { name: 'Try this row' }).click();
  explorers.all[0]!.fail('unsupported');
  await expect.element(panel().getByRole('alert')).toHaveTextContent('This version can’t run it.');
});

test('the grid is one tab stop, arrow keys go round in it, Enter opens the panel', async () => {
  await open();
  await button('Try everything').click();
  explorers.answerAll(doubled);
  const stops = () => document.querySelectorAll('[role="grid"] button[tabindex="0"]');
  await expect.poll(() => stops().length).toBe(1);
  (stops()[0] as HTMLElement).focus();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}');
  await expect.element(cell('Effect at most once', plain).first()).toHaveFocus();
  expect(stops()).toHaveLength(1);
  await userEvent.keyboard('{Enter}');
  await expect.element(panel().getByText('Shortest way to break it')).toBeVisible();
  expect(new URLSearchParams(location.search).get('promise')).toBe('effectAtMostOnce');
  await userEvent.keyboard('{Escape}');
  await expect.element(panel().getByText('Choose a cell')).toBeVisible();
});

test('the panel tells the way to break it step by step, names the cure and leads there', async () => {
  await open();
  await button('Try everything').click();
  explorers.answerAll(doubled);
  await cell('Effect at most once', plain).first().click();
  const steps = panel().getByRole('list', { name: 'What happens' }).getByRole('listitem');
  await expect.element(steps.first()).toHaveTextContent('You send ActivateCampaign.');
  await expect.element(steps.last()).toHaveTextContent('Here the promise breaks.');
  await expect.element(panel().getByText(/^Relay crashes before mark/)).toBeVisible();
  await expect.element(panel().getByText('12 steps · 1 failure')).toBeVisible();
  await panel()
    .getByRole('region', { name: 'The nearest row where it holds' })
    .getByRole('button', { name: /With: Inbox on/ })
    .click();
  await expect.element(panel().getByText(/^In none of 4,711 states is it broken/)).toBeVisible();
  await expect.element(panel().getByRole('region', { name: 'The nearest row where it breaks' })).toBeVisible();
});

test('a run that never settles is named beside any cell of its row, with what goes round; it can be watched', async () => {
  await open();
  await button('Try everything').click();
  const [first] = explorers.all;
  const { records, scenario } = simulate({
    ...{ format: 'sagascope/scenario', version: 1, flow: 'campaign', seed: 1 },
    inputs: [{ at: 0, kind: 'command', name: 'ActivateCampaign' }],
  });
  const from = records.findIndex(({ kind }) => kind === 'relay.published');
  const endless = { failures: 1, steps: 9, scenario, records: records.slice(0, from + 2), from };
  first!.answer({}, 500, { endless });
  await cell('Delivered', 'Publish inside the aggregate').click();
  const named = panel().getByRole('region', { name: 'A run that never settles' });
  await expect.element(named.getByText(/^After 9 steps, with 1 failure, nothing that can happen/)).toBeVisible();
  const round = named.getByRole('list', { name: 'What goes round' }).getByRole('listitem');
  await expect.element(round.first()).toHaveTextContent(/The relay/);
  await cell('Delivered', plain).first().click();
  await expect.element(named).not.toBeInTheDocument();
  await cell('Delivered', 'Publish inside the aggregate').click();
  const opened = vi.spyOn(run, 'openScenario');
  await named.getByRole('button', { name: 'Watch it happen' }).click();
  expect(opened).toHaveBeenCalledWith(scenario, { play: true, from: 0 });
});

test('watching it opens the scenario and plays; the rows stay', async () => {
  await open();
  await button('Try everything').click();
  explorers.answerAll(doubled);
  await cell('Effect at most once', plain).first().click();
  const opened = vi.spyOn(run, 'openScenario');
  await button('Watch it happen').click();
  await expect.element(page.getByRole('region', { name: 'Stage' })).toBeVisible();
  expect(opened).toHaveBeenCalledWith(expect.objectContaining({ flow: 'campaign' }), { play: true, from: 0 });
  await page.getByRole('radio', { name: 'Verify' }).click();
  await expect.element(cell('Effect at most once', plain).first()).toHaveAccessibleName(/: Broken/);
});

test('other bounds grey what was found, and say so until it is tried again', async () => {
  await open();
  await button('Try everything').click();
  explorers.answerAll();
  await page.getByRole('radiogroup', { name: 'Failures' }).getByRole('radio', { name: '2' }).click();
  await expect.element(page.getByText(/^The bounds have changed\./)).toBeVisible();
  await expect
    .element(cell('Delivered', plain).first())
    .toHaveAccessibleName(/Holds, 4711 states, within other bounds$/);
  expect(location.search).toContain('failures=2');
  await button('Try everything').click();
  expect(explorers.busy[0]!.last.request.failures).toBe(2);
  await expect.element(page.getByText(/^The bounds have changed\./)).not.toBeInTheDocument();
});

test('types of failures can be left out', async () => {
  await open();
  await button('Types of failures: all types').click();
  await page.getByRole('checkbox', { name: 'a process crashes' }).click();
  await userEvent.keyboard('{Escape}');
  await button('Try everything').click();
  expect(explorers.all[0]!.last.request.failureTypes).not.toContain('crash');
});

test('a link brings the ready choice of rows with it; with sagas, their failures are offered', async () => {
  await open('?view=verify&rows=sagas');
  await expect.element(page.getByRole('radio', { name: 'With a saga' })).toBeChecked();
  expect(new URLSearchParams(location.search).get('rows')).toBe('sagas');
  await button('Types of failures: all types').click();
  await expect.element(page.getByRole('checkbox', { name: 'a participant stays silent' })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await page.getByRole('radio', { name: 'The chapter' }).click();
  await expect.poll(() => location.search).not.toContain('rows=');
  await button('Types of failures: all types').click();
  await expect.element(page.getByRole('checkbox', { name: 'a claim ends too early' })).toBeVisible();
  await expect.element(page.getByRole('checkbox', { name: 'a participant stays silent' })).not.toBeInTheDocument();
});

test('a link leads to its cell and tries nothing; what it says wrongly is named', async () => {
  await open('?view=verify&flow=trip&row=deadlines%3Doff&promise=processEnds&failures=2&commands=7');
  await expect.element(page.getByRole('alert')).toHaveTextContent(/commands=7/);
  await expect.element(panel().getByText('Process ends.')).toBeVisible();
  await expect.element(panel().getByText('Nothing is known about this cell yet.')).toBeVisible();
  expect(explorers.all).toEqual([]);
  await panel().getByRole('button', { name: 'Try this row' }).click();
  expect(explorers.all).toHaveLength(1);
  expect(explorers.all[0]!.last.request).toMatchObject({
    flow: 'trip',
    options: { deadlines: 'off' },
    failures: 2,
    commands: [{ name: 'BookTrip' }],
  });
});

test('rows of one’s own are added by their options, and rows are taken away', async () => {
  await open();
  await button('Add a row').click();
  const editor = page.getByRole('dialog', { name: 'A row of your own' });
  await expect.element(editor.getByText('This row is there already.')).toBeVisible();
  await editor.getByRole('radio', { name: 'Racing writes' }).click();
  await editor.getByRole('button', { name: 'Add the row' }).click();
  const added = page.getByRole('rowheader', { name: /Racing writes/ });
  await expect.element(added).toBeInTheDocument();
  await page.getByRole('button', { name: `Remove the row ${plain}, Racing writes` }).click();
  await expect.element(added).not.toBeInTheDocument();
});

test('all combinations are a matter of scrolling', async () => {
  await open();
  await page.getByRole('radio', { name: 'All combinations' }).click();
  await expect.poll(() => Number(page.getByRole('grid').element().getAttribute('aria-rowcount'))).toBeGreaterThan(100);
  expect(document.querySelectorAll('[role="grid"] tbody tr').length).toBeLessThan(60);
  (document.querySelector('[role="grid"] button[tabindex="0"]') as HTMLElement).focus();
  await userEvent.keyboard('{Control>}{End}{/Control}');
  await expect.poll(() => document.activeElement?.getAttribute('data-at')).toMatch(/^\d{3}:\d+$/);
});

for (const theme of ['light', 'dark'] as const) {
  for (const language of ['en', 'ko'] as const) {
    test(`axe finds nothing: ${theme}, ${language}`, { timeout: 30_000 }, async () => {
      settings.theme = theme;
      await speak(language);
      await open('?view=verify&row=&promise=effectAtMostOnce');
      const found = async () =>
        (await axe.run(document.body)).violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
        );
      expect(await found()).toEqual([]);
      await button(language === 'en' ? 'Try everything' : '모두 시도').click();
      explorers.answerAll(doubled);
      await expect.element(page.getByRole('complementary').getByRole('list')).toBeVisible();
      expect(await found()).toEqual([]);
    });
  }
}

test('nothing is wider than the window, from 360 px up', async () => {
  await open();
  await button('Try everything').click();
  explorers.answerAll(doubled);
  for (const [width, height] of [
    [360, 740],
    [390, 844],
    [768, 1024],
    [1024, 768],
    [1440, 900],
  ] as const) {
    await page.viewport(width, height);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
  }
});

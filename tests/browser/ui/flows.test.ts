/** The flows: choosing one, its commands, whom the reader plays, and what the inspector tells of sagas and boundaries. */
import axe from 'axe-core';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../src/ui/theme/base.css';
import { budgeted, money, trip, trips } from '../../../src/ui/controls/flow-target.svelte.ts';
import { speak } from '../../../src/ui/i18n/i18n.svelte.ts';
import Page from '../../../src/ui/shell/Page.svelte';
import type { Input, Options, Payload } from '../../../src/trace/scenario.ts';
import { StillRun } from './still-run.svelte.ts';

afterEach(async () => {
  Object.assign(trip, { id: trips[0], destination: 'Tokyo' });
  Object.assign(money, { campaign: budgeted[0], amount: 60, budget: 80, views: 10 });
  await page.viewport(1280, 800);
  await speak('en');
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const radio = (name: string) => page.getByRole('radio', { name, exact: true });
const tab = (name: string) => page.getByRole('tab', { name, exact: true });
const commands = (run: StillRun) =>
  run.scenario.inputs.flatMap((input): [string, Payload | undefined][] =>
    input.kind === 'command' ? [[input.name, input.payload]] : [],
  );

/** A trip with everybody answering, or as far as the reader has answered. */
function tripRun(options: Partial<Options> = {}, ...answers: string[]): StillRun {
  const run = new StillRun(options, 'trip');
  run.send('BookTrip', { destination: 'Tokyo' });
  for (const name of answers) run.send(name);
  return run;
}

/** A trip of which only so much has happened that an answer is waited for: the commands come in time. */
function waitingTrip(...names: string[]): StillRun {
  const run = new StillRun({ answers: 'manual', deadlines: 'off' }, 'trip');
  run.send('BookTrip', { destination: 'Tokyo' });
  for (const name of names) run.send(name);
  return run;
}

test('a flow opens as an empty run of its own, with its commands and its options', async () => {
  const run = new StillRun();
  await render(Page, { run });
  await radio('Trip booking').click();
  expect(run.scenario).toMatchObject({ flow: 'trip', inputs: [] });
  await expect.element(button('Book trip')).toBeVisible();
  await expect.element(button('Activate campaign')).not.toBeInTheDocument();
  await expect.element(page.getByRole('radiogroup', { name: 'Process manager' })).toBeVisible();
  await expect.element(page.getByRole('radiogroup', { name: 'Publish', exact: true })).not.toBeInTheDocument();
  await expect.element(radio('Saga: none')).not.toBeInTheDocument();
  await radio('Budget').click();
  for (const name of ['Activate campaign', 'Deactivate campaign', 'Change budget', 'Record views'])
    await expect.element(button(name)).toBeVisible();
  await expect.element(page.getByRole('radiogroup', { name: 'Boundary' })).toBeVisible();
  await radio('Campaign').click();
  expect(run.scenario.flow).toBe('campaign');
  await expect.element(radio('Saga: none')).toBeChecked();
});

test('trips are booked and cancelled, by button and by key, each under its id and to its destination', async () => {
  const run = new StillRun({}, 'trip');
  await render(Page, { run });
  await page.getByRole('combobox', { name: 'Destination' }).fill('Paris');
  await button('Book trip').click();
  await radio('Trip T2').click();
  (document.activeElement as HTMLElement).blur();
  await userEvent.keyboard('b');
  await userEvent.keyboard('c');
  expect(commands(run)).toEqual([
    ['BookTrip', { destination: 'Paris' }],
    ['BookTrip', { id: 'T2', destination: 'Paris' }],
    ['CancelTrip', { id: 'T2' }],
  ]);
});

test('whoever is asked is marked, can answer, and nobody else can', async () => {
  const run = waitingTrip();
  await render(Page, { run });
  await expect.element(button('Approve route')).not.toHaveAttribute('aria-disabled');
  await expect.element(button('Approve route')).toHaveAccessibleDescription('r1 waits');
  await expect.element(button('Confirm flights')).toHaveAttribute('aria-disabled', 'true');
  await expect.element(button('Confirm flights')).toHaveAccessibleDescription('Nobody has asked yet.');
  await button('Approve route').click();
  await expect.element(button('Confirm flights')).toHaveAccessibleDescription('f1 waits');
  await userEvent.keyboard('y');
  await expect.element(button('Confirm hotel')).toHaveAccessibleDescription('h1 waits');
  await userEvent.keyboard('x');
  await expect.element(button('Confirm hotel')).toHaveAccessibleDescription('h2 waits');
  expect(commands(run).map(([name]) => name)).toEqual(['BookTrip', 'ApproveRoute', 'ConfirmFlights', 'RefuseHotel']);
});

test('an older request can be answered', async () => {
  const run = waitingTrip('ApproveRoute', 'ConfirmFlights', 'RefuseHotel');
  await render(Page, { run });
  await page.getByRole('combobox', { name: 'Which request: Hotel' }).selectOptions('h1');
  await button('Confirm hotel').click();
  expect(commands(run).at(-1)).toEqual(['ConfirmHotel', { token: 'h1' }]);
});

test('the publishing service of a campaign is played where a saga takes part', async () => {
  const run = new StillRun({ saga: 'guarded', answers: 'manual', deadlines: 'off' });
  await render(Page, { run });
  await button('Activate campaign').click();
  await expect.element(button('Confirm publishing')).not.toHaveAttribute('aria-disabled');
  await page.getByText('Reason of a no').click();
  await page.getByRole('textbox', { name: 'Reason of a no' }).fill('bad taste');
  await button('Reject publishing').click();
  expect(commands(run).at(-1)).toEqual(['RejectPublishing', { reason: 'bad taste' }]);
  await radio('Saga: none').click();
  await expect.element(button('Confirm publishing')).not.toBeInTheDocument();
});

test('the budget is spent campaign by campaign', async () => {
  const run = new StillRun({}, 'budget');
  await render(Page, { run });
  await radio('Campaign B').click();
  await page.getByRole('spinbutton', { name: 'Amount' }).fill('70');
  await button('Activate campaign').click();
  await page.getByRole('spinbutton', { name: 'New budget' }).fill('50');
  await button('Change budget').click();
  await button('Record views').click();
  (document.activeElement as HTMLElement).blur();
  await userEvent.keyboard('d');
  expect(commands(run)).toEqual([
    ['ActivateCampaign', { campaign: 'B', amount: 70 }],
    ['ChangeBudget', { amount: 50 }],
    ['RecordViews', { campaign: 'B', views: 10 }],
    ['DeactivateCampaign', { campaign: 'B' }],
  ]);
});

test('each step of an instance in three columns, and the step is shown when it is pressed', async () => {
  const run = tripRun();
  await render(Page, { run });
  await expect.element(tab('Steps')).toHaveAttribute('aria-selected', 'true');
  const panel = page.getByRole('tabpanel');
  await expect
    .element(panel)
    .toHaveTextContent(/came in: FlightBooked ?f1.*state: Flights → Hotel.*went out: BookHotel → Hotel ?h1/);
  await panel.getByRole('button', { name: /^Version 2,/ }).click();
  const last = run.records[run.cursor - 1]!;
  expect(last).toMatchObject({ kind: 'saga.moved', version: 2 });
  // nothing later is known at this step
  await expect.element(panel).not.toHaveTextContent('FlightBooked');
});

test('instances with what they wait for and until when, and the messages that changed nothing', async () => {
  const run = waitingTrip();
  await render(Page, { run });
  await tab('Instances').click();
  const list = page.getByRole('list', { name: 'Sagas and processes' });
  await expect.element(list).toHaveTextContent(/T1.*Approval.*waits for Approver, for ever: no deadline/);
  await page.getByRole('radio', { name: 'ended', exact: true }).click();
  await expect.element(page.getByText('None of these.')).toBeVisible();

  const done = tripRun();
  await render(Page, { run: done });
  await tab('Instances').last().click();
  const ignored = page.getByRole('list', { name: 'Messages that changed nothing' });
  await expect.element(ignored).toHaveTextContent(/HotelDeadline h1 → T1.*late · Completed/);
  await page.getByRole('button', { name: /^late/ }).click();
  expect(ignored.getByRole('listitem').all()).toHaveLength(1);
  await ignored.getByRole('button').click();
  expect(done.records[done.cursor - 1]).toMatchObject({ kind: 'saga.ignored', reason: 'late' });
});

test('without an instance the tabs say how to get one; a saga without a memory lists its calls', async () => {
  const run = new StillRun({}, 'trip');
  await render(Page, { run });
  for (const name of ['Steps', 'Instances', 'History']) {
    await tab(name).click();
    await expect.element(page.getByText('Book a trip: the command starts one.')).toBeVisible();
  }
  const stateless = new StillRun({ saga: 'stateless' });
  stateless.send('ActivateCampaign');
  await render(Page, { run: stateless });
  await tab('Instances').last().click();
  await expect.element(page.getByText(/A saga without a memory has no instances/)).toBeVisible();
  await expect.element(page.getByRole('button', { name: /SubmitAdvertisement.*Publishing service/ })).toBeVisible();
});

test('a history is rebuilt entry by entry, and compared with what is stored', async () => {
  const run = tripRun();
  const steps = [
    { entry: { entry: 'received', type: 'Initialize' }, state: 'Approval', context: { route: 'r1' } },
    {
      entry: { entry: 'received', type: 'RouteConfirmed', token: 'r1' },
      state: 'Flights',
      context: { route: 'r1', flight: 'f1' },
    },
  ];
  run.rebuilt = { steps, stored: { state: 'Flights', context: { flight: 'f1', route: 'r1' } }, records: 1 };
  await render(Page, { run });
  await tab('History').click();
  const table = page.getByRole('table', { name: 'History of T1' });
  await expect
    .element(table)
    .toHaveTextContent(/#1.*v1.*received.*Initialize.*decided.*issued.*RequestEmployeeApproval r1 → approver/);
  await button('Rebuild from history').click();
  const walk = page.getByRole('region', { name: 'Rebuild from history' });
  await expect.element(walk).toHaveTextContent(/entry 0 of 2.*state: nothing yet/);
  await button('One entry on').click();
  await expect.element(walk).toHaveTextContent(/entry 1 of 2.*Initialize.*state: Approval.*route/);
  await button('One entry on').click();
  await expect.element(walk).toHaveTextContent(/state: Flights.*flight.*f1.*Rebuilt and stored are the same/);
  run.rebuilt = { steps, stored: { state: 'Hotel', context: { flight: 'f1', route: 'r1' } }, records: 1 };
  await button('Rebuild from history').click();
  await button('One entry on').click();
  await button('One entry on').click();
  await expect.element(walk).toHaveTextContent(/Rebuilt and stored differ.*rebuilt: Flights · stored: Hotel/);
});

test('the lens asks both sides, and measures the windows in which the rule was broken', async () => {
  const run = new StillRun({}, 'budget');
  const inputs: Input[] = ['A', 'B'].map((campaign, index) => ({
    at: index * 200,
    kind: 'command',
    name: 'ActivateCampaign',
    payload: { campaign, amount: 60 },
  }));
  run.scenario = { ...run.scenario, inputs };
  run.last();
  await render(Page, { run });
  await expect.element(tab('Consistency')).toHaveAttribute('aria-selected', 'true');
  await expect.element(page.getByText('The two sides agree.')).toBeVisible();
  const windows = page.getByRole('list', { name: 'Broken windows' });
  await expect.element(windows).toHaveTextContent(/\d+ ms, \d+ steps.*20 too much at worst/);
  await windows.getByRole('button').click();
  await expect.element(page.getByText('The rule is broken: 20 more than the budget.')).toBeVisible();
  await expect.element(page.getByText(/They disagree by/)).toBeVisible();
  await expect
    .element(page.getByRole('region', { name: 'Budget', exact: true }))
    .toHaveTextContent(/limit ?100.*reserved ?0/);
});

test.each([
  ['trip', {}, 'Book trip'],
  ['budget', {}, 'Activate campaign'],
] as const)(
  'nothing is wrong with the %s flow for assistive technology, in either language',
  async (flow, options, press) => {
    const run = new StillRun(options, flow);
    await render(Page, { run });
    await button(press).click();
    for (const language of ['en', 'ko'] as const) {
      await speak(language);
      for (const one of page.getByRole('tab').all()) {
        await one.click();
        const { violations } = await axe.run(document, { rules: { 'page-has-heading-one': { enabled: false } } });
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
      }
    }
  },
);

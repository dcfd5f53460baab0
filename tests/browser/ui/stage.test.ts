import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../src/ui/theme/base.css';
import Stage from '../../../src/ui/stage/Stage.svelte';
import { after, brokenRun, StillRun } from './still-run.svelte.ts';

const focused = () => document.activeElement?.getAttribute('data-part');
const stops = () =>
  [...document.querySelectorAll('[data-part]')].filter((part) => part.getAttribute('tabindex') === '0');

async function onStage(run: StillRun) {
  const screen = await render(Stage, { run });
  const service = page.getByRole('button', { name: /^Campaign service/ });
  await expect.element(service).toBeInTheDocument();
  (service.element() as unknown as SVGElement).focus();
  return screen;
}

test('the diagram is one tab stop, and arrow keys follow the edges', async () => {
  await onStage(new StillRun());
  expect(stops()).toHaveLength(1);
  const way = ['database', 'relay', 'bus', 'queue:adServing', 'consumer:adServing'];
  for (const part of way) {
    await userEvent.keyboard('{ArrowRight}');
    expect(focused()).toBe(part);
  }
  await userEvent.keyboard('{ArrowDown}');
  expect(focused()).toBe('consumer:billing');
  await userEvent.keyboard('{ArrowLeft}');
  expect(focused()).toBe('queue:billing');
  await userEvent.keyboard('{ArrowUp}');
  expect(focused()).toBe('queue:adServing');
  await userEvent.keyboard('{Home}');
  expect(focused()).toBe('service');
  expect(stops()).toHaveLength(1);
});

test('without an outbox the arrows go past the relay, which is no button any more', async () => {
  await onStage(new StillRun({ publish: 'afterCommit' }));
  await userEvent.keyboard('{ArrowRight}');
  expect(focused()).toBe('bus');
  expect(document.querySelector('[data-part="relay"]')).toBeNull();
});

test('Enter opens what can be done there, arrows go through it, Esc closes it and gives the focus back', async () => {
  await onStage(new StillRun());
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{Enter}');
  const menu = page.getByRole('dialog', { name: 'What can happen to Message relay' });
  await expect.element(menu).toBeVisible();
  await expect.element(menu.getByRole('button', { name: 'Relay crashes now' })).toHaveFocus();
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(menu.getByRole('button', { name: 'Relay slow: 1 s more per effect' })).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  await expect.element(menu).not.toBeInTheDocument();
  expect(focused()).toBe('relay');
});

test('a failure chosen on the stage is armed, and the part says so', async () => {
  const run = new StillRun();
  await onStage(run);
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{Enter}');
  await page.getByRole('button', { name: 'Relay crashes between publish and mark' }).click();
  expect(run.scenario.inputs.map((input) => input.kind === 'failure' && input.failure)).toEqual([
    { type: 'crash', process: 'relay', restartAfter: 1500, point: 'before:markPublished' },
  ]);
  const relay = page.getByRole('button', { name: /^Message relay, .*armed: Relay crashes between publish and mark/ });
  await expect.element(relay).toBeInTheDocument();
});

test('what can not be done now is there, disabled, with the reason', async () => {
  const run = new StillRun();
  await onStage(run);
  await userEvent.keyboard('{Enter}');
  const restart = page.getByRole('button', { name: 'Restart Service' });
  await expect.element(restart).toHaveAttribute('aria-disabled', 'true');
  await expect.element(restart).toHaveAccessibleDescription('It is running.');
  await restart.click({ force: true });
  expect(run.scenario.inputs).toEqual([]);
});

test('a pointer opens every part, the large ones in their middle too', async () => {
  await onStage(new StillRun());
  for (const name of [
    /^Campaign service/,
    /^Database/,
    /^Message relay/,
    /^Message bus/,
    /^Billing queue/,
    /^Billing, /,
  ]) {
    const part = page.getByRole('button', { name }).first();
    await part.click();
    await expect.element(page.getByRole('dialog')).toBeVisible();
    await userEvent.keyboard('{Escape}');
  }
});

test('a broken promise is said at the part where it happened', async () => {
  const run = brokenRun();
  await onStage(run);
  await expect
    .element(page.getByRole('button', { name: /^Billing, .*charged twice.*Effect at most once: broken/ }))
    .toBeInTheDocument();
  await page.getByRole('button', { name: /^Go to step/ }).click();
  expect(run.cursor).toBe((run.verdicts['effectAtMostOnce']?.at ?? -1) + 1);
});

test('a crashed part says so, in the picture and in the list', async () => {
  const run = brokenRun();
  run.seek(after(run, 'process.crashed'));
  await onStage(run);
  await expect.element(page.getByRole('button', { name: /^Message relay, crashed/ })).toBeInTheDocument();
  await expect.element(page.getByText(/^crashed · back in/)).toBeInTheDocument();
  await page.getByRole('button', { name: 'List view' }).click();
  await expect.element(page.getByText(/^Message relay, crashed/)).toBeVisible();
});

test('with less motion a note in flight stands on its edge, and nothing is animated', async () => {
  const run = brokenRun();
  run.seek(run.records.findIndex((record) => record.kind === 'effect.begun' && record.effect === 'publish') + 1);
  await onStage(run);
  expect(run.view.flights.map(({ from, to }) => `${from}>${to}`)).toEqual(['relay>bus']);
  await expect.poll(() => document.querySelector('.flight')?.getAttribute('transform')).toMatch(/^translate\(\d/);
  expect(document.getAnimations().filter((animation) => animation.playState === 'running')).toEqual([]);
});

/** The statechart as it is drawn: from the machine itself, and with what has become of an instance. */
import axe from 'axe-core';
import { afterAll, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../src/ui/theme/base.css';
import type { Flow, Input, Options } from '../../../src/trace/scenario.ts';
import { speak } from '../../../src/ui/i18n/i18n.svelte.ts';
import Statechart from '../../../src/ui/stage/statechart/Statechart.svelte';
import { StillRun } from './still-run.svelte.ts';

afterAll(() => speak('en'));

function runOf(flow: Flow, options: Partial<Options>, ...inputs: Input[]): StillRun {
  const run = new StillRun(options, flow);
  run.scenario = { ...run.scenario, inputs };
  run.last();
  return run;
}
const command = (at: number, name: string, payload = {}): Input => ({ at, kind: 'command', name, payload });

const propsOf = (run: StillRun, size: 'small' | 'large' = 'large') => ({
  config: run.parts.machines[0]!.config,
  instance: run.view.sagas.instances.get(run.view.sagas.order.at(-1) ?? '') ?? null,
  view: run.view,
  time: run.time,
  size,
});

const trip = () => runOf('trip', { answers: 'manual' }, command(0, 'BookTrip', { destination: 'Tokyo' }));
const text = (selector: string) =>
  [...document.querySelectorAll(selector)].map((element) => element.textContent.trim().replace(/\s+/g, ' '));
/** Cuts a run short behind its first record of a kind. */
function upTo(run: StillRun, found: (index: number) => boolean): StillRun {
  run.seek(run.records.findIndex((_, index) => found(index)) + 1);
  return run;
}

test('the active state is filled, the way it came is lit, its deadline counts down', async () => {
  const run = trip();
  upTo(run, (index) => run.records[index]!.kind === 'timer.set');
  const screen = await render(Statechart, propsOf(run));
  expect(text('.state.active')).toEqual([expect.stringMatching(/^Approval \d/)]);
  expect(document.querySelectorAll('.chart .way.lit')).toHaveLength(1);
  expect(text('.row.lit .event')).toEqual(['Initialize']);
  const before = text('.state.active')[0];
  await screen.rerender({ ...propsOf(run), time: run.time + 1500 });
  expect(text('.state.active')[0]).not.toBe(before);
  await expect
    .element(page.getByRole('img', { name: /Statechart of tripBooking, 9 states; T1 is in Approval/ }))
    .toBeVisible();
});

test('it is the machine: other options, another drawing', async () => {
  const drawn = (options: Partial<Options>) => propsOf(runOf('campaign', { saga: 'guarded', ...options }));
  const screen = await render(Statechart, drawn({}));
  expect(text('.card .name')).toContain('TimedOut');
  await screen.rerender(drawn({ deadlines: 'off' }));
  expect(text('.card .name')).not.toContain('TimedOut');
  await screen.rerender(drawn({ saga: 'eventSourced' }));
  expect(text('.card .name')[0]).toBe('In any state');
  expect(document.querySelectorAll('.ring')).toHaveLength(3);
  // a machine nobody has thought of
  const config = { id: 'other', initial: 'Here', states: { Here: { on: { Go: [{ target: 'There' }] } }, There: {} } };
  await screen.rerender({ ...drawn({}), config });
  expect(text('.state')).toEqual(['Here', 'There']);
});

test('what is ignored flashes, with its reason', async () => {
  const run = trip();
  run.send('ApproveRoute');
  run.send('ApproveRoute', { token: 'r1' });
  upTo(run, (index) => run.records[index]!.kind === 'saga.ignored');
  expect(run.cursor).toBeGreaterThan(0);
  await render(Statechart, propsOf(run));
  expect(document.querySelectorAll('.flash')).toHaveLength(1);
  await expect.element(page.getByText(/^✕ RouteConfirmed ignored: /)).toBeVisible();
});

const flows: [Flow, Partial<Options>][] = [
  ['campaign', { saga: 'guarded' }],
  ['campaign', { saga: 'eventSourced' }],
  ['trip', {}],
  ['trip', { saga: 'eventSourced' }],
  ['budget', {}],
];

describe.each(['en', 'ko'] as const)('in %s', (language) => {
  test.each(flows)('of %s, %o: nothing lies over anything, sticks out, or is unnamed', async (flow, options) => {
    await speak(language);
    for (const width of [276, 330, 700]) {
      document.body.style.width = `${width}px`;
      const run = runOf(
        flow,
        options,
        command(0, flow === 'trip' ? 'BookTrip' : 'ActivateCampaign', { amount: 60, campaign: 'A' }),
      );
      const screen = await render(Statechart, propsOf(run));
      await document.fonts.ready;
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      expect(faults()).toEqual([]);
      const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
      expect(violations.map(({ id }) => id)).toEqual([]);
      await screen.unmount();
    }
    document.body.style.width = '';
  });
});

/** Texts that lie over each other, and those that stick out of their state, their card or the picture. */
function faults(): string[] {
  const found: string[] = [];
  const texts = [...document.querySelectorAll('svg text')].map((element) => ({
    element,
    box: element.getBoundingClientRect(),
  }));
  for (const [index, a] of texts.entries()) {
    const holder = (
      a.element.closest('.state, .card')?.querySelector('rect') ?? a.element.closest('svg')!
    ).getBoundingClientRect();
    const out = Math.max(holder.left - a.box.left, a.box.right - holder.right);
    if (a.box.width > 0 && out > 1) found.push(`${a.element.textContent.trim()} sticks out by ${out.toFixed(1)}`);
    for (const b of texts.slice(index + 1)) {
      const x = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const y = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      if (x > 1 && y > 3.5) found.push(`${a.element.textContent.trim()} / ${b.element.textContent.trim()}`);
    }
  }
  return found;
}

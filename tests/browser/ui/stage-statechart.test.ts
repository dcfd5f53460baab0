/** The statechart inside its panel on the stage: in every flow with one, wide and narrow, whatever happens. */
import { afterAll, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../src/ui/theme/base.css';
import type { Flow, Input, Options } from '../../../src/trace/scenario.ts';
import { speak } from '../../../src/ui/i18n/i18n.svelte.ts';
import Stage from '../../../src/ui/stage/Stage.svelte';
import { foundAlong, overlaps, resize, sticksOut, textOverlaps } from './drawn.ts';
import { StillRun } from './still-run.svelte.ts';

afterAll(() => speak('en'));

const command = (at: number, name: string, payload = {}): Input => ({ at, kind: 'command', name, payload });
const silent: Input = { at: 0, kind: 'failure', failure: { type: 'silence', service: 'publishing' } };

const runs: [Flow, Partial<Options>, ...Input[]][] = [
  ['campaign', { saga: 'guarded' }, silent, command(100, 'ActivateCampaign'), command(9000, 'DeactivateCampaign')],
  ['campaign', { saga: 'guarded', lateSuccess: 'accept', contradiction: 'newestWins' }, command(0, 'ActivateCampaign')],
  ['campaign', { saga: 'eventSourced', consumers: 'competing' }, command(0, 'ActivateCampaign')],
  ['trip', {}, command(0, 'BookTrip', { destination: 'Tokyo' }), command(5000, 'CancelTrip')],
  ['trip', { saga: 'eventSourced', consumers: 'competing' }, command(0, 'BookTrip', { destination: 'Paris' })],
  ['budget', {}, command(0, 'ActivateCampaign', { campaign: 'A', amount: 120 })],
];

describe.each([
  ['wide', 860, 740],
  ['narrow', 390, 900],
] as const)('on a %s stage', (_name, width, height) => {
  test.each(runs)('of %s, %o', async (flow, options, ...inputs) => {
    const run = new StillRun(options, flow);
    run.scenario = { ...run.scenario, inputs };
    run.first();
    await page.viewport(width + 20, height + 40);
    await render(Stage, { run });
    await resize(width, height);
    const found = await foundAlong(run, 8, () => [
      ...textOverlaps(),
      ...sticksOut(),
      ...overlaps('.chart .state rect:not(.flash)'),
    ]);
    expect(document.querySelectorAll('.chart .state').length).toBeGreaterThan(3);
    expect([...found.keys()]).toEqual([]);
  });
});

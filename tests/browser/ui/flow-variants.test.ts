/** The flows with a saga on the stage, at rest and at work, whatever is chosen: no text over another, none cut off. */
import axe from 'axe-core';
import { afterAll, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../src/ui/theme/base.css';
import { speak } from '../../../src/ui/i18n/i18n.svelte.ts';
import Stage from '../../../src/ui/stage/Stage.svelte';
import type { Failure, Flow, Input, Options } from '../../../src/trace/scenario.ts';
import { crowded, drawn, foundAlong, resize } from './drawn.ts';
import { flowRun, type Command } from './still-run.svelte.ts';

const now = (failure: Failure): Input => ({ at: 0, kind: 'failure', failure });
const crash = (process: string, point: string) => now({ type: 'crash', process, point, restartAfter: 1500 });

const inFlow: Record<Flow, readonly Command[]> = {
  campaign: [
    ['ActivateCampaign'],
    ['ActivateCampaign', { id: '124' }],
    ['RejectPublishing', { id: '124' }, 3000],
    ['DeactivateCampaign', { reason: 'enough' }],
  ],
  trip: [
    ['BookTrip', { destination: 'Tokyo' }],
    ['RejectRoute', {}, 900],
    ['BookTrip', { id: 'T2', destination: 'Paris' }],
    ['RefuseHotel', {}, 2700],
    ['CancelTrip', { id: 'T2' }, 2000],
  ],
  budget: [
    ['ActivateCampaign', { campaign: 'A', amount: 60 }],
    ['ActivateCampaign', { campaign: 'B', amount: 70 }],
    ['RecordViews', { campaign: 'A', views: 12 }],
    ['ActivateCampaign', { campaign: 'C', amount: 20 }],
    ['ActivateCampaign', { campaign: 'D', amount: 10 }],
    ['DeactivateCampaign', { campaign: 'A' }],
    ['ChangeBudget', { amount: 80 }],
  ],
};

const variants: [Flow, Partial<Options>, ...Input[]][] = [
  ['campaign', { saga: 'guarded' }, crash('consumer:saga', 'after:commitInstance')],
  ['campaign', { saga: 'guarded', bus: 'log', relays: 2 }, now({ type: 'silence', service: 'publishing' })],
  ['campaign', { saga: 'guarded', consumers: 'competing', cleanup: 'on' }, crash('relay', 'before:markSent')],
  [
    'campaign',
    { saga: 'guarded', bus: 'pubsub', relay: 'logTailing' },
    now({ type: 'drop', subscription: 'publishing' }),
  ],
  ['campaign', { saga: 'eventSourced', publish: 'afterCommit' }, now({ type: 'busDown', for: 2000 })],
  ['campaign', { saga: 'stateless', outbox: 'document' }, crash('consumer:saga', 'after:callParticipant')],
  ['campaign', { saga: 'guarded', sending: 'direct', relay: 'cursorPolling', inbox: 'sameTransaction' }],
  ['trip', {}, now({ type: 'silence', service: 'hotel' })],
  ['trip', { saga: 'eventSourced', bus: 'log', consumers: 'competing' }, crash('service', 'before:commitInstance')],
  ['trip', { sending: 'direct', bus: 'pubsub' }, now({ type: 'delay', subscription: 'airline', by: 6000 })],
  ['trip', { consumers: 'competing', instances: 'locked' }, now({ type: 'duplicate', subscription: 'hotel' })],
  ['budget', {}, now({ type: 'slow', process: 'consumer:saga', by: 2000 })],
  ['budget', { bus: 'log', relays: 2, cleanup: 'on' }, crash('consumer:saga', 'before:commitInstance')],
  ['budget', { bus: 'pubsub', relay: 'logTailing', consumers: 'competing' }],
  ['budget', { boundary: 'together', relays: 2 }, crash('service', 'after:commit')],
  ['budget', { boundary: 'tooLarge', bus: 'log', writes: 'optimistic' }],
  ['budget', { boundary: 'together', bus: 'pubsub', cleanup: 'on' }, crash('relay', 'before:markPublished')],
];

afterAll(() => speak('en'));

describe.each([
  ['wide', 860, 740, 'en'],
  ['narrow', 390, 700, 'en'],
  ['wide', 860, 740, 'ko'],
  ['narrow', 390, 700, 'ko'],
] as const)('on a %s stage, %i by %i, in %s', (_name, width, height, language) => {
  test.each(variants.map((variant) => [`${variant[0]} ${Object.values(variant[1]).join(' ')}`, variant] as const))(
    '%s',
    async (_what, [flow, options, ...failures]) => {
      await speak(language);
      const run = flowRun(flow, options, inFlow[flow], ...failures);
      run.first();
      await page.viewport(width + 20, height + 40);
      await render(Stage, { run });
      await drawn();
      await resize(width, height);
      const found = await foundAlong(run, 10, crowded);
      expect([...found].map(([what, cursor]) => `${what} at ${cursor}`)).toEqual([]);
    },
  );
});

test.each([
  ['campaign', { saga: 'guarded' }],
  ['trip', {}],
  ['budget', {}],
] as const)('axe finds nothing, as a picture and as a list: %s', { timeout: 30_000 }, async (flow, options) => {
  await speak('en');
  const run = flowRun(flow, options, inFlow[flow]);
  await page.viewport(900, 780);
  await render(Stage, { run });
  await drawn();
  await resize(860, 740);
  const sound = async () => expect((await axe.run(document.body)).violations.map(({ id }) => id)).toEqual([]);
  await sound();
  await page.getByRole('button', { name: 'List view' }).click();
  await expect
    .element(page.getByRole('heading', { name: 'Rows of commands' }).or(page.getByText('Rows of commands')))
    .toBeInTheDocument();
  await sound();
});

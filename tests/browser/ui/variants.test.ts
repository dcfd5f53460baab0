/** Every kind of relay, outbox, bus and consumer on the stage, at rest and at work: no text over another, none cut off. */
import { afterAll, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../src/ui/theme/base.css';
import { speak } from '../../../src/ui/i18n/i18n.svelte.ts';
import Stage from '../../../src/ui/stage/Stage.svelte';
import type { Failure, Input, Options } from '../../../src/trace/scenario.ts';
import { crowded, foundAlong, resize } from './drawn.ts';
import { busyRun } from './still-run.svelte.ts';

const now = (failure: Failure): Input => ({ at: 0, kind: 'failure', failure });
const crash = (process: string, point: string) => now({ type: 'crash', process, point, restartAfter: 1500 });

const variants: [Partial<Options>, ...Input[]][] = [
  [{ publish: 'afterCommit' }, crash('service', 'after:commit')],
  [{ relays: 2, claim: 'row' }, crash('relay', 'before:markPublished')],
  [{ relays: 2, claim: 'aggregate', bus: 'log' }, now({ type: 'slow', process: 'relay', by: 3000 })],
  [{ relay: 'cursorPolling', writes: 'optimistic', fence: 'on', cleanup: 'on' }, now({ type: 'busDown', for: 2000 })],
  [{ relay: 'logTailing', retention: 'short' }, crash('relay', 'after:fetchChanges')],
  [{ relay: 'logTailing', relays: 2, bus: 'pubsub', consumers: 'competing', afterPublish: 'markFirst' }],
  [{ outbox: 'document', relays: 2, claim: 'aggregate', afterPublish: 'delete' }],
  [
    { outbox: 'document', relay: 'logTailing', bus: 'log', consumers: 'competing' },
    now({ type: 'rebalance', subscription: 'billing' }),
  ],
  [{ failingRow: 'park', cleanup: 'on', bus: 'log' }, now({ type: 'refusePublish' })],
  [{ bus: 'pubsub', inbox: 'version' }, crash('consumer:billing', 'before:apply')],
  [{ consumers: 'competing', inbox: 'before', requeue: 'tail' }, now({ type: 'redeliver', subscription: 'billing' })],
  [{ inbox: 'after' }, now({ type: 'consumerFails', subscription: 'billing', times: 7 })],
];

const nameOf = ([options]: (typeof variants)[number]) => Object.values(options).join(' ');

afterAll(() => speak('en'));

describe.each([
  ['wide', 860, 740, 'en'],
  ['narrow', 390, 700, 'en'],
  ['wide', 860, 740, 'ko'],
  ['narrow', 390, 700, 'ko'],
] as const)('on a %s stage, %i by %i, in %s', (_name, width, height, language) => {
  test.each(variants.map((variant) => [nameOf(variant), variant] as const))(
    '%s',
    async (_what, [options, ...failures]) => {
      await speak(language);
      const run = busyRun(options, 6, ...failures);
      run.first();
      await page.viewport(width + 20, height + 40);
      await render(Stage, { run });
      await resize(width, height);
      const found = await foundAlong(run, 8, crowded);
      expect([...found.keys()]).toEqual([]);
    },
  );
});

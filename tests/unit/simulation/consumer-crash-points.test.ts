import { expect, test } from 'vitest';
import { consumersOf } from '../../../src/simulation/flow.ts';
import { effectsOf } from '../../../src/trace/crash-points.ts';
import { completeOptions } from '../../../src/simulation/options.ts';
import type { RecordKind } from '../../../src/trace/record.ts';
import type { Options } from '../../../src/trace/scenario.ts';
import { activate, all, deactivate, fail, play, settle } from '../../support/story.ts';

/** The record that says an effect has been performed. */
const outcomes: Record<string, RecordKind> = {
  checkInbox: 'inbox.checked',
  recordInbox: 'inbox.recorded',
  apply: 'consumer.effectApplied',
  acknowledge: 'bus.acknowledged',
};

type Case = Pick<Options, 'bus' | 'consumers' | 'inbox'> & {
  process: string;
  effect: string;
  when: 'before' | 'after';
};

const cases = (['queue', 'pubsub', 'log'] as const).flatMap((bus) =>
  (['single', 'competing'] as const).flatMap((consumers) =>
    (['none', 'sameTransaction', 'before', 'after', 'version'] as const).flatMap((inbox): Case[] => {
      const options = completeOptions({ flow: 'campaign', options: { bus, consumers, inbox } });
      const processes = consumersOf('billing', options);
      return processes.flatMap((process) =>
        effectsOf(process, options).flatMap((effect) =>
          (['before', 'after'] as const).map((when) => ({ bus, consumers, inbox, process, effect, when })),
        ),
      );
    }),
  ),
);

test('there are points for every consumer', () => {
  const handling = 1 + 1 + 2 + 3 + 1;
  expect(cases.length).toBe(2 * 3 * (2 * (handling + 5) + handling));
});

test.each(cases)(
  '$bus $consumers $inbox: $process dies $when $effect, once',
  ({ process, effect, when, ...options }) => {
    const point = `${when}:${effect}`;
    const trace = play(
      options,
      // the first one is busy, so that the second has something to do
      ...(process.endsWith('-2') ? [fail({ type: 'slow', process: 'consumer:billing', by: 2500 })] : []),
      fail({ type: 'crash', process, point, restartAfter: 900 }),
      activate(),
      activate(100, '124'),
      deactivate(200),
      deactivate(12_000, '124'),
      settle(40_000),
    );
    const crashes = all(trace, 'process.crashed');
    expect(crashes).toMatchObject([{ process, point }]);
    const crash = crashes[0]!;
    const performed = trace.records.some(
      (record) => record.at === crash.at && record.seq < crash.seq && record.kind === outcomes[effect],
    );
    expect(performed).toBe(when === 'after');
    expect(trace.records.at(-1)).toMatchObject({ kind: 'run.settled', quiet: true });
    // nothing is stuck: the last event is handled by everybody, and all handlers have come to an end
    const handled = [...all(trace, 'bus.delivered'), ...all(trace, 'bus.redelivered')];
    const last = all(trace, 'bus.accepted').at(-1)!;
    expect(
      new Set(handled.filter(({ eventId }) => eventId === last.eventId).map(({ subscription }) => subscription)),
    ).toEqual(new Set(['adServing', 'billing']));
    expect(all(trace, 'task.started').length).toBe(all(trace, 'task.ended').length);
    if (options.bus !== 'pubsub') {
      const messages = all(trace, 'bus.accepted').flatMap((accepted) =>
        accepted.messages.map(({ message }) => message),
      );
      expect(new Set(all(trace, 'bus.acknowledged').map(({ message }) => message))).toEqual(new Set(messages));
    }
  },
);

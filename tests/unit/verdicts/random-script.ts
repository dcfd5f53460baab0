/**
 * Random traces: some like those of a run, with a few things gone wrong; others such as no run would write. So verdicts and
 * views prove to be total, and to agree with others.
 */
import fc from 'fast-check';
import { defaultOptions } from '../../../src/trace/defaults.ts';
import { conflictOf } from '../../../src/trace/option-rules.ts';
import { optionValues } from '../../../src/trace/option-values.ts';
import type { EventRef, TraceRecord } from '../../../src/trace/record.ts';
import type { Options } from '../../../src/trace/scenario.ts';
import type { Setting } from '../../../src/verdicts/setting.ts';
import { lifeOf, type Fate, type Move } from './life.ts';
import { mishaps } from './mishaps.ts';
import { Run, subscriptions } from './run.ts';
import { event } from './script.ts';

export { subscriptions } from './run.ts';

export interface RandomTrace {
  records: readonly TraceRecord[];
  setting: Setting;
}

const events = [
  event(2),
  event(3, '123', 'CampaignDeactivated'),
  event(2, '456'),
  event(3, '456', 'CampaignDeactivated'),
];

const any = <K extends keyof Options>(name: K) =>
  fc.constantFrom(...(optionValues[name] as unknown as readonly Options[K][]));

/** Options that go together: what can't stand beside the others is as it is by default. */
export const randomOptions: fc.Arbitrary<Options> = fc
  .record({
    publish: fc.constantFrom<Options['publish']>(
      'outbox',
      'outbox',
      'outbox',
      'outbox',
      'afterCommit',
      'insideAggregate',
    ),
    outbox: any('outbox'),
    relay: any('relay'),
    relays: any('relays'),
    claim: any('claim'),
    afterPublish: any('afterPublish'),
    bus: any('bus'),
    inbox: any('inbox'),
    dedupWindow: any('dedupWindow'),
    cleanup: any('cleanup'),
    failingRow: any('failingRow'),
  })
  .map((chosen) => {
    let options: Options = { ...defaultOptions, ...chosen };
    for (let conflict = conflictOf(options); conflict !== null; conflict = conflictOf(options)) {
      options = { ...options, [conflict.name]: defaultOptions[conflict.name] };
    }
    return options;
  });

const whom = fc.constantFrom(...subscriptions);
const which = fc.constantFrom(...events);
const copy = fc.integer({ min: 1, max: 2 });
const doer = fc.constantFrom('service', 'relay', 'relay-2', 'consumer:billing');

/** Something odd, and what it is about. */
const mishap = fc.record({ what: fc.nat(mishaps.length - 1), about: which, whom, copy, doer }).map(
  ({ what, ...rest }): Move =>
    (script) =>
      mishaps[what]!(script, { row: events.indexOf(rest.about) + 1, ...rest }),
);

/** What is done to a trace in which all goes well. */
type Edit = { at: number; what: 'drop' | 'again' | 'late' | 'mishap' | 'settle'; by: number; mishap: Move };
const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat(200),
  what: fc.constantFrom('drop', 'drop', 'again', 'late', 'late', 'mishap', 'mishap', 'settle'),
  by: fc.integer({ min: 1, max: 25 }),
  mishap,
});

const fate = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Fate>('told') },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Fate>(
      'rolledBack',
      'uncaptured',
      // two that only together block the rows of others
      'left',
      'left',
      'tooLarge',
      'tooLarge',
      'parked',
      'cut',
      'dead',
      'altered',
    ),
  },
);

const settle: Move = (script) => script.settle();

function edited(moves: readonly Move[], edits: readonly Edit[]): Move[] {
  const all = [...moves];
  for (const { at, what, by, mishap: odd } of edits) {
    const index = at % (all.length + 1);
    const move = all[index];
    if (what === 'mishap' || move === undefined) all.splice(index, 0, odd);
    else if (what === 'settle') all.splice(index, 0, settle);
    else if (what === 'again') all.splice(index + by, 0, move);
    else all.splice(index, 1);
    if (what === 'late' && move) all.splice(index + by, 0, move);
  }
  return all;
}

/** Several lists as one, each in its order. */
function merged(lists: readonly (readonly Move[])[], turns: readonly number[]): Move[] {
  const left = lists.map((list) => [...list]).filter((list) => list.length > 0);
  const all: Move[] = [];
  for (let i = 0; left.length > 0; i++) {
    const turn = (turns[i % turns.length] ?? 0) % left.length;
    all.push(left[turn]!.shift()!);
    if (left[turn]!.length === 0) left.splice(turn, 1);
  }
  return all;
}

function play(options: Options, moves: readonly Move[]): RandomTrace {
  const script = new Run(options);
  for (const move of moves) move(script);
  return { records: script.records, setting: script.setting };
}

/** A trace that might almost be a run's, with up to a few mishaps. */
export const plausible: fc.Arbitrary<RandomTrace> = fc
  .record({
    options: randomOptions,
    whose: fc.subarray(events, { minLength: 1 }),
    fates: fc.array(fate, { minLength: events.length, maxLength: events.length }),
    turns: fc.array(fc.nat(3), { minLength: 1, maxLength: 12 }),
    together: fc.boolean(),
    edits: fc.array(edit, { maxLength: 4 }),
    quiet: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
  })
  .map(({ options, whose, fates, turns, together, edits, quiet }) => {
    const lives = whose.map((one: EventRef, i) => lifeOf(one, events.indexOf(one) + 1, options, fates[i]));
    const moves = together ? merged(lives, turns) : lives.flat();
    return play(options, [...edited(moves, edits), (script) => script.settle(quiet)]);
  });

/** A trace of up to some three hundred records without any sense. */
const senseless: fc.Arbitrary<RandomTrace> = fc
  .record({ options: randomOptions, moves: fc.array(mishap, { maxLength: 120 }) })
  .map(({ options, moves }) => play(options, moves));

export const randomScript: fc.Arbitrary<RandomTrace> = fc.oneof(
  { weight: 3, arbitrary: plausible },
  { weight: 1, arbitrary: senseless },
);

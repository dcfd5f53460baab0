import { describe, expect, test } from 'vitest';
import { defaultsOf } from '../../../src/trace/defaults.ts';
import { withOption } from '../../../src/trace/option-rules.ts';
import { flows, optionValues } from '../../../src/trace/option-values.ts';
import type { Flow, Options } from '../../../src/trace/scenario.ts';
import type { Verdict, Verdicts } from '../../../src/trace/trace.ts';
import { enHelp } from '../../../src/ui/i18n/en-help.ts';
import { enPromiseNotes } from '../../../src/ui/i18n/en-promise-notes.ts';
import { koHelp } from '../../../src/ui/i18n/ko-help.ts';
import { koPromiseNotes } from '../../../src/ui/i18n/ko-promise-notes.ts';
import { subjects } from '../../../src/ui/controls/promise-subjects.ts';
import { guarded, isHarmless, rowOf } from '../../../src/ui/promises.ts';
import { promises } from '../../../src/verdicts/promises.ts';

const ids = promises.map(({ id }) => id);
const main = ids.slice(0, 8);

/** Everything that is judged in a flow under its defaults holds. */
const ofFlow = (flow: Flow): Verdicts =>
  Object.fromEntries(
    promises.flatMap(({ id, applies }) =>
      (applies?.(defaultsOf(flow), flow) ?? true) ? [[id, { status: 'holds' }]] : [],
    ),
  );

/** All promises hold, but for these. */
const judged = (but: Record<string, Verdict | Verdict['status']> = {}): Verdicts =>
  Object.fromEntries(
    ids.map((id) => {
      const verdict = but[id] ?? 'holds';
      return [id, typeof verdict === 'string' ? { status: verdict } : verdict];
    }),
  );
const broken = (at: number): Verdict => ({ status: 'broken', at });
const keys = (row: readonly { key: string }[]) => row.map(({ key }) => key);

describe('the row', () => {
  test('gives the eight their places, whatever becomes of them', () => {
    for (const but of [{}, { outboxDrains: broken(3) }, { delivered: 'parked', firstOrder: broken(9) }] as const) {
      const { shown, rest } = rowOf(judged(but));
      expect(keys(shown)).toEqual(main);
      expect(new Set(keys(rest))).toEqual(new Set(ids.slice(8)));
    }
  });

  test('gives the places of what does not apply to what the flow is about', () => {
    expect(keys(rowOf(ofFlow('campaign')).shown)).toEqual(main);
    expect(keys(rowOf(ofFlow('trip')).shown)).toEqual([
      'noPhantom',
      'noEarlyDelivery',
      'delivered',
      'noDuplicateDelivery',
      'firstOrder',
      'processEnds',
      'noContradiction',
      'compensationSound',
    ]);
    expect(keys(rowOf(ofFlow('budget')).shown).slice(-2)).toEqual(['boundaryKept', 'processEnds']);
  });

  test('leaves them free where there is nothing else', () => {
    const { outboxDrains: _, ...others } = ofFlow('campaign');
    expect(keys(rowOf(others).shown)).toEqual(main.slice(0, 7));
  });

  test('appends the others as they break, and what was there stays where it is', () => {
    const verdicts = judged({ noSkip: broken(5), gapFree: broken(8), queueDrains: 'parked' });
    const row = rowOf(verdicts);
    expect(keys(row.shown)).toEqual([...main, 'noSkip', 'gapFree', 'queueDrains']);
    expect(row.alarms).toBe(2);
    const later = rowOf({ ...verdicts, convergence: broken(20) });
    expect(keys(later.shown).slice(0, 10)).toEqual(keys(row.shown).slice(0, 10));
  });

  test('has no place for breaks that nothing has come of', () => {
    const row = rowOf(judged({ boundedOutbox: broken(2), monotone: broken(3) }));
    expect(keys(row.shown)).toEqual(main);
    expect(row.rest.filter(({ harmless }) => harmless).map(({ key }) => key)).toEqual(['monotone', 'boundedOutbox']);
  });
});

test('a second delivery is no alarm until its effect is doubled', () => {
  const once = judged({ noDuplicateDelivery: broken(4) });
  expect(isHarmless('noDuplicateDelivery', once)).toBe(true);
  expect(isHarmless('noDuplicateDelivery', { ...once, effectAtMostOnce: broken(5) })).toBe(false);
  expect(isHarmless('delivered', judged({ delivered: broken(4) }))).toBe(false);
});

test('a command that was lost is no alarm where the process has come to its end', () => {
  const lost = judged({ commandsExecuted: broken(4) });
  expect(isHarmless('commandsExecuted', lost)).toBe(true);
  expect(isHarmless('commandsExecuted', { ...lost, processEnds: broken(9) })).toBe(false);
  expect(isHarmless('commandRecorded', judged({ commandRecorded: broken(1), processEnds: broken(9) }))).toBe(false);
});

test('every promise has one subject', () => {
  expect(Object.values(subjects).flat().toSorted()).toEqual(ids.toSorted());
});

/** In each flow, options that differ from its defaults in one value, or in one and what it needs. */
const variants = flows.flatMap((flow) =>
  Object.entries(optionValues).flatMap(([name, values]) =>
    values.map((value) => ({
      flow,
      options: withOption(defaultsOf(flow), name as keyof Options, value as never, flow),
    })),
  ),
);

describe.each([
  ['en', enPromiseNotes],
  ['ko', koPromiseNotes],
])('the notes in %s', (_, notes) => {
  test('say when a promise is judged that is not always', () => {
    const sometimes = promises.filter(
      ({ applies }) => applies && variants.some(({ options, flow }) => !applies(options, flow)),
    );
    expect(sometimes.length).toBeGreaterThan(5);
    for (const { id } of sometimes) expect(notes.only(id), id).not.toBe(notes.only('nothing'));
    for (const { id } of promises)
      if (!sometimes.some((one) => one.id === id)) expect(notes.only(id)).toBe(notes.only(''));
  });

  test('say why a break is no alarm', () => {
    for (const key of Object.keys(guarded)) expect(notes.harmless(key), key).not.toBe('');
  });
});

test('the help says the same things in both languages, and Korean is Korean', () => {
  const paths = (table: object, path = ''): string[] =>
    Object.entries(table).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'string' ? [`${path}${key}`] : paths(value as object, `${path}${key}.`),
    );
  expect(paths(koHelp)).toEqual(paths(enHelp));
  for (const table of [koHelp.rules, koHelp.terms, koHelp.messageTerms])
    for (const text of Object.values(table)) expect(text).toMatch(/(니다|십시오)\.$/);
});

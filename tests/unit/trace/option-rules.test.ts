import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultOptions } from '../../../src/trace/defaults.ts';
import { changeOptions, conflictOf, reasonAgainst, withOption } from '../../../src/trace/option-rules.ts';
import { optionNames, optionValues } from '../../../src/trace/option-values.ts';
import type { Options } from '../../../src/trace/scenario.ts';
import { chapterOptions, chosen, combinations } from '../../support/combinations.ts';

const choices = fc.array(fc.tuple(fc.constantFrom(...optionNames), fc.nat(4)), { maxLength: 12 });

test('the defaults go together', () => {
  expect(conflictOf(defaultOptions)).toBeNull();
});

test('whatever is chosen one after the other goes together', () => {
  fc.assert(
    fc.property(choices, (made) => {
      expect(conflictOf(chosen(made))).toBeNull();
    }),
  );
});

test('what goes with the other options is kept as it was asked for, and nothing else changes', () => {
  fc.assert(
    fc.property(choices, fc.constantFrom(...optionNames), fc.nat(4), (made, name, index) => {
      const options = chosen(made);
      const values: readonly unknown[] = optionValues[name];
      const value = values[index % values.length] as never;
      const next = withOption(options, name, value);
      if (reasonAgainst(options, name, value) === null) expect(next[name]).toBe(value);
      for (const other of optionNames) {
        if (other === name || next[other] === options[other]) continue;
        // what was reset had become impossible
        expect(next[other]).toBe(defaultOptions[other]);
      }
    }),
  );
});

test.each<[Partial<Options>, keyof Options, string]>([
  [{ publish: 'afterCommit', relays: 2 }, 'relays', 'needsOutbox'],
  [{ outbox: 'document', relay: 'cursorPolling' }, 'relay', 'needsTable'],
  [{ claim: 'row' }, 'claim', 'needsTwoRelays'],
  [{ relays: 2, claim: 'row', outbox: 'document' }, 'claim', 'needsTable'],
  [{ relays: 2, claim: 'aggregate', relay: 'logTailing' }, 'relay', 'notBesideClaims'],
  [{ bus: 'log', requeue: 'tail' }, 'requeue', 'needsQueue'],
  [{ bus: 'pubsub', confirm: 'none' }, 'confirm', 'needsConfirmation'],
  [{ afterPublish: 'markFirst', marking: 'batch' }, 'marking', 'notBesideMarkFirst'],
  [{ afterPublish: 'delete', cleanup: 'on' }, 'cleanup', 'needsMarking'],
  [{ fence: 'on' }, 'fence', 'needsCursorPolling'],
  [{ retention: 'short' }, 'retention', 'needsLogTailing'],
  [{ relayWrites: 'unchecked' }, 'relayWrites', 'needsDocument'],
  [{ dedupWindow: 'short' }, 'dedupWindow', 'needsInbox'],
])('%j is refused for %s: %s', (options, name, reason) => {
  expect(conflictOf({ ...defaultOptions, ...options })).toEqual({ name, reason });
});

test('every option of the chapter goes with something in each of its values', () => {
  const { sensible, others } = combinations(chapterOptions);
  expect(others.length).toBeGreaterThan(0);
  for (const name of chapterOptions) {
    for (const value of optionValues[name]) {
      expect(
        sensible.some((options) => options[name] === value),
        `${name} = ${value}`,
      ).toBe(true);
    }
  }
});

test('a scenario goes on naming what it named, and names what was changed and what had to follow', () => {
  expect(changeOptions({ publish: 'insideAggregate' }, { publish: 'outbox' })).toEqual({ publish: 'outbox' });
  expect(changeOptions({}, { claim: 'row', relays: 2 })).toEqual({ claim: 'row', relays: 2 });
  expect(changeOptions({ claim: 'row', relays: 2 }, { relays: 1 })).toEqual({ claim: 'none', relays: 1 });
  expect(changeOptions({ relays: 2 }, { publish: 'afterCommit' })).toEqual({ publish: 'afterCommit', relays: 1 });
  expect(changeOptions(undefined, {})).toEqual({});
});

/**
 * What a scenario must be, wherever it comes from. Keys this version doesn't know are left out (`read.ts` says so in a
 * warning); values it doesn't know are refused, for they would run as something else.
 */
import * as v from 'valibot';
import { flows, optionNames, optionValues } from './option-values.ts';
import type { Failure, Input, Intervention, Options, Scenario } from './scenario.ts';
import { count, maxName, name, payload, text, time } from './schema-parts.ts';

export const maxInputs = 20_000;
export const maxChoices = 100_000;

type OptionEntries = {
  [K in keyof Options]: v.ExactOptionalSchema<v.PicklistSchema<readonly Options[K][], undefined>, undefined>;
};

const optionEntries: unknown = Object.fromEntries(
  optionNames.map((key) => [key, v.exactOptional(v.picklist(optionValues[key]))]),
);

export const optionsSchema = v.object(optionEntries as OptionEntries) satisfies v.GenericSchema<
  unknown,
  Partial<Options>
>;

const maybe = v.exactOptional(name);

const failure = <const T extends string, E extends v.ObjectEntries>(type: T, entries: E) =>
  v.object({ type: v.literal(type), ...entries });

export const failureSchema = v.variant('type', [
  failure('crash', { process: name, point: maybe, restartAfter: v.exactOptional(time) }),
  failure('restart', { process: name }),
  failure('abortTransaction', { process: maybe }),
  failure('busDown', { for: time }),
  failure('refusePublish', {}),
  failure('loseConfirmation', {}),
  v.object({
    type: v.picklist(['drop', 'duplicate', 'delay', 'deliverNow']),
    message: maybe,
    subscription: maybe,
    by: v.exactOptional(time),
  }),
  failure('consumerFails', { subscription: name, times: count }),
  failure('redeliver', { subscription: name }),
  failure('rebalance', { subscription: name }),
  failure('silence', { service: name }),
  failure('expireLease', { process: name }),
  failure('slow', { process: name, by: time }),
]) satisfies v.GenericSchema<unknown, Failure>;

export const interventionSchema = v.variant('type', [
  v.object({ type: v.literal('redrive'), subscription: name, message: maybe }),
  v.object({ type: v.literal('unpark') }),
  v.object({ type: v.literal('replay'), subscription: name, offset: count }),
]) satisfies v.GenericSchema<unknown, Intervention>;

export const inputSchema = v.variant('kind', [
  v.object({ at: time, kind: v.literal('command'), name, payload: v.exactOptional(payload) }),
  v.object({ at: time, kind: v.literal('failure'), failure: failureSchema }),
  v.object({ at: time, kind: v.literal('intervention'), intervention: interventionSchema }),
  v.object({ at: time, kind: v.literal('disarm'), input: count }),
  v.object({ at: time, kind: v.literal('settle') }),
]) satisfies v.GenericSchema<unknown, Input>;

export const scenarioSchema = v.object({
  format: v.literal('sagascope/scenario'),
  version: v.literal(1),
  title: maybe,
  notes: v.exactOptional(text),
  flow: v.picklist(flows),
  options: v.exactOptional(optionsSchema),
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff)),
  inputs: v.pipe(v.array(inputSchema), v.maxLength(maxInputs), inOrder<Input>()),
  choices: v.exactOptional(v.pipe(v.array(count), v.maxLength(maxChoices))),
}) satisfies v.GenericSchema<unknown, Scenario>;

/** `at` never decreases. */
export function inOrder<T extends { at: number }>() {
  return v.rawCheck<T[]>(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const wrong = dataset.value.findIndex((item, i, all) => i > 0 && item.at < all[i - 1]!.at);
    if (wrong > 0)
      addIssue(issueAt(dataset.value, wrong, 'at', `at least ${dataset.value[wrong - 1]!.at}, the one before`));
  });
}

/** An issue of `list[index].key`, in valibot's terms. */
export function issueAt<T extends object>(list: T[], index: number, key: keyof T & string, expected: string) {
  const item = list[index]!;
  const value = item[key];
  return {
    message: `Expected ${expected}, but received ${String(value).slice(0, maxName)}`,
    path: [
      { type: 'array', origin: 'value', input: list, key: index, value: item },
      { type: 'object', origin: 'value', input: item as Record<string, unknown>, key, value },
    ] satisfies v.IssuePathItem[] as [v.IssuePathItem, ...v.IssuePathItem[]],
  };
}

/** Which run an address means: its scene, its flow, its options. */
import { expect, test } from 'vitest';
import { readAddress } from '../../../src/trace/address.ts';
import type { Scenario } from '../../../src/trace/scenario.ts';
import { meansTheSame } from '../../../src/ui/live/address.ts';

const run = (flow: Scenario['flow'], options: Scenario['options'] = {}, title?: string): Scenario => ({
  format: 'sagascope/scenario',
  version: 1,
  ...(title && { title }),
  flow,
  seed: 1,
  options,
  inputs: [],
});

const means = (search: string, scenario: Scenario) => meansTheSame(readAddress(search), scenario);

test('one that names nothing means any run', () => {
  expect(means('', run('trip'))).toBe(true);
  expect(means('', run('campaign', { bus: 'log' }))).toBe(true);
});

test('a flow is meant with its options', () => {
  expect(means('?flow=trip', run('trip', { bus: 'log' }))).toBe(true);
  expect(means('?flow=trip', run('campaign'))).toBe(false);
  expect(means('?flow=trip&bus=log', run('trip', { bus: 'log' }))).toBe(true);
  expect(means('?flow=trip&bus=log', run('trip'))).toBe(false);
  // what the flow has by itself may be named
  expect(means('?flow=trip&saga=guarded&bus=log', run('trip', { bus: 'log' }))).toBe(true);
});

test('options without a flow are the campaign’s', () => {
  expect(means('?bus=log', run('campaign', { bus: 'log' }))).toBe(true);
  expect(means('?bus=log', run('trip', { bus: 'log' }))).toBe(false);
  // whoever answers, answers a saga
  expect(means('?answers=automatic', run('campaign', { saga: 'guarded' }))).toBe(true);
});

test('a scene says which flow it is', () => {
  expect(means('?scene=F60&bus=log', run('trip', { bus: 'log' }, 'F60'))).toBe(true);
  expect(means('?scene=F60', run('trip', {}, 'F61'))).toBe(false);
});

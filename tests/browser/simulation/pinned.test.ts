import { expect, test } from 'vitest';
import { simulate } from '../../../src/simulation/simulate.ts';
import { pinned } from '../../support/pinned.ts';

test.each(pinned)('$scenario.title: the hash of a run is the one that Node gets', ({ scenario, hash }) => {
  expect(simulate(scenario).hash).toBe(hash);
});

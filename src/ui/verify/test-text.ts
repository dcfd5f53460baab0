/** A counterexample as the text of a Vitest file that needs nothing but the simulation. */
import type { Scenario } from '../../trace/scenario.ts';

/** The test says what is so: that the promise is broken in this run. Whoever mends that turns it round. */
export function testOf(scenario: Scenario, promise: string): string {
  const literal = JSON.stringify(scenario, null, 2);
  return `import { expect, test } from 'vitest';
import { simulate } from '../src/simulation/simulate.ts';
import type { Scenario } from '../src/trace/scenario.ts';

const scenario: Scenario = ${literal};

test(${JSON.stringify(`${promise} is broken`)}, () => {
  expect(simulate(scenario).verdicts[${JSON.stringify(promise)}]?.status).toBe('broken');
});
`;
}

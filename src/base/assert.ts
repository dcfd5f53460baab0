/**
 * States what must be true here. A failure is a defect of this program, never of its input.
 * @throws Error naming what does not hold
 */
export function assert(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${what}`);
}

/** For a `switch` that must name every case: the type checker complains where one is missing. @throws Error always */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}

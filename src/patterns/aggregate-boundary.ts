/** Stub. */
export function* boundaryCommand(): Generator<never> {}

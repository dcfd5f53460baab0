/** Times that run down, rounded so that a text changes ten times a second at most. */

/** Virtual ms until a moment, in steps of 100; 0 once it has come. */
export const timeLeft = (until: number, time: number): number => Math.ceil(Math.max(0, until - time) / 100) * 100;

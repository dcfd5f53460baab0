import { writeFileSync } from 'node:fs';

/** @typedef {import('vitest/reporters').Reporter} Reporter */
/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * The last line of a test run: `N passed, N failed`, then `, N skipped` if there are any.
 * @param {Counts} counts
 */
export const closingLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;

/**
 * Vitest reporter that counts. Under `npm test` it hands the counts on, so that the line comes last of all;
 * else it prints it itself.
 * @implements {Reporter}
 */
export default class ClosingLine {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} errors outside any test
   */
  onTestRunEnd(modules, errors) {
    const counts = { passed: 0, failed: errors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) counts[test.result().state] += 1;
      // a file that fell over while loading, or a suite whose hooks failed
      counts.failed += module.errors().length;
      for (const suite of module.children.allSuites()) counts.failed += suite.errors().length;
    }
    // a test that never came to an end did not pass
    counts.failed += counts.pending;

    const file = process.env.TEST_COUNTS;
    if (file) writeFileSync(file, JSON.stringify(counts));
    else console.log(`\n${closingLine(counts)}`);
  }
}

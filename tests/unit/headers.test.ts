import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { headersFor, parseHeaders } from '../support/headers.ts';
import { top } from '../support/tree.ts';

const rules = parseHeaders(readFileSync(join(top, 'public/_headers'), 'utf8'));

test('every path has the policy; only hashed files may be kept', () => {
  for (const path of ['/', '/index.html', '/icon.svg', '/assets/index-abc.js']) {
    expect(headersFor(rules, path).get('Content-Security-Policy')).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(headersFor(rules, path).get('X-Content-Type-Options')).toBe('nosniff');
  }
  expect(headersFor(rules, '/').get('Cache-Control')).toBe('no-cache');
  expect(headersFor(rules, '/index.html').get('Cache-Control')).toBe('no-cache');
  expect(headersFor(rules, '/assets/index-abc.js').get('Cache-Control')).toBe('public,max-age=31536000,immutable');
  expect(headersFor(rules, '/icon.svg').has('Cache-Control')).toBe(false);
});

test('a line that is neither path nor header is refused', () => {
  expect(() => parseHeaders('  X-Lost: no path above')).toThrow('not understood');
  expect(() => parseHeaders('/*\n  no colon')).toThrow('not understood');
});

import { describe, expect } from 'vitest';
import { home, test, watchForTrouble } from '../support/page.ts';

/** What each line of code run in the page must be reported as. */
const troubles: [name: string, code: string, report: RegExp][] = [
  ['an error in the console', `console.error('planted')`, /console error: planted/],
  ['an uncaught error', `setTimeout(() => { throw new Error('planted') })`, /uncaught error: .*planted/],
  ['a rejection nobody handles', `void Promise.reject(new Error('planted'))`, /uncaught error: .*planted/],
  ['a missing file', `void fetch('./missing.json')`, /console error: .*404/],
  ['a request to another host', `void fetch('http://127.0.0.2:9/').catch(() => {})`, /policy: connect-src http:/],
  ['text that becomes HTML', `try { document.body.innerHTML = '<p>' } catch {}`, /policy: require-trusted-types-for/],
  ['a style in the markup', `document.body.setAttribute('style', 'color: red')`, /policy: style-src/],
];

describe('openPage notices', () => {
  test.for(troubles)('%s', async ([, code, report], { browser }) => {
    const context = await browser.newContext();
    const found = await watchForTrouble(context, new URL(home()).origin);
    const page = await context.newPage();
    await page.goto(home());
    expect(found).toEqual([]);
    await page.evaluate(code);
    await expect.poll(() => found.join('\n')).toMatch(report);
    await context.close();
  });

  // the policy stops these before they happen, so here is a page without one
  const blob = (code: string) => `URL.createObjectURL(new Blob([${JSON.stringify(code)}]))`;
  const beyondPolicy: [name: string, code: string, report: RegExp][] = [
    [
      'a picture from another host',
      `new Image().src = 'http://127.0.0.2:9/a.png'`,
      /request to another host: .*a\.png/,
    ],
    ['a web socket', `new WebSocket('ws://127.0.0.2:9/')`, /web socket: ws:/],
    ['an error in a worker', `new Worker(${blob("throw new Error('planted')")})`, /planted/],
    [
      'a request of a worker',
      `new Worker(${blob("fetch('http://127.0.0.2:9/b').catch(() => {})")})`,
      /another host: .*\/b/,
    ],
  ];
  test.for(beyondPolicy)('%s', async ([, code, report], { browser }) => {
    const context = await browser.newContext();
    const found = await watchForTrouble(context, new URL(home()).origin);
    await context.route('**/bare', (route) => route.fulfill({ contentType: 'text/html', body: '<title>bare</title>' }));
    const page = await context.newPage();
    await page.goto(`${home()}bare`);
    await page.evaluate(`void (${code})`);
    await expect.poll(() => found.join('\n')).toMatch(report);
    await context.close();
  });
});

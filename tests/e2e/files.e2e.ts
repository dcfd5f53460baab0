/** Files and links come from anywhere. What can't be opened is refused in words, and the run on the page stays. */
import type { Page } from 'playwright';
import { describe, expect } from 'vitest';
import { encodeLink } from '../../src/trace/link.ts';
import type { Scenario } from '../../src/trace/scenario.ts';
import type { Trace } from '../../src/trace/trace.ts';
import { home, test } from '../support/page.ts';
import {
  choose,
  ended,
  expectNothingLost,
  exported,
  importFile,
  playedTo,
  press,
  ready,
  rows,
  says,
  stepShown,
} from '../support/reader.ts';

const scenario: Scenario = {
  format: 'sagascope/scenario',
  version: 1,
  flow: 'campaign',
  seed: 3,
  inputs: [{ at: 0, kind: 'command', name: 'ActivateCampaign', payload: { id: 'another' } }],
};
const text = JSON.stringify(scenario);
const unchanged = 'The present run stays as it is.';

const refused: [name: string, content: string | Buffer, message: string][] = [
  ['an empty file', '', '(empty). It is empty. Export the trace again.'],
  ['no JSON', 'a run\n', '(notJson). It is not valid JSON. Was it cut off or edited? At 1:1.'],
  ['a file cut off', text.slice(0, 60), '(notJson). It is not valid JSON. Was it cut off or edited? At 1:61.'],
  [
    'no UTF-8',
    Buffer.from([0x7b, 0xff, 0xfe, 0x7d]),
    '(notUtf8). It is not UTF-8 text. Choose a file that ends in .sagascope.json.',
  ],
  [
    'a recording of requests',
    '{"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":[]}}',
    '(wrongFormat). It is neither a trace nor a scenario of Sagascope. Choose a file that ends in .sagascope.json.',
  ],
  [
    'a newer version',
    JSON.stringify({ ...scenario, version: 2 }),
    '(newerVersion). A newer Sagascope wrote it. Reload the page to get the newest one, then open it again. At version.',
  ],
  [
    'a wrong value',
    JSON.stringify({ ...scenario, inputs: [{ at: -1, kind: 'settle' }] }),
    '(invalid). It does not have the shape of a trace or scenario. Compare it with a fresh export. At inputs[0].at.',
  ],
  [
    'an option this version can not run',
    JSON.stringify({ ...scenario, options: { boundary: 'together' } }),
    '(unsupported). Its options do not go together. ',
  ],
  [
    'more than 5 MB',
    `${text}${' '.repeat(6 * 1024 * 1024)}`,
    '(tooLarge). It is larger than 5 MB. Open a smaller trace, or only its scenario.',
  ],
  ['a number beyond all', text.replace('3', '1e400'), '(infiniteNumber). A number in it is too large to be one. At 1:'],
  ['ever deeper', '['.repeat(50_000), '(tooDeep). It is nested too deeply to be a trace. At 1:33.'],
  [
    'a reach for the prototype',
    text.replace('"seed"', '"__proto__":{"polluted":true},"seed"'),
    '(forbiddenKey). It has a key that no trace has. Remove it. At 1:',
  ],
  [
    'a reach for the prototype, further in',
    text.replace('"id"', '"constructor":{"prototype":{"polluted":true}},"id"'),
    '(forbiddenKey). It has a key that no trace has. Remove it. At 1:1',
  ],
];

/** The run on the page is this one, and stands where it stood. */
async function expectSame(page: Page, { hash, cursor }: Trace): Promise<void> {
  const now = await expectNothingLost(page, 'so far');
  expect({ hash: now.hash, cursor: now.cursor }).toEqual({ hash, cursor });
}

const polluted = () => (({}) as { polluted?: boolean }).polluted === true;

test('bad files are refused with code, place and what to do; the run in progress is untouched', async ({
  openPage,
}) => {
  const page = await openPage();
  await press(page, 'Activate campaign');
  await playedTo(page, 9);
  await press(page, 'Pause');
  const before = await exported(page);
  const step = await stepShown(page);
  const alert = page.getByRole('alert');
  for (const [name, content, message] of refused) {
    await importFile(page, content);
    await expect.poll(() => alert.allInnerTexts(), { message: name }).toEqual([expect.stringContaining(message)]);
    expect((await alert.innerText()).trim(), name).toMatch(new RegExp(`^The file was not opened .* ${unchanged}$`));
    expect(await stepShown(page), name).toBe(step);
    await alert.getByRole('button', { name: 'Dismiss', exact: true }).click();
    await expect.poll(() => alert.count()).toBe(0);
  }
  await expectSame(page, before);
  expect(await page.evaluate(polluted)).toBe(false);
  expect(await page.workers()[0]!.evaluate(polluted)).toBe(false);
  await choose(page, 'max');
  await press(page, 'Play');
  await ended(page);
  await expectNothingLost(page);
});

test('a file that is refused does not stop the run that plays; in Korean', async ({ openPage }) => {
  const page = await openPage({ locale: 'ko-KR' });
  await press(page, '캠페인 활성화');
  await expect.poll(async () => Number(await page.getByRole('slider').inputValue())).toBeGreaterThan(4);
  const chooser = page.waitForEvent('filechooser');
  await press(page, '트레이스 가져오기');
  const buffer = Buffer.from(JSON.stringify({ ...scenario, options: { boundary: 'together' } }));
  await (await chooser).setFiles({ name: 'a.json', mimeType: 'application/json', buffer });
  await says(
    page,
    /^파일을 열지 못했습니다\(unsupported\)\. 옵션을 함께 쓸 수 없습니다\. .*지금의 실행은 그대로입니다\.$/,
  );
  await choose(page, '최대');
  await says(page, 'IndexedDB에서 다시 읽은 행과 같습니다.');
  expect(await rows(page, 'invoices').count()).toBe(1);
});

test('a trace in which one record was changed opens, and says from which step on it differs', async ({ openPage }) => {
  const page = await openPage();
  await ready(page);
  await choose(page, 'max');
  await press(page, 'Activate campaign');
  await ended(page);
  const trace = await exported(page);
  const records = trace.records.map((record) => (record.seq === 12 ? { ...record, correlationId: 'c9' } : record));
  await importFile(page, JSON.stringify({ ...trace, records }));
  const { version } = trace.app;
  await says(page, `This trace was recorded by version ${version}. Run again here, it differs from step 13 on.`);
  await expectSame(page, trace);
});

test('a file dropped onto the page is opened; the run before it is kept', async ({ openPage }) => {
  const page = await openPage();
  await ready(page);
  await choose(page, 'max');
  await press(page, 'Activate campaign');
  await ended(page);
  const dragged = await page.evaluateHandle((content) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([content], 'dropped.sagascope.json', { type: 'application/json' }));
    return transfer;
  }, text);
  const drag = (type: string) => page.dispatchEvent('main', type, { dataTransfer: dragged });
  await drag('dragenter');
  await says(page, 'Drop a .sagascope.json file anywhere to open it');
  await drag('dragover');
  await drag('drop');
  await expect.poll(() => stepShown(page)).toBe(0);
  expect(await page.getByText('Drop a .sagascope.json file anywhere to open it').count()).toBe(0);
  await press(page, 'Play');
  await expect.poll(() => rows(page, 'campaigns').first().textContent()).toMatch(/another.*ACTIVE/);
  await press(page, 'Earlier runs');
  expect(await page.getByRole('dialog', { name: 'Earlier runs' }).getByRole('button').count()).toBe(1);
});

test('names stay text: no markup comes to life, nothing turns the letters round', async ({ openPage }) => {
  const markup = '<img src=x onerror="globalThis.pwned = true">';
  const turned = '\u202egnp.exe\u2066 \u200bhidden\u0007';
  const page = await openPage();
  await ready(page);
  await choose(page, 'max');
  const inputs: Scenario['inputs'] = [
    { at: 0, kind: 'command', name: 'ActivateCampaign', payload: { id: markup } },
    { at: 0, kind: 'command', name: 'ActivateCampaign', payload: { id: `turned ${turned}` } },
    { at: 0, kind: 'command', name: `${markup}${turned}` },
    { at: 9000, kind: 'command', name: 'DeactivateCampaign', payload: { id: markup, reason: turned } },
    { at: 9000, kind: 'failure', failure: { type: 'crash', process: `${markup}${turned}`, point: `before:${turned}` } },
    { at: 9000, kind: 'failure', failure: { type: 'drop', subscription: `${markup}${turned}` } },
  ];
  await importFile(page, JSON.stringify({ ...scenario, title: `${markup}${turned}`, inputs }), `${markup}.json`);
  await says(page, 'A run is ready from its first step: press Play and watch.');
  await press(page, 'Play');
  await ended(page);
  await press(page, 'Reset');
  await expect.poll(() => rows(page, 'campaigns').first().textContent()).toMatch(/DRAFT/);
  await press(page, 'Earlier runs');
  const earlier = page.getByRole('dialog', { name: 'Earlier runs' }).getByRole('button').first();
  await earlier.waitFor();
  await expectText(page, markup);
  await earlier.click();
  await ended(page);
  for (const tab of ['Database', 'Records', 'Why', 'Code']) {
    await page.getByRole('tab', { name: tab }).click();
    await page.getByRole('tabpanel', { name: tab }).locator('> *').first().waitFor();
    await expectText(page);
  }
  await press(page, 'List view');
  const parts = page.getByRole('button', { name: /^Break / });
  await parts.first().waitFor();
  await expectText(page, markup);
});

/** The page says the words as they are, has made nothing of them, and holds no character that hides or turns others. */
async function expectText(page: Page, words = ''): Promise<void> {
  const found = await page.evaluate(() => ({
    pwned: 'pwned' in globalThis,
    images: document.images.length,
    said: [
      document.body.innerText,
      ...[...document.querySelectorAll('[aria-label]')].map((each) => each.ariaLabel),
    ].join(),
  }));
  expect(found).toMatchObject({ pwned: false, images: 0 });
  expect(found.said).toContain(words);
  const odd = /(?:\p{Cf}|(?![\n\r\t])\p{Cc}).{0,60}/u.exec(await page.content());
  expect(odd?.[0]).toBeUndefined();
}

const unsupportedLink = () => encodeLink({ ...scenario, options: { boundary: 'together' } });

describe('links and addresses that can not be followed open the page, and say so', () => {
  const wrong: [name: string, path: () => string | Promise<string>, message: string | RegExp][] = [
    ['garbage', () => '#v1=garbage', 'The link was not opened (linkBroken). The link is damaged. Ask for it again.'],
    [
      'cut off',
      async () => `#${(await encodeLink(scenario)).slice(0, -20)}`,
      'The link was not opened (linkTruncated). The link is cut off. Ask for it again, whole.',
    ],
    [
      'newer',
      () => '#v2=abcd',
      'The link was not opened (linkVersion). A newer Sagascope made the link. Reload the page to get the newest one.',
    ],
    [
      'an unsupported option behind a link',
      async () => `#${await unsupportedLink()}`,
      /^The link was not opened \(unsupported\)\. Its options do not go together\. .* The page opened without it\.$/,
    ],
    [
      'an unsupported option',
      () => '?boundary=together',
      /^What the address asks for was not opened \(unsupported\)\. Its options do not go together\. .* The page opened without it\.$/,
    ],
    [
      'an option of a saga that is not there',
      () => '?tokens=off',
      /^What the address asks for was not opened \(unsupported\)\. Its options do not go together\. .* The page opened without it\.$/,
    ],
  ];

  test.for(wrong)('%s', async ([, path, message], { openPage }) => {
    const page = await openPage({ path: await path() });
    await says(page, typeof message === 'string' ? `${message} The page opened without it.` : message);
    await ready(page);
    await choose(page, 'max');
    await press(page, 'Activate campaign');
    await ended(page);
    await expectNothingLost(page);
  });

  test('an unknown value is named, the rest is followed; a heading is no link', async ({ openPage }) => {
    const page = await openPage({
      path: `?publish=${encodeURIComponent('<b>\u202efoo')}&inbox=sameTransaction#a-heading`,
    });
    await says(page, 'The address asks for what this page does not know: publish=<b>foo. It was passed over.');
    expect(await page.getByRole('alert').count()).toBe(1);
    await ready(page);
    expect(await page.getByRole('radio', { name: 'Inbox on', exact: true }).isChecked()).toBe(true);
    expect(await page.getByRole('radio', { name: 'Outbox', exact: true }).isChecked()).toBe(true);
    await press(page, 'Dismiss');
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});

describe('a link followed in a tab that has a run', () => {
  const own = async (page: Page) => {
    await ready(page);
    await choose(page, 'max');
    await press(page, 'Activate campaign');
    await ended(page);
  };
  const earlier = async (page: Page) => {
    await press(page, 'Earlier runs');
    return page.getByRole('dialog', { name: 'Earlier runs' }).getByRole('button');
  };

  test('opens its run, and the tab’s own is kept', async ({ openPage }) => {
    const page = await openPage();
    await own(page);
    await page.goto(`${home()}?flow=campaign#${await encodeLink(scenario)}`);
    await says(page, 'This run was opened from a link. Nothing of yours was changed.');
    await (await earlier(page)).click();
    await ended(page);
    expect(await rows(page, 'campaigns').first().textContent()).toMatch(/123.*ACTIVE/);
  });

  test('without loading the page again, too', async ({ openPage }) => {
    const page = await openPage();
    await own(page);
    await page.evaluate((link) => (location.hash = link), await encodeLink(scenario));
    await expect.poll(() => stepShown(page)).toBe(0);
    expect(await page.evaluate(() => location.hash)).toBe('');
    expect(await (await earlier(page)).count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.evaluate((link) => (location.hash = link), await unsupportedLink());
    await says(page, /^The link was not opened \(unsupported\)\. .* The present run stays as it is\.$/);
    await press(page, 'Play');
    await expect.poll(() => rows(page, 'campaigns').first().textContent()).toMatch(/another.*ACTIVE/);
  });

  test('options that do not go together are turned down with the reason', async ({ openPage }) => {
    const page = await openPage({ path: '?claim=row' });
    await says(page, /Its options do not go together\. .*Only with two relays\./);
    await ready(page);
  });

  test('one that can not be read leaves the tab’s own run where it was', async ({ openPage }) => {
    const page = await openPage();
    await own(page);
    const before = await exported(page);
    await page.goto(`${home()}?flow=campaign#v1=garbage`);
    await says(page, /The link was not opened \(linkBroken\)/);
    await ready(page);
    await expectSame(page, before);
  });
});

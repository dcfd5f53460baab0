// Frame times of the stage with many messages under way, on the built page.

/**
 * That many commands for as many campaigns, all sent at once: they travel side by side.
 * @param {number} messages
 */
export function crowdedScenario(messages) {
  const inputs = Array.from({ length: messages }, (_, i) => ({
    at: 0,
    kind: 'command',
    name: 'ActivateCampaign',
    payload: { id: `c${i}` },
  }));
  return { format: 'sagascope/scenario', version: 1, title: `${messages} at once`, flow: 'campaign', seed: 1, inputs };
}

/**
 * Plays the scenario at a quarter of the speed, so that the crowd is under way for about two seconds, and times the frames.
 * @param {import('playwright').Browser} browser
 * @param {string} url
 * @param {object} scenario
 * @param {number} messages
 */
export async function measureFrames(browser, url, scenario, messages) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(url);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Import trace' }).click();
  await (
    await chooser
  ).setFiles({
    name: 'crowd.sagascope.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(scenario)),
  });
  await page
    .getByRole('radio', { name: '¼×' })
    .or(page.getByRole('button', { name: '¼×' }))
    .first()
    .click();
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  const frames = await page.evaluate(
    () =>
      new Promise((/** @type {(frames: number[]) => void} */ resolve) => {
        /** @type {number[]} */
        const frames = [];
        let last = 0;
        const start = performance.now();
        const tick = (/** @type {number} */ now) => {
          if (last) frames.push(now - last);
          last = now;
          if (now - start < 1700) requestAnimationFrame(tick);
          else resolve(frames);
        };
        requestAnimationFrame(tick);
      }),
  );
  await page.close();
  const sorted = frames.sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => Number(sorted[Math.floor(sorted.length * share)]?.toFixed(1));
  return [
    {
      bench: `frame with ${messages} messages in flight, median`,
      value: at(0.5),
      unit: 'ms',
      peer: 'a frame of 16.7 ms',
      ratio: Number((at(0.5) / 16.7).toFixed(2)),
    },
    {
      bench: `frame with ${messages} messages in flight, 95 in 100 shorter than`,
      value: at(0.95),
      unit: 'ms',
      peer: 'a frame of 16.7 ms',
      ratio: Number((at(0.95) / 16.7).toFixed(2)),
    },
  ];
}

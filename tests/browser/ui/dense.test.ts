/** However much there is to show: nothing lies over anything else, nothing jumps, and what has no room is counted. */
import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../src/ui/theme/base.css';
import Stage from '../../../src/ui/stage/Stage.svelte';
import type { Input } from '../../../src/trace/scenario.ts';
import { boxesOf, drawn, overlaps, resize, sticksOut, textOverlaps } from './drawn.ts';
import { busyRun, type StillRun } from './still-run.svelte.ts';

const down = (process: string): Input => ({ at: 0, kind: 'failure', failure: { type: 'crash', process } });
const consumersDown = ['adServing', 'billing'].map((subscription) => down(`consumer:${subscription}`));
const parts = '.row > rect, .entry > rect, .cell > rect, .note > rect, .handler';

const layouts = [
  ['wide', 860, 740],
  ['narrow', 390, 700],
] as const;

describe.each(layouts)('on a %s stage', (name, width, height) => {
  async function show(run: StillRun) {
    await page.viewport(width + 20, height + 40);
    await render(Stage, { run });
    await resize(width, height);
    expect(document.querySelector('.board > svg')?.classList.contains(name)).toBe(true);
  }
  const fine = () =>
    expect({ parts: overlaps(parts), texts: textOverlaps(), out: sticksOut() }).toEqual({
      parts: [],
      texts: [],
      out: [],
    });

  test.each(['table', 'document'] as const)('200 rows in the outbox: %s', async (outbox) => {
    const run = busyRun({ outbox }, 200, down('relay'));
    await show(run);
    fine();
    const rows = () =>
      boxesOf('.row > rect, .entry > rect').map(({ box }) => [box.x, box.y, box.height].map(Math.round));
    const full = rows();
    const shown = document.querySelector('.board svg')?.textContent ?? '';
    expect(shown).toMatch(outbox === 'table' ? /200 rows · 200 pending/ : /100 · 100 pending/);
    // wherever one looks, once it is full: the rows stand where they stand
    for (const part of [0.5, 0.7, 0.9]) {
      run.seek(Math.floor(run.records.length * part));
      await drawn();
      expect(rows()).toEqual(full);
      fine();
    }
  });

  test('40 messages in each queue, and dead letters', async () => {
    const run = busyRun({}, 40, ...consumersDown);
    await show(run);
    fine();
    const lanes = [...document.querySelectorAll('[data-part^="queue:"]')].map((lane) =>
      lane.getAttribute('aria-label'),
    );
    expect(lanes).toEqual([expect.stringContaining('40 waiting'), expect.stringContaining('40 waiting')]);
    expect(boxesOf('.rest').map(({ element }) => element.textContent)).toHaveLength(2);
  });

  test('competing consumers, one of them down, the other busy', async () => {
    const run = busyRun({ consumers: 'competing', relays: 2, claim: 'row' }, 20, down('consumer:billing-2'));
    await show(run);
    for (const part of [0.3, 0.6, 1]) {
      run.seek(Math.floor(run.records.length * part));
      await drawn();
      fine();
    }
  });

  test('a log with 100 entries that nobody has read', async () => {
    const run = busyRun({ bus: 'log' }, 100, ...consumersDown);
    await show(run);
    fine();
    const offsets = () => boxesOf('.cell').map(({ element }) => parseInt(element.textContent, 10));
    const cells = () => boxesOf('.cell > rect').map(({ box }) => [box.x, box.y].map(Math.round));
    expect(offsets()).toContain(49);
    expect(offsets()).not.toContain(0);
    const full = cells();
    run.seek(Math.floor(run.records.length * 0.7));
    await drawn();
    expect(cells()).toEqual(full);
    expect(Math.max(...offsets())).toBeLessThan(49);
    fine();
  });

  test('the change log, the newest changes and the place of the relay', async () => {
    const run = busyRun({ relay: 'logTailing', retention: 'short' }, 60, down('relay'));
    await show(run);
    fine();
    const numbers = boxesOf('.cell').map(({ element }) => Number(element.textContent));
    expect(numbers.length).toBeGreaterThan(3);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  });

  test('a memory of a consumer that pub/sub has filled', async () => {
    const slow: Input = { at: 0, kind: 'failure', failure: { type: 'slow', process: 'consumer:billing', by: 9000 } };
    const run = busyRun({ bus: 'pubsub', consumers: 'competing' }, 60, slow);
    const waiting = () => run.view.queues['billing']?.buffered.length ?? 0;
    while (waiting() < 8 && run.cursor > 1) run.stepBack();
    expect(waiting()).toBe(8);
    await show(run);
    fine();
  });
});

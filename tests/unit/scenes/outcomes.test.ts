/** Every scene is played both ways: as it is written its promise breaks, with its cure it holds. */
import { describe, expect, test } from 'vitest';
import { loadScene, scenes } from '../../../src/scenes/catalogue.ts';
import { seqsOf } from '../../../src/scenes/showing.ts';
import { cured } from '../../../src/scenes/standing.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import type { Verdicts } from '../../../src/trace/trace.ts';

const broken = (verdicts: Verdicts) => Object.keys(verdicts).filter((name) => verdicts[name]!.status !== 'holds');

describe.each(scenes)('$id', (scene) => {
  if (scene.shows === undefined) {
    const { promise } = scene;
    test(`as written: ${promise} is broken, at a step and for a reason`, async () => {
      const { records, verdicts } = simulate(await loadScene(scene.id));
      const verdict = verdicts[promise];
      expect(verdict).toMatchObject({ status: 'broken', at: expect.any(Number) as number });
      expect(records[verdict!.at!]).toBeDefined();
      expect(verdict!.because).toMatch(/^[A-Z0-9].*\.$/);
    });

    test(`with its cure: ${promise} holds`, async () => {
      const { verdicts } = simulate(cured(scene, await loadScene(scene.id)));
      expect(verdicts[promise]).toEqual({ status: 'holds' });
    });
  } else {
    const { shows } = scene;
    test(`as written it shows ${shows}, with its cure it does not; the promises are the same`, async () => {
      const written = simulate(await loadScene(scene.id));
      const mended = simulate(cured(scene, await loadScene(scene.id)));
      expect(seqsOf(shows, written.records).length).toBeGreaterThan(1);
      expect(seqsOf(shows, mended.records)).toEqual([]);
      expect(broken(mended.verdicts)).toEqual(broken(written.verdicts));
    });
  }

  test('both come to rest, and come out the same every time', async () => {
    const written = await loadScene(scene.id);
    for (const scenario of [written, cured(scene, written)]) {
      const { records, hash } = simulate(scenario);
      expect(records.at(-1)).toMatchObject({ kind: 'run.settled', quiet: true });
      expect(simulate(structuredClone(scenario)).hash).toBe(hash);
    }
  });

  test('every failure in it strikes, and every intervention is done', async () => {
    const { inputs, ...written } = await loadScene(scene.id);
    const { records } = simulate({ ...written, inputs });
    const done = records.flatMap((record) =>
      record.kind === 'failure.struck' || record.kind === 'intervention.done' ? [record.input] : [],
    );
    const meant = inputs.flatMap(({ kind }, index) => (kind === 'failure' || kind === 'intervention' ? [index] : []));
    expect([...new Set(done)].sort((a, b) => a - b)).toEqual(meant);
  });
});

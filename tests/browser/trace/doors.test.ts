// the doors in a real browser: its streams, its decoders and its Blobs are not Node's
import { expect, test } from 'vitest';
import { decodeLink, encodeLink } from '../../../src/trace/link.ts';
import { maxFileBytes, readBlob } from '../../../src/trace/read.ts';
import type { Scenario } from '../../../src/trace/scenario.ts';
import { makeTrace, writeTrace } from '../../../src/trace/write.ts';

const scenario: Scenario = {
  format: 'sagascope/scenario',
  version: 1,
  title: '릴레이가 죽다',
  notes: 'abc def '.repeat(200),
  flow: 'campaign',
  seed: 7,
  inputs: Array.from({ length: 200 }, (_, i) => ({
    at: i * 137,
    kind: 'command',
    name: 'ActivateCampaign',
    payload: { id: `c${i * 31}` },
  })),
};

const code = async (link: string) => {
  const outcome = await decodeLink(link);
  return outcome.ok ? 'ok' : outcome.problem.code;
};

async function linkAround(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const deflated = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const binary = Array.from(new Uint8Array(await new Response(deflated).arrayBuffer()), (byte) =>
    String.fromCharCode(byte),
  );
  return `v1=${btoa(binary.join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}

test('a link goes around, and Node reads what the browser wrote the same way', async () => {
  expect(await decodeLink(await encodeLink(scenario))).toEqual({ ok: true, value: scenario, warnings: [] });
  expect(await decodeLink('#v1=q1ZKU7JSKinKLFDSUcpUsoqO1VEqVrIyqAUA')).toMatchObject({
    ok: true,
    value: { flow: 'trip' },
  });
});

test('a link cut off, and junk', async () => {
  const link = await encodeLink(scenario);
  for (const share of [0.5, 0.7, 0.9, 0.99]) {
    expect(`${share} ${await code(link.slice(0, link.length * share))}`).toBe(`${share} linkTruncated`);
  }
  for (const junk of ['v1=AAAA', 'v1=_____w', 'v1=hello']) expect(await code(junk)).toMatch(/^link(Broken|Truncated)$/);
  expect(await code(`${link}AAAAAAAA`)).toMatch(/^link(Broken|Truncated)$/);
  expect(await code('#main')).toBe('notLink');
});

test('64 MiB of zeros behind a link are refused at once', async () => {
  const bomb = await linkAround(new Uint8Array(64 * 2 ** 20));
  const start = performance.now();
  expect(await code(bomb)).toBe('tooLarge');
  expect(performance.now() - start).toBeLessThan(1000);
});

test('files are read, and refused, as Blobs', async () => {
  const trace = makeTrace({ app: { name: 'sagascope', version: '0.1.0' }, scenario, records: [], verdicts: {} });
  expect(await readBlob(new File([writeTrace(trace)], 'run.sagascope.json'))).toEqual({
    ok: true,
    value: trace,
    warnings: [],
  });
  expect(await readBlob(new Blob([new Uint8Array([0xff, 0xfe])]))).toMatchObject({ problem: { code: 'notUtf8' } });
  expect(await readBlob(new Blob([]))).toMatchObject({ problem: { code: 'empty' } });
  expect(await readBlob(new Blob([new Uint8Array(maxFileBytes + 1)]))).toMatchObject({ problem: { code: 'tooLarge' } });
  expect(await readBlob(new Blob(['{"format":"sagascope/scenario",\n"seed":tru}']))).toMatchObject({
    problem: { code: 'notJson', place: '2:8' },
  });
});

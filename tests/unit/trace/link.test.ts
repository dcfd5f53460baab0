import { deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeLink, encodeLink } from '../../../src/trace/link.ts';
import type { Scenario } from '../../../src/trace/scenario.ts';
import { full, least, scenarios } from './samples.ts';

/** A link around any bytes, or around any text as if we had shortened it. */
const around = (bytes: Buffer | Uint8Array) => `v1=${Buffer.from(bytes).toString('base64url')}`;
const linkOf = (text: string) => around(deflateRawSync(text));
const textIn = (link: string) => inflateRawSync(Buffer.from(link.slice(3), 'base64url')).toString();

async function refusal(link: string): Promise<string> {
  const outcome = await decodeLink(link);
  return outcome.ok ? 'ok' : outcome.problem.code;
}

describe('good links', () => {
  test('any scenario comes back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const link = await encodeLink(scenario);
        expect(link).toMatch(/^v1=[\w-]+$/);
        expect(await decodeLink(link)).toEqual({ ok: true, value: scenario, warnings: [] });
      }),
    );
  });

  test('with or without #, as a whole address, and with what a sentence puts behind it', async () => {
    const link = await encodeLink(full);
    const value = { ok: true, value: full, warnings: [] };
    for (const form of [
      `#${link}`,
      `https://example.org/a/?flow=trip#${link}`,
      ` ${link}\n`,
      `#${link}).`,
      `${link}==`,
    ]) {
      expect(await decodeLink(form)).toEqual(value);
    }
  });

  test('every key has a short form, and payloads keep theirs', async () => {
    const keys: string[] = [];
    const inside = JSON.parse(textIn(await encodeLink(full)), (key, value: unknown) => {
      keys.push(key);
      return value;
    }) as { i: { p?: object }[] };
    expect(inside.i[0]!.p).toEqual(full.inputs[0]!.kind === 'command' && full.inputs[0]!.payload);
    const payloadKeys = ['id', 'at', 'inputs', 'a', 'p'];
    expect(keys.filter((key) => key.length > 2 && !payloadKeys.includes(key))).toEqual([]);
  });

  test('lengths, for the record', async () => {
    const send = (count: number): Scenario => ({
      ...least,
      flow: 'campaign',
      inputs: Array.from({ length: count }, (_, i) => ({
        at: i * 137,
        kind: 'command',
        name: i % 2 ? 'DeactivateCampaign' : 'ActivateCampaign',
        payload: { id: `campaign-${i % 7}` },
      })),
    });
    const lengths = await Promise.all([least, full, send(5), send(50), send(500), send(2000)].map(encodeLink));
    console.log(
      `links of nothing, everything, 5, 50, 500, 2000 commands: ${lengths.map((link) => link.length).join(', ')} characters`,
    );
    expect(lengths[3]!.length).toBeLessThan(2000);
  });

  test('a scenario too large for a link is refused before anybody sends it', async () => {
    const inputs = Array.from({ length: 20_000 }, (_, at) => ({ at, kind: 'command' as const, name: 'A'.repeat(99) }));
    await expect(encodeLink({ ...least, inputs })).rejects.toThrow(RangeError);
  });
});

/** As `full` was when its link was put up; `full` may grow. */
const museumFull = structuredClone(full);

/** Links of every version there ever was. They are never taken out, nor changed: somebody keeps one in a bookmark. */
describe('the museum of links', () => {
  test.each<[link: string, scenario: Scenario]>([
    ['v1=q1ZKU7JSKinKLFDSUcpUsoqO1VEqVrIyqAUA', least],
    [
      'v1=hZLNbhMxFIVfZXTWl2qSJi3xDoF4gu6iLO7M3EyseOypf5KWKBJLJJ4BCQnEmkW3vBDtQ1SeSQuLCna2r8937t8BNdRyQiVNV4Q1FGruetatBUFDLQ9gqJKwzSHXdWwbEDoovKmj3nGUt38EPdQBHKEmBN38BXs1yTjbpxiglthKH0E2GUOTs_nqeKTBZj7arFmb5AWEm8zzUPBi-BaEPRR4HcWrPlVGhw0It9nH83D-AHVelv_mVVCotDHatiA0ULOS0EKhkxC4lSHXDG0G0yfYxYswAzUpy_F_lcI7t7f_UWT7wC2DIFDTU_7OhtSJf8_ahGfA5YuAHRRO1Y8lZEDQRmwtz9LXo7TRgX0HQoI6P4UWYyhIjEZwXBEsFK72rpCd2BiocFaKoaNnILhhpvkLp-g6jroGgfvcMPZbECqXgz37mC8JCtdJUs63Nnl2bp-PblygXuKYtbZDIzq58mwD11G7vEIu6yNXJuv7fHEpVu4GBC-5cvc0OX8NhY1w3kcfhlYGhkKb2DeSX_d-qNNrNjpIgyMhQM2mi9ni4nK6mBNirnwjxbBfRaMlUHH_4-7-66eHL3e_f34sHr79uv_8HcdH',
      museumFull,
    ],
  ])('%s', async (link, scenario) =>
    expect(await decodeLink(link)).toEqual({ ok: true, value: scenario, warnings: [] }),
  );
});

describe('bad links', () => {
  const good = encodeLink({ ...full, notes: 'x1y2z3'.repeat(40) });

  test('no link of ours', async () => {
    for (const text of ['', '#', '#main', 'v=1', 'https://example.org/', 'v1', 'x1=abc'])
      expect(await refusal(text)).toBe('notLink');
  });

  test('a link of a later version', async () => {
    expect(await decodeLink('#v2=abc')).toEqual({ ok: false, problem: { code: 'linkVersion', detail: '2' } });
    expect(await refusal('v0=abc')).toBe('linkVersion');
  });

  test('an empty link', async () => {
    for (const text of ['v1=', '#v1=', 'v1= ', 'v1=.']) expect(await refusal(text)).toBe('linkEmpty');
  });

  test('cut off anywhere', async () => {
    const link = await good;
    // at the very beginning nothing can be read yet, so there it may be called junk
    for (let length = 4; length < link.length; length++) {
      const code = await refusal(link.slice(0, length));
      expect(`${length} ${code}`).toMatch(length < 100 ? /link(Truncated|Broken)/ : /linkTruncated/);
    }
  });

  test('junk', async () => {
    const link = await good;
    const junk = [
      'v1=AAAA',
      'v1=_____w',
      'v1=hello world',
      'v1=%F0%9F',
      'v1=a+b/c',
      `${link.slice(0, 40)}!!!!!${link.slice(40)}`,
    ];
    for (const text of junk) expect(await refusal(text)).toMatch(/^link(Broken|Truncated)$/);
    expect(await refusal(around(Buffer.from([255, 254, 253, 252])))).toBe('linkBroken');
    expect(await refusal(linkOf(''))).toBe('linkBroken');
    expect(await refusal(linkOf('hello'))).toBe('linkBroken');
    expect(await refusal(around(deflateRawSync(Buffer.from([0x22, 0xff, 0x22]))))).toBe('linkBroken');
  });

  test('what is inside passes the same checks as a file', async () => {
    const inside = async (text: string) => {
      const outcome = await decodeLink(linkOf(text));
      return outcome.ok ? 'ok' : `${outcome.problem.code} ${outcome.problem.place}`;
    };
    expect(await inside('{"f":"trip","s":0,"i":[]}')).toBe('ok');
    expect(await inside('{"f":"trip","s":-1,"i":[]}')).toBe('invalid seed');
    expect(await inside('{"f":"trip","s":0,"i":[{"a":1,"k":"failure","x":{"y":"flood"}}]}')).toBe(
      'invalid inputs[0].failure.type',
    );
    expect(await inside('{"f":"trip","s":0,"i":[],"__proto__":{}}')).toBe('forbiddenKey 1:26');
    expect(await inside('{"f":"trip","s":0,"s":1,"i":[]}')).toBe('duplicateKey 1:19');
    expect(await inside(`${'['.repeat(40)}${']'.repeat(40)}`)).toBe('tooDeep 1:33');
    for (const text of ['[]', 'null', '7', '"a"']) expect(await inside(text)).toMatch(/^invalid/);
    // nothing in a link says that it is something else, or of another version
    expect(await decodeLink(linkOf('{"format":"sagascope/trace","version":2,"f":"trip","s":0,"i":[]}'))).toEqual({
      ok: true,
      value: { ...least },
      warnings: [],
    });
  });

  test('keys of a later version are left out and named', async () => {
    const outcome = await decodeLink(linkOf('{"f":"trip","s":0,"i":[],"mood":"calm"}'));
    expect(outcome).toEqual({ ok: true, value: least, warnings: [{ code: 'unknownKey', place: 'mood' }] });
  });

  test('64 MiB of zeros are refused before they are there', async () => {
    const bomb = around(deflateRawSync(Buffer.alloc(64 * 2 ** 20), { level: 9 }));
    expect(bomb.length).toBeLessThan(100_000);
    const start = performance.now();
    expect(await refusal(bomb)).toBe('tooLarge');
    expect(performance.now() - start).toBeLessThan(1000);
    expect(await refusal(`v1=${'A'.repeat(2_000_000)}`)).toBe('tooLarge');
  });

  test('1 MiB is still a link', async () => {
    const text = `{"f":"trip","s":0,"i":[],"n":"${'a'.repeat(2 ** 20 - 32)}"}`;
    expect(text.length).toBe(2 ** 20);
    expect(await refusal(linkOf(text))).toBe('invalid');
    expect(await refusal(linkOf(`${text} `))).toBe('tooLarge');
  });

  test('any text and any bytes give an outcome', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => void expect(await decodeLink(text)).toHaveProperty('ok')),
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), async (bytes) => void expect(await refusal(around(bytes))).toMatch(/^link/)),
    );
  });
});

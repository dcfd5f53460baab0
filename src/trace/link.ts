/**
 * Share links: the whole scenario behind `#v1=`, as shortened canonical JSON, deflated (raw) and in base64url without
 * padding. A link decodes forever: `shortKeys` may grow, never change.
 */
import { canonical } from '../base/canonical.ts';
import { decode, readText, refuse, type ReadOutcome } from './read.ts';
import type { Scenario } from './scenario.ts';

/** Of the JSON inside, before it is deflated. */
export const maxLinkBytes = 1024 * 1024;
/** No JSON of that size becomes a longer link: deflating adds next to nothing where it can't save, base64 a third. */
const maxLinkLength = maxLinkBytes * 1.4;

/**
 * Keys as links write them, wherever they stand outside of payloads. `format` and `version` are left out. Keys that are not
 * in the table (of a later version) are written as they are, so no new key may have less than three letters.
 */
const shortKeys: readonly (readonly [long: string, short: string])[] = [
  // scenario
  ['flow', 'f'],
  ['title', 't'],
  ['notes', 'n'],
  ['options', 'o'],
  ['seed', 's'],
  ['inputs', 'i'],
  ['choices', 'c'],
  // inputs
  ['at', 'a'],
  ['kind', 'k'],
  ['name', 'm'],
  ['payload', 'p'],
  ['failure', 'x'],
  ['input', 'u'],
  // failures
  ['type', 'y'],
  ['process', 'r'],
  ['point', 'w'],
  ['restartAfter', 'z'],
  ['for', 'l'],
  ['message', 'g'],
  ['subscription', 'b'],
  ['by', 'd'],
  ['times', 'e'],
  ['service', 'v'],
  // options
  ['publish', 'pu'],
  ['outbox', 'ou'],
  ['relay', 're'],
  ['relays', 'rs'],
  ['claim', 'cl'],
  ['afterPublish', 'ap'],
  ['bus', 'bu'],
  ['requeue', 'rq'],
  ['consumers', 'co'],
  ['inbox', 'in'],
  ['writes', 'wr'],
  ['saga', 'sa'],
  ['answers', 'an'],
  ['boundary', 'bo'],
];
const toShort = new Map(shortKeys);
const toLong = new Map(shortKeys.map(([long, short]) => [short, long]));

/**
 * The fragment of a share link, `v1=…`, without `#`. How long it comes out may differ a little from browser to browser, not
 * what it decodes to.
 * @throws RangeError if the scenario takes more than 1 MiB even when shortened: it needs a file
 */
export async function encodeLink(scenario: Scenario): Promise<string> {
  const { format: _format, version: _version, ...rest } = scenario;
  const bytes = new TextEncoder().encode(canonical(rename(rest, toShort)));
  if (bytes.length > maxLinkBytes) throw new RangeError('too large for a link');
  const { bytes: deflated } = await pump(bytes, new CompressionStream('deflate-raw'), Infinity);
  return `v1=${toBase64url(deflated)}`;
}

/**
 * Reads a share link: its fragment with or without `#`, or the whole address. Its scenario passes the same checks as one in
 * a file. Never rejects.
 */
export async function decodeLink(link: string): Promise<ReadOutcome<Scenario>> {
  if (link.length > maxLinkLength) return refuse('tooLarge');
  const fragment = link.slice(link.indexOf('#') + 1).trim();
  const [start = '', version] = /^v(\d{1,6})=/.exec(fragment) ?? [];
  if (version === undefined) return refuse('notLink');
  if (version !== '1') return refuse('linkVersion', undefined, version);
  // a few signs that a sentence puts behind a link are no part of it
  const body = /^([\w-]*)[^\w-]{0,4}$/.exec(fragment.slice(start.length))?.[1];
  if (body === undefined) return refuse('linkBroken');
  if (body === '') return refuse('linkEmpty');
  if (body.length % 4 === 1) return refuse('linkTruncated'); // no number of bytes comes out so long
  const { end, bytes } = await pump(fromBase64url(body), new DecompressionStream('deflate-raw'), maxLinkBytes);
  if (end === 'tooLarge') return refuse('tooLarge');
  // engines name the two differently: a beginning that makes sense tells that only the end is missing
  if (end === 'failed') return refuse(bytes[0] === openingBrace ? 'linkTruncated' : 'linkBroken');
  const json = decode(bytes);
  const outcome = json === null ? refuse('linkBroken') : readText(json, lengthen);
  // there are no lines in a link to point at
  if (!outcome.ok && outcome.problem.code === 'notJson') return refuse('linkBroken');
  return outcome as ReadOutcome<Scenario>;
}

function lengthen(json: unknown): unknown {
  return { ...(rename(json, toLong) as object), format: 'sagascope/scenario', version: 1 };
}

/** The same with its keys renamed; payloads are the reader's own and stay as they are. */
function rename(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => rename(item, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inside]) => {
      const isPayload = key === 'payload' || (names === toLong && key === toShort.get('payload'));
      return [names.get(key) ?? key, isPayload ? inside : rename(inside, names)];
    }),
  );
}

const openingBrace = 0x7b;

/** Small slices, so that a chunk which swells a thousandfold is noticed before the next one. */
const sliceBytes = 1024;

/** Sends bytes through a stream until it ends, fails or has given more than `max`. Never rejects. */
async function pump(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream, max: number) {
  const feeding = feed(bytes, stream.writable.getWriter());
  const reader = stream.readable.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  let end: 'whole' | 'failed' | 'tooLarge' = 'whole';
  try {
    for (let next = await reader.read(); !next.done && end === 'whole'; next = await reader.read()) {
      chunks.push(next.value);
      size += next.value.length;
      if (size > max) end = 'tooLarge';
    }
    await reader.cancel();
  } catch {
    end = 'failed';
  }
  await feeding;
  return { end, bytes: new Uint8Array(await new Blob(end === 'tooLarge' ? [] : chunks).arrayBuffer()) };
}

async function feed(bytes: Uint8Array<ArrayBuffer>, writer: WritableStreamDefaultWriter<BufferSource>): Promise<void> {
  try {
    for (let i = 0; i < bytes.length; i += sliceBytes) await writer.write(bytes.subarray(i, i + sliceBytes));
    await writer.close();
  } catch {
    // the reader hears of it
  }
}

function toBase64url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @throws never, given only letters of the alphabet and not one more than a multiple of four */
function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
}

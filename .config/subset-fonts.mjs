// Cuts the fonts of the page down to the characters it shows. Run it again whenever tests/unit/fonts.test.ts says that
// a Korean character is missing. Its tools are no dependency of the project; put them in a folder of their own:
//
//   mkdir -p /tmp/fonts && npm install --prefix /tmp/fonts subset-font@2.9.0 inter-ui@4.1.1 pretendard@1.3.9 \
//     jetbrains-mono@1.0.6
//   node .config/subset-fonts.mjs /tmp/fonts/node_modules [more files with Korean text]
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const [tools, ...moreTexts] = process.argv.slice(2);
if (!tools || !existsSync(join(tools, 'subset-font'))) {
  console.error(
    'usage: node .config/subset-fonts.mjs <node_modules with the tools> [files…]   (see the top of the script)',
  );
  process.exit(1);
}
const require = createRequire(join(resolve(tools), 'anchor.js'));
const subsetFont = require('subset-font');
const { convert } = require('fontverter');

const top = join(import.meta.dirname, '..');
const target = join(top, 'src/ui/theme/fonts');

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join('');
const ascii = range(0x20, 0x7e);
/** What the page says from the start; names with other letters are shown in the system's font. */
const latin = ascii + '\u00a0·×¼–—‘’“”…✓●◆↻';
/** Signs that come up later or never: a file of their own, which the first visit does not wait for. */
const signs = '«»°±½→←↑↓•≤≥≠−↺▶';
/** In Inter there is neither ✕ nor ⚡: fonts.css takes those from JetBrains Mono. */
const monoSigns = latin.replace(ascii, '') + signs + '✕⚡';

/** Syllables, letters and the punctuation of Korean text; fonts.css names the same ranges. */
const korean = /[\u1100-\u11ff\u3000-\u303f\u3130-\u318f\uac00-\ud7a3]/gu;
/** Particles are put behind words while the page runs. */
const particles = '은는이가을를과와으로나란아야랑에요예라든께서도만의';

function koreanCharacters() {
  const sources = readdirSync(join(top, 'src'), { recursive: true })
    .filter((name) => /\.(ts|svelte)$/.test(name))
    .map((name) => join(top, 'src', name));
  const text = [...sources, ...moreTexts].map((file) => readFileSync(file, 'utf8')).join('');
  return [...new Set([...particles, ...(text.match(korean) ?? [])])].sort().join('');
}

/** The licence reserves the name Pretendard for the font as its author made it, so this one is renamed inside. */
function rename(sfnt, from, to) {
  if (from.length !== to.length) throw new Error('names must be of one length: strings are replaced in place');
  const tables = sfnt.readUInt16BE(4);
  const entry = Array.from({ length: tables }, (_, i) => 12 + 16 * i).find(
    (at) => sfnt.toString('latin1', at, at + 4) === 'name',
  );
  const table = sfnt.readUInt32BE(entry + 8);
  const strings = table + sfnt.readUInt16BE(table + 4);
  for (let i = 0; i < sfnt.readUInt16BE(table + 2); i += 1) {
    const record = table + 6 + 12 * i;
    if (sfnt.readUInt16BE(record + 6) === 0) continue; // the copyright notice stays
    const start = strings + sfnt.readUInt16BE(record + 10);
    const part = sfnt.subarray(start, start + sfnt.readUInt16BE(record + 8));
    const wide = (text) => Buffer.from(text, 'utf16le').swap16();
    for (const encode of [wide, Buffer.from]) {
      for (let at = part.indexOf(encode(from)); at >= 0; at = part.indexOf(encode(from))) encode(to).copy(part, at);
    }
  }
  return sfnt;
}

async function write(name, source, text, options, change = (sfnt) => sfnt) {
  const sfnt = await subsetFont(readFileSync(join(tools, source)), text, {
    targetFormat: 'sfnt',
    noHinting: true,
    ...options,
  });
  const font = await convert(change(Buffer.from(sfnt)), 'woff2');
  writeFileSync(join(target, `${name}.woff2`), font);
  console.log(`${name}.woff2: ${(font.length / 1024).toFixed(1)} KiB`);
}

for (const [name, text] of [
  ['inter', latin],
  ['inter-signs', signs],
]) {
  await write(name, 'inter-ui/variable/InterVariable.woff2', text, {
    variationAxes: { wght: { min: 400, max: 700 }, opsz: 14 },
    keepFeatures: ['kern', 'ccmp', 'mark'],
  });
}
// the variable one has no arrows, so there is a file for each weight; NL: without ligatures
for (const [name, source, text] of [
  ['jetbrains-mono', 'Regular', ascii],
  ['jetbrains-mono-signs', 'Regular', monoSigns],
  ['jetbrains-mono-600', 'SemiBold', ascii + monoSigns],
]) {
  await write(name, `jetbrains-mono/fonts/webfonts/JetBrainsMonoNL-${source}.woff2`, text, { keepFeatures: [] });
}
const characters = koreanCharacters();
await write(
  'pretendard',
  'pretendard/dist/web/variable/woff2/PretendardVariable.woff2',
  characters,
  { variationAxes: { wght: { min: 400, max: 700 } }, keepFeatures: ['kern', 'ccmp'] },
  (sfnt) => rename(sfnt, 'Pretendard', 'SagaHangul'),
);
// the one Korean word on the English page, which would fetch all the others with it
await write(
  'pretendard-name',
  'pretendard/dist/web/variable/woff2/PretendardVariable.woff2',
  '한국어',
  { variationAxes: { wght: 550 }, keepFeatures: [] },
  (sfnt) => rename(sfnt, 'Pretendard', 'SagaHangul'),
);
writeFileSync(join(target, 'pretendard.txt'), `${characters}\n`);
console.log(`${[...characters].length} Korean characters`);

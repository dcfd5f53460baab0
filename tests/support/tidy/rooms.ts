import { type Import, importsOf } from './imports.ts';
import { at, inSrc, isCode, markupOf, matches, type Offence, type SourceFile } from './source.ts';

const simulationParts = ['base', 'trace', 'kernel', 'messaging', 'domain', 'patterns', 'database', 'verdicts'];

/** Which room may import which others. Data flows one way, so that each room can be read and tested without the next. */
const mayImport: Record<string, string[]> = {
  base: [],
  trace: ['base'],
  kernel: ['base', 'trace'],
  messaging: ['base'],
  domain: ['base', 'messaging'],
  patterns: ['base', 'messaging', 'domain'],
  database: ['base', 'trace', 'messaging'],
  verdicts: ['base', 'trace', 'messaging'],
  simulation: simulationParts,
  explorer: [...simulationParts, 'simulation'],
  formats: ['base', 'trace'],
  playback: ['base', 'trace', 'verdicts'],
  lessons: ['base', 'trace'],
  scenes: ['base', 'trace'],
  ui: ['base', 'trace', 'playback', 'verdicts', 'formats', 'lessons', 'scenes'],
  'main.ts': ['ui'],
};

/** The page shows the source of what it runs. That is text: no code crosses the wall with it. */
const mayRead: Record<string, string[]> = { ui: ['patterns', 'domain'] };

/** The wall between page and simulation has two doors, and they are named by address. */
const workers = ['src/simulation/worker.ts', 'src/explorer/worker.ts'];
const mayNameWorkers = ['ui', 'main.ts'];

/** Where each package may be imported, and what to do elsewhere. */
const packages: Record<string, { where: RegExp; mend: string }> = {
  xstate: {
    where: /^src\/(domain\/.*\.(saga|process-manager)\.ts|patterns\/(saga|process-manager)-runner\.ts|ui\/.*)$/,
    mend: 'machines live in *.saga.ts and *.process-manager.ts and run in the two runners of patterns/',
  },
  '@xstate/svelte': { where: /^src\/ui\//, mend: 'only ui has components' },
  dexie: {
    where: /^src\/database\/(indexeddb|dexie-[a-z]+)\.ts$/,
    mend: 'go through the port of database/; indexeddb.ts and its dexie-*.ts are the only driver of Dexie',
  },
  valibot: { where: /^src\/trace\//, mend: 'what crosses the wall is checked in trace/; put the schema there' },
  svelte: { where: /^src\/(ui\/.*|main\.ts)$/, mend: 'only ui has components; move what needs Svelte there' },
  'es-hangul': { where: /^src\/ui\//, mend: 'sentences are made in ui/i18n' },
};

/** `src/kernel/clock.ts` is of the room `kernel`; `src/main.ts` is a room by itself. */
const roomOf = (path: string) => path.split('/')[1] ?? '';
const contextOf = (path: string) => path.split('/')[2] ?? '';
const list = (rooms: string[]) => (rooms.length ? rooms.join(', ') : 'nothing');

function packageFault(path: string, specifier: string, dependencies: string[]): string | undefined {
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  if (specifier === '(computed)') return 'a computed import can not be checked: name the file by a literal';
  if (specifier.startsWith('node:')) return `${specifier} is not in a browser: src runs in the page`;
  if (specifier.startsWith('/')) return `${specifier} starts at the root: import by a relative path`;
  const rule = packages[name];
  if (!rule) return `${name} has no room: use what is there, or give it one in tests/support/tidy/rooms.ts`;
  if (!rule.where.test(path)) return `${name} may not be imported here: ${rule.mend}`;
  if (!dependencies.includes(name)) return `${name} is not among the dependencies of package.json: add it there`;
  return undefined;
}

function queryFault(room: string, target: string, { by, query }: Import): string | undefined {
  const isSource = /\.(ts|svelte)$/.test(target);
  if (query === 'worker&url') {
    if (!workers.includes(target)) return `only ${list(workers)} are workers: run it in one of them`;
    if (!mayNameWorkers.includes(room)) return `${room} may not name a worker: leave it to ui or main.ts`;
    return undefined;
  }
  if (workers.includes(target) && query !== 'raw') return `name the worker as '…/worker.ts?worker&url'`;
  if (isSource && by === 'url')
    return 'an address of a source file is not built: import it, or name a worker with ?worker&url';
  if (isSource && query !== '' && query !== 'raw')
    return `?${query} makes a second copy of the code: import it plainly`;
  return undefined;
}

function targetFault(path: string, found: Import): string | undefined {
  const { target = '', specifier, query, by } = found;
  const room = roomOf(path);
  const other = roomOf(target);
  if (!target.startsWith('src/')) return `${specifier} leaves src: what the page needs lives in src`;
  const fault = queryFault(room, target, found);
  if (fault || query === 'worker&url') return fault;
  if (by === 'import' && !/\.[a-z0-9]+$/.test(specifier)) return `${specifier}: write the file's extension`;
  if (room === other) {
    const contexts = [contextOf(path), contextOf(target)];
    if (room !== 'domain' || contexts[0] === contexts[1] || query === 'raw') return undefined;
    return `the contexts ${contexts.join(' and ')} may not know each other: let a message pass, or move what they share to messaging`;
  }
  const allowed = mayImport[room] ?? [];
  const readable = mayRead[room] ?? [];
  if (allowed.includes(other) || (query === 'raw' && readable.includes(other))) return undefined;
  if (readable.includes(other)) return `${room} may read ${other} only as text: import it with ?raw`;
  return `${room} may not import ${other} (it may import ${list(allowed)}): move what is shared to a room both may import, or pass it in`;
}

/** Imports follow the table of rooms; type-only ones too, since a type is knowledge as well. */
export function importsByRoom(files: SourceFile[], dependencies: string[]): Offence[] {
  return inSrc(files)
    .filter(isCode)
    .flatMap((file) => {
      const room = roomOf(file.path);
      if (!(room in mayImport)) {
        return [
          {
            path: file.path,
            line: 1,
            message: `${room} is no room: put it in one of ${Object.keys(mayImport).join(', ')}`,
          },
        ];
      }
      const offences = importsOf(file).flatMap((found) => {
        const message =
          found.target === undefined
            ? packageFault(file.path, found.specifier, dependencies)
            : targetFault(file.path, found);
        return message ? [at(file, found.node, message)] : [];
      });
      if (room === 'domain' && file.path.split('/').length < 4) {
        offences.push({
          path: file.path,
          line: 1,
          message: 'domain holds contexts: put it in domain/<context>, or in messaging',
        });
      }
      if (room !== 'ui' && /\.svelte(\.ts)?$/.test(file.path)) {
        offences.push({ path: file.path, line: 1, message: 'Svelte stays in ui: move it there' });
      }
      // only scripts are parsed
      const hidden = /\bimport\s*\(|\bimport\.meta\.glob\b/g;
      return [...offences, ...matches(file, markupOf(file), hidden, () => 'import in the script, not in the markup')];
    });
}

/** No cycles: files that import each other can only be read, tested and moved together. Types count, texts don't. */
export function noCycles(files: SourceFile[]): Offence[] {
  const known = new Map(inSrc(files).map((file) => [file.path, file]));
  const done = new Set<string>();
  const offences: Offence[] = [];

  const visit = (file: SourceFile, trail: string[]) => {
    for (const { target = '', query, by, node } of importsOf(file)) {
      const next = known.get(target);
      if (!next || query !== '' || by !== 'import') continue;
      const seen = trail.indexOf(target);
      if (seen >= 0) {
        const cycle = [...trail.slice(seen), target].join(' → ');
        offences.push(at(file, node, `${cycle}: move what they share to a third file, or pass it in`));
      } else if (!done.has(target)) visit(next, [...trail, target]);
    }
    done.add(file.path);
  };
  for (const file of known.values()) if (!done.has(file.path)) visit(file, [file.path]);
  return offences;
}

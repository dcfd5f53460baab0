import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export type SourceFile = {
  /** From the top folder, with forward slashes: `src/kernel/clock.ts`. */
  path: string;
  text: string;
};

/** The top folder of the project. */
export const top = fileURLToPath(new URL('../..', import.meta.url));

/** Every text file below a folder of the project, sorted by path. */
export function readTree(folder: string, extensions: RegExp = /\.(ts|js|mjs|svelte|css|html|json|md)$/): SourceFile[] {
  return readdirSync(join(top, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extensions.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(top, file).split(sep).join('/'), text: readFileSync(file, 'utf8') }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

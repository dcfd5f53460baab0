import ts from 'typescript';
import type { SourceFile } from '../tree.ts';

export type { SourceFile };
export type Offence = { path: string; line: number; message: string };
export type Rule = (files: SourceFile[]) => Offence[];

const scriptTag = /(<script(?:"[^"]*"|'[^']*'|[^>"'])*>)([\s\S]*?)(<\/script>)/g;
const styleTag = /(<style(?:"[^"]*"|'[^']*'|[^>"'])*>)([\s\S]*?)(<\/style>)/g;

/** Keeps every position and line number. */
const blank = (text: string) => text.replace(/[^\n]/g, ' ');

/** The TypeScript of a file: all of a .ts, the scripts of a .svelte. */
export function scriptOf({ path, text }: SourceFile): string {
  if (path.endsWith('.ts')) return text;
  if (!path.endsWith('.svelte')) return blank(text);
  let script = '';
  for (const match of text.matchAll(scriptTag)) {
    const [, open = '', code = ''] = match;
    const start = match.index + open.length;
    script += blank(text.slice(script.length, start)) + code;
  }
  return script + blank(text.slice(script.length));
}

/** The markup of a .svelte file without its comments, or an .html file. */
export function markupOf({ path, text }: SourceFile): string {
  if (!/\.(svelte|html)$/.test(path)) return blank(text);
  return text
    .replace(scriptTag, blank)
    .replace(styleTag, blank)
    .replace(/<!--[\s\S]*?-->/g, blank);
}

/** The style sheet of a file without its comments. */
export function styleOf({ path, text }: SourceFile): string {
  const uncommented = text.replace(/\/\*[\s\S]*?\*\//g, blank);
  if (path.endsWith('.css')) return uncommented;
  if (!path.endsWith('.svelte')) return blank(text);
  let style = '';
  for (const match of uncommented.matchAll(styleTag)) {
    const [, open = '', rules = ''] = match;
    style += blank(uncommented.slice(style.length, match.index + open.length)) + rules;
  }
  return style + blank(uncommented.slice(style.length));
}

const parsed = new WeakMap<SourceFile, ts.SourceFile>();

/** The syntax tree of a file's script. */
export function treeOf(file: SourceFile): ts.SourceFile {
  let tree = parsed.get(file);
  if (!tree) {
    const name = file.path.endsWith('.ts') ? file.path : `${file.path}.ts`;
    tree = ts.createSourceFile(name, scriptOf(file), ts.ScriptTarget.ESNext, true);
    parsed.set(file, tree);
  }
  return tree;
}

/** Calls `visit` for every node below one, itself included. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  node.forEachChild((child) => walk(child, visit));
}

/** An offence at a node of a file's script. */
export function at(file: SourceFile, node: ts.Node, message: string): Offence {
  const tree = treeOf(file);
  return { path: file.path, line: tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1, message };
}

/** An offence at every match of a pattern in a text that has the file's own positions. */
export function matches(
  file: SourceFile,
  text: string,
  pattern: RegExp,
  message: (match: string) => string,
): Offence[] {
  return [...text.matchAll(pattern)].map((match) => ({
    path: file.path,
    line: text.slice(0, match.index).split('\n').length,
    message: message(match[0]),
  }));
}

/** Only the files of `src/`. */
export const inSrc = (files: SourceFile[]) => files.filter(({ path }) => path.startsWith('src/'));
export const isCode = ({ path }: SourceFile) => /\.(ts|svelte)$/.test(path);

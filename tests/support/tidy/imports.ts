import { posix } from 'node:path';
import ts from 'typescript';
import { isCode, type SourceFile, treeOf, walk } from './source.ts';

export type Import = {
  node: ts.Node;
  specifier: string;
  /** How it is named: by a declaration, by `import()` or a type's `import('…')`, by `new URL()`, by `import.meta.glob()`. */
  by: 'import' | 'url' | 'glob';
  /** What follows the `?`: `raw`, `worker&url`, … */
  query: string;
  /** For a relative one: the path from the top folder. Of a pattern, only the part before its first star. */
  target?: string;
};

const isImportMeta = (node: ts.Node) =>
  ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword && node.name.text === 'meta';

const isMember = (node: ts.Node, name: string) =>
  ts.isPropertyAccessExpression(node) && isImportMeta(node.expression) && node.name.text === name;

function describe(file: SourceFile, node: ts.Node, text: string, by: Import['by'], query?: string): Import {
  const [specifier = '', ownQuery = ''] = text.split('?');
  const found: Import = { node, specifier, by, query: query ?? ownQuery };
  // `new URL('x.png', import.meta.url)` is relative even without a dot
  if (specifier.startsWith('.') || by === 'url') {
    found.target = posix.join(posix.dirname(file.path), specifier.split('*')[0] ?? '');
  }
  return found;
}

/** The texts of a literal, or of a list of literals; undefined if it is computed. */
function literals(node: ts.Node | undefined): string[] | undefined {
  if (!node) return undefined;
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (!ts.isArrayLiteralExpression(node)) return undefined;
  const texts = node.elements.map((element) => literals(element)?.[0]);
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

function importsOfCall(file: SourceFile, node: ts.CallExpression | ts.NewExpression): Import[] {
  const [first, second] = node.arguments ?? [];
  let by: Import['by'];
  let query: string | undefined;
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword) by = 'import';
  else if (isMember(node.expression, 'glob')) {
    by = 'glob';
    const asked = second?.getText().match(/query:\s*['"]\?(?<query>[^'"]*)['"]/)?.groups?.query;
    if (asked !== undefined) query = asked;
  } else if (ts.isNewExpression(node) && node.expression.getText() === 'URL' && second && isMember(second, 'url')) {
    by = 'url';
  } else return [];
  // a computed one is reported under a name that no room may import
  return (literals(first) ?? ['(computed)']).map((text) => describe(file, node, text, by, query));
}

/** Everything a file's script imports or names by address. */
export function importsOf(file: SourceFile): Import[] {
  if (!isCode(file)) return [];
  const found: Import[] = [];
  walk(treeOf(file), (node) => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      for (const text of literals(node.moduleSpecifier) ?? []) found.push(describe(file, node, text, 'import'));
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      for (const text of literals(node.argument.literal) ?? []) found.push(describe(file, node, text, 'import'));
    } else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
      for (const text of literals(node.moduleReference.expression) ?? []) {
        found.push(describe(file, node, text, 'import'));
      }
    } else if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      found.push(...importsOfCall(file, node));
    }
  });
  return found;
}

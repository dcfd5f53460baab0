import ts from 'typescript';
import { at, inSrc, type Offence, type SourceFile, treeOf, walk } from './source.ts';

const maxFile = 300;
const maxFunction = 60;

const isFunction = (node: ts.Node): node is ts.FunctionLikeDeclaration =>
  ts.isFunctionDeclaration(node) ||
  ts.isFunctionExpression(node) ||
  ts.isArrowFunction(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isConstructorDeclaration(node) ||
  ts.isAccessor(node);

const nameOf = (node: ts.FunctionLikeDeclaration): string => {
  if (node.name) return node.name.getText();
  return ts.isVariableDeclaration(node.parent) ? node.parent.name.getText() : 'this function';
};

/** A file is under 300 lines and a function under 60: what one reads, one can hold in the head. Markup is no function. */
export function smallEnough(files: SourceFile[]): Offence[] {
  const sized = inSrc(files).filter(({ path }) => /\.(ts|svelte|css)$/.test(path));
  return sized.flatMap((file) => {
    const offences: Offence[] = [];
    const lines = file.text.trimEnd().split('\n').length;
    if (lines >= maxFile) {
      const message = `${lines} lines, and under ${maxFile} are allowed: split it by what each part is for`;
      offences.push({ path: file.path, line: maxFile, message });
    }
    const tree = treeOf(file);
    const lineAt = (pos: number) => tree.getLineAndCharacterOfPosition(pos).line;
    walk(tree, (node) => {
      if (!isFunction(node)) return;
      const length = lineAt(node.getEnd()) - lineAt(node.getStart(tree)) + 1;
      if (length < maxFunction) return;
      const message = `${nameOf(node)} has ${length} lines, and under ${maxFunction} are allowed: give its steps names`;
      offences.push(at(file, node, message));
    });
    return offences;
  });
}

const kebab = '[a-z0-9]+(-[a-z0-9]+)*';
const fileName = new RegExp(`^${kebab}(\\.${kebab})*$`);
const folderName = new RegExp(`^${kebab}$`);
const documents = new Set(['README.md']);
const rune = /^\$(state|derived|effect|props|bindable|inspect|host)$/;

/** Names tell the kind: kebab-case files, PascalCase components, and `.svelte.ts` where runes are and nowhere else. */
export function wellNamed(files: SourceFile[]): Offence[] {
  return inSrc(files).flatMap((file) => {
    const offences: Offence[] = [];
    const say = (message: string) => offences.push({ path: file.path, line: 1, message });
    const folders = file.path.split('/').slice(0, -1);
    const name = file.path.split('/').at(-1) ?? '';
    const wrong = folders.filter((folder) => !folderName.test(folder));
    if (wrong.length) say(`the folder ${wrong.join(', ')} is not in kebab-case: rename it`);
    if (name.endsWith('.svelte')) {
      if (!/^[A-Z][A-Za-z0-9]*\.svelte$/.test(name)) say(`${name} is not in PascalCase: rename it`);
    } else if (!fileName.test(name) && !documents.has(name)) say(`${name} is not in kebab-case: rename it`);

    if (!name.endsWith('.ts')) return offences;
    let runes = 0;
    walk(treeOf(file), (node) => {
      if (!ts.isIdentifier(node) || !rune.test(node.text)) return;
      runes += 1;
      if (name.endsWith('.svelte.ts')) return;
      offences.push(at(file, node, `${node.text} outside Svelte: name the file .svelte.ts, or do without the rune`));
    });
    if (name.endsWith('.svelte.ts') && !runes) say('no rune in it: name it .ts');
    return offences;
  });
}

const isExported = (node: ts.Node) =>
  ts.canHaveModifiers(node) && !!ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

const hasDoc = (file: SourceFile, node: ts.Node) => {
  const { text } = treeOf(file);
  const comments = ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [];
  return comments.some(({ pos }) => text.startsWith('/**', pos));
};

/** The functions a file declares at its top, each with the statement that carries its docstring. */
function declaredFunctions(tree: ts.SourceFile): { name: string; statement: ts.Statement }[] {
  return tree.statements.flatMap((statement): { name: string; statement: ts.Statement }[] => {
    if (ts.isFunctionDeclaration(statement)) return [{ name: statement.name?.text ?? 'default', statement }];
    if (ts.isExportAssignment(statement) && isFunction(statement.expression)) return [{ name: 'default', statement }];
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations
      .filter(({ initializer }) => initializer && isFunction(initializer))
      .map((declaration) => ({ name: declaration.name.getText(), statement }));
  });
}

/** An exported function says what it is for, where its readers look: in front of it. */
export function documented(files: SourceFile[]): Offence[] {
  return inSrc(files)
    .filter(({ path }) => path.endsWith('.ts'))
    .flatMap((file) => {
      const tree = treeOf(file);
      const listed = new Set<string>();
      for (const statement of tree.statements) {
        const clause =
          ts.isExportDeclaration(statement) && !statement.moduleSpecifier ? statement.exportClause : undefined;
        if (!clause || !ts.isNamedExports(clause)) continue;
        for (const { propertyName, name } of clause.elements) listed.add((propertyName ?? name).text);
      }
      const offences = new Map<string, Offence>();
      const told = new Set<string>();
      for (const { name, statement } of declaredFunctions(tree)) {
        const isPublic = isExported(statement) || ts.isExportAssignment(statement) || listed.has(name);
        if (hasDoc(file, statement)) told.add(name);
        else if (isPublic) {
          offences.set(
            name,
            at(file, statement, `${name} is exported without a docstring: say in /** … */ what it is for`),
          );
        }
      }
      // of overloads, one doc is enough
      return [...offences].filter(([name]) => !told.has(name)).map(([, offence]) => offence);
    });
}

const topLevel = new Set(
  [
    ['package.json', 'package-lock.json', 'vite.config.ts', 'tsconfig.json', 'index.html', 'README.md', 'LICENSE'],
    ['src', 'public', 'tests'],
    ['.ci', '.config', '.git', '.gitattributes', '.gitignore', '.npmrc'],
    // made by tools, not kept
    ['node_modules', 'dist', 'coverage', '.svelte-check', '.DS_Store'],
  ].flat(),
);

/** The top folder is the first thing anyone sees: only what has to lie there does. */
export function tidyTop(names: string[]): Offence[] {
  const message = 'this may not lie at the top: settings go to .config/, helpers of tests to tests/support/';
  return names.filter((name) => !topLevel.has(name)).map((path) => ({ path, line: 1, message }));
}

import ts from 'typescript';
import {
  at,
  inSrc,
  isCode,
  markupOf,
  matches,
  type Offence,
  type SourceFile,
  styleOf,
  treeOf,
  walk,
} from './source.ts';

const htmlSinks = new Set(['innerHTML', 'outerHTML', 'insertAdjacentHTML']);
const asText = 'text would become HTML: let Svelte put it in as text, or build the nodes';

/** Names in scenarios come from strangers: nothing turns text into HTML, and the policy allows no style in markup. */
export function noHtmlFromText(files: SourceFile[]): Offence[] {
  return inSrc(files)
    .filter(isCode)
    .flatMap((file) => {
      const offences: Offence[] = [];
      walk(treeOf(file), (node) => {
        const isName = ts.isIdentifier(node) || ts.isStringLiteralLike(node);
        if (isName && htmlSinks.has(node.text)) offences.push(at(file, node, `no ${node.text}, ${asText}`));
      });
      const markup = markupOf(file);
      return [
        ...offences,
        ...matches(
          file,
          markup,
          /\{@html|innerHTML|outerHTML|insertAdjacentHTML/g,
          (found) => `no ${found}, ${asText}`,
        ),
        ...matches(
          file,
          markup,
          /\sstyle\s*=\s*(?:"[^"{]*"|'[^'{]*'|[^\s"'{>]+)/g,
          () => 'the policy forbids style="…" in markup: use a class, or style:name={value}',
        ),
      ];
    });
}

function commentsOf(file: SourceFile): { pos: number; text: string }[] {
  const tree = treeOf(file);
  const text = tree.text;
  const found = new Map<number, string>();
  const add = (ranges: ts.CommentRange[] | undefined) => {
    for (const { pos, end } of ranges ?? []) found.set(pos, text.slice(pos, end));
  };
  // comments hang on tokens, and only getChildren() gives those
  const visit = (node: ts.Node) => {
    if (node.kind >= ts.SyntaxKind.FirstJSDocNode && node.kind <= ts.SyntaxKind.LastJSDocNode) return;
    const children = node.getChildren(tree);
    if (children.length) return children.forEach(visit);
    add(ts.getLeadingCommentRanges(text, node.getFullStart()));
    add(ts.getTrailingCommentRanges(text, node.getEnd()));
  };
  visit(tree);
  return [...found].map(([pos, comment]) => ({ pos, text: comment }));
}

function parses(code: string): boolean {
  const options = { compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext } };
  return !ts.transpileModule(code, { ...options, reportDiagnostics: true }).diagnostics?.length;
}

/** A line that ends like a statement and parses as one. A lone word and `note: word;` are prose. */
function isCodeLine(line: string): boolean {
  if (!/[;{]$/.test(line) || /^(?!(return|throw|await|let)\b)[\w\s]*;$/.test(line) || /^\w+: [\w\s]*;$/.test(line)) {
    return false;
  }
  if (line.startsWith('import ') || line.startsWith('export ')) return parses(line);
  const code = line.endsWith('{') ? `${line}}` : line;
  const whole = code.startsWith('} ') ? `if (x) {${code}` : code;
  return parses(`async function* f() { for (;;) { ${whole} } }`);
}

function commentedCode(file: SourceFile): Offence[] {
  return commentsOf(file).flatMap(({ pos, text }) => {
    // a docstring may hold an example
    if (text.startsWith('/**')) return [];
    const first = treeOf(file).getLineAndCharacterOfPosition(pos).line + 1;
    return text.split('\n').flatMap((line, index) => {
      const said = line
        .replace(/^\s*(\/\/+|\/\*+|\*(?!\/))?/, '')
        .replace(/\*\/\s*$/, '')
        .trim();
      const message = 'code in a comment: delete it, the history keeps it';
      return isCodeLine(said) ? [{ path: file.path, line: first + index, message }] : [];
    });
  });
}

/** Nothing is left lying about: notes to oneself, code in comments, output for debugging. */
export function noLeftovers(files: SourceFile[]): Offence[] {
  return inSrc(files).flatMap((file) => {
    const offences = matches(
      file,
      file.text,
      /\b(TODO|FIXME)\b/g,
      (word) => `${word}: do it, or say in plain words what is not done and why`,
    );
    if (!isCode(file)) return offences;
    walk(treeOf(file), (node) => {
      if (ts.isPropertyAccessExpression(node) && /^console\.(log|debug|info|trace|table|dir)$/.test(node.getText())) {
        offences.push(at(file, node, `no ${node.getText()}: record it in the trace, or throw`));
      }
    });
    const markup = file.path.endsWith('.svelte') ? file.text : '';
    const hidden = /<!--\s*(<[A-Za-z/]|\{[#@:/])[\s\S]*?-->/g;
    const message = 'markup in a comment: delete it, the history keeps it';
    return [...offences, ...commentedCode(file), ...matches(file, markup, hidden, () => message)];
  });
}

/** They look like addresses and are names; nothing fetches them. */
const identifiers = new Set(['http://www.w3.org/2000/svg', 'https://json-schema.org/draft/2020-12/schema']);
const address = /(?:https?|wss?):\/\/[^\s'"`()<>]*|(?<=["'(])\/\/[a-z0-9-]+\.[a-z][^\s'"`()<>]*/gi;

/** The page talks to its own host only. Comments may cite. */
export function noOtherHost(files: SourceFile[]): Offence[] {
  return inSrc(files).flatMap((file) => {
    const message = (url: string) =>
      `${url} is another host: ship the thing with the page, or name it without an address`;
    const offences: Offence[] = [];
    if (isCode(file)) {
      walk(treeOf(file), (node) => {
        const isText = ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node);
        if (!isText) return;
        const quoted = `"${node.text}"`;
        for (const [url] of quoted.matchAll(address)) {
          if (!identifiers.has(url)) offences.push(at(file, node, message(url)));
        }
      });
    }
    const rest = [markupOf(file), styleOf(file)].flatMap((text) =>
      matches(file, text, address, (url) => (identifiers.has(url) ? '' : message(url))),
    );
    return [...offences, ...rest.filter((offence) => offence.message)];
  });
}

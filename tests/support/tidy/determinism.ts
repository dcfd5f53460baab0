import ts from 'typescript';
import { at, isCode, type Offence, type SourceFile, treeOf, walk } from './source.ts';

/**
 * The rooms whose code makes a run. The drivers at the edge (IndexedDB, the two worker files) live in real time;
 * nothing else does, or the same scenario would not give the same bytes.
 */
const isSimulation = ({ path }: SourceFile) =>
  /^src\/(base|trace|kernel|messaging|domain|patterns|database|verdicts|simulation|explorer|playback)\//.test(path) &&
  !/^src\/(database\/indexeddb\.ts|(simulation|explorer)\/worker\.ts)$/.test(path);

const clock = 'it reads the real clock: take the time from the kernel';
const chance = 'it is real chance: draw from the seeded choices of the kernel';
const id = 'it is real chance: take the id from the kernel';
const timer = 'it waits in real time: schedule a task in the kernel';

/** Members of global objects. */
const members: Record<string, string> = {
  'Date.now': clock,
  'performance.now': clock,
  'performance.timeOrigin': clock,
  'Math.random': chance,
  'crypto.getRandomValues': chance,
};
/** Names that are banned however they are reached. */
const names: Record<string, string> = {
  randomUUID: id,
  setTimeout: timer,
  setInterval: timer,
  createActor: 'actors draw ids, chance and time: step the machine with initialTransition() and transition()',
};

const globals = new Set(['globalThis', 'self', 'window']);
/** `Math` of `Math` and of `globalThis.Math`. */
const objectName = (node: ts.Expression): string | undefined => {
  if (ts.isIdentifier(node)) return node.text;
  const isGlobal = ts.isPropertyAccessExpression(node) && globals.has(node.expression.getText());
  return isGlobal ? node.name.text : undefined;
};

function fault(node: ts.Node): string | undefined {
  const banned = (key: string) => (members[key] ? `no ${key} here, ${members[key]}` : undefined);
  if (ts.isPropertyAccessExpression(node)) return banned(`${objectName(node.expression)}.${node.name.text}`);
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
    const name = node.argumentExpression.text;
    if (names[name]) return `no ${name} here, ${names[name]}`;
    return banned(`${objectName(node.expression)}.${name}`);
  }
  if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
    return objectName(node.expression) === 'Date' ? `no Date here, ${clock}` : undefined;
  }
  if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name) && node.initializer) {
    const object = objectName(node.initializer);
    const keys = node.name.elements.map((element) => `${object}.${(element.propertyName ?? element.name).getText()}`);
    return keys.map(banned).find((found) => found);
  }
  if (ts.isIdentifier(node) && Object.hasOwn(names, node.text)) return `no ${node.text} here, ${names[node.text]}`;
  return undefined;
}

/** Rooms of the simulation read no real clock and no real chance. */
export function noClockNorChance(files: SourceFile[]): Offence[] {
  return files
    .filter((file) => isCode(file) && isSimulation(file))
    .flatMap((file) => {
      const offences: Offence[] = [];
      walk(treeOf(file), (node) => {
        const message = fault(node);
        if (message) offences.push(at(file, node, message));
      });
      return offences;
    });
}

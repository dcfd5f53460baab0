/** The handlers' own source, as text: what is shown is what runs. */
import type { Options } from '../../trace/scenario.ts';

/** Whose code: the service, the relay, or a subscriber's consumer. */
export type Role = 'service' | 'relay' | 'consumer';

type Load = () => Promise<{ default: string }>;

const files = {
  'outbox-table.ts': () => import('../../patterns/outbox-table.ts?raw'),
  'publish-after-commit.ts': () => import('../../patterns/publish-after-commit.ts?raw'),
  'publish-inside-aggregate.ts': () => import('../../patterns/publish-inside-aggregate.ts?raw'),
  'polling-publisher.ts': () => import('../../patterns/polling-publisher.ts?raw'),
  'consumer.ts': () => import('../../patterns/consumer.ts?raw'),
  'idempotent-consumer.ts': () => import('../../patterns/idempotent-consumer.ts?raw'),
  'inbox-before.ts': () => import('../../patterns/inbox-before.ts?raw'),
  'inbox-after.ts': () => import('../../patterns/inbox-after.ts?raw'),
  'version-aware-consumer.ts': () => import('../../patterns/version-aware-consumer.ts?raw'),
} satisfies Record<string, Load>;

export type FileName = keyof typeof files;

const services: Record<Options['publish'], FileName> = {
  outbox: 'outbox-table.ts',
  afterCommit: 'publish-after-commit.ts',
  insideAggregate: 'publish-inside-aggregate.ts',
};

const consumers: Record<Options['inbox'], FileName> = {
  none: 'consumer.ts',
  sameTransaction: 'idempotent-consumer.ts',
  before: 'inbox-before.ts',
  after: 'inbox-after.ts',
  version: 'version-aware-consumer.ts',
};

/** The file that a role runs under these options. */
export function fileOf(role: Role, options: Options): FileName {
  if (role === 'relay') return 'polling-publisher.ts';
  if (role === 'consumer') return consumers[options.inbox];
  return services[options.publish];
}

/** A source as the reader sees it: what its header says, and the code below the imports. */
export interface Source {
  about: string;
  lines: readonly string[];
}

/** Fetches a file's text. */
export const loadSource = async (name: FileName): Promise<Source> => splitSource((await files[name]()).default);

/** Takes the header comment and the imports off a file. */
export function splitSource(text: string): Source {
  const header = /^\/\*\*([\s\S]*?)\*\//.exec(text);
  const about = (header?.[1] ?? '')
    .replace(/^\s*\* ?/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const lines = text
    .slice(header?.[0].length ?? 0)
    .trim()
    .split('\n');
  const code = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('import '));
  return { about, lines: lines.slice(Math.max(0, code)) };
}

export interface Piece {
  kind: 'word' | 'text' | 'comment' | 'plain';
  text: string;
}

const pieces =
  /(\/\/.*|\/\*.*|^\*.*)|('[^']*'|`[^`]*`)|\b(export|function|const|for|of|yield|new|return|if|else|throw|let|static|readonly)\b/g;

/** A line of code, cut where its colour changes. Enough for our own sources; no language server. */
export function colour(line: string): Piece[] {
  const all: Piece[] = [];
  let at = 0;
  for (const match of line.matchAll(pieces)) {
    if (match.index > at) all.push({ kind: 'plain', text: line.slice(at, match.index) });
    all.push({ kind: match[1] !== undefined ? 'comment' : match[2] !== undefined ? 'text' : 'word', text: match[0] });
    at = match.index + match[0].length;
  }
  if (at < line.length) all.push({ kind: 'plain', text: line.slice(at) });
  return all;
}

/** The line on which a handler yields this effect, or -1. */
export const lineOf = (lines: readonly string[], effect: string | null | undefined): number =>
  effect ? lines.findIndex((line) => line.includes(`yield* ${effect}(`)) : -1;

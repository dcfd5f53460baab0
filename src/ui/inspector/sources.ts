/** The handlers' own source, as text: what is shown is what runs. */
import type { Flow, Options } from '../../trace/scenario.ts';
import type { FlowParts } from '../../trace/control.ts';
import { late, type Late } from '../late.svelte.ts';

/**
 * Whose code: the service, the relay, the job that removes published rows, a subscriber's consumer; a process manager, what
 * it or a saga does about one message, and the relay of their commands.
 */
export type Role = 'service' | 'relay' | 'cleaner' | 'consumer' | 'manager' | 'saga' | 'commands';

const source = (load: () => Promise<{ default: string }>): Late<Source> =>
  late(() => load().then(({ default: text }) => splitSource(text)));

const files = {
  'outbox-with-sequence.ts': source(() => import('../../patterns/outbox-with-sequence.ts?raw')),
  'embedded-outbox.ts': source(() => import('../../patterns/embedded-outbox.ts?raw')),
  'embedded-outbox-relay.ts': source(() => import('../../patterns/embedded-outbox-relay.ts?raw')),
  'cursor-polling.ts': source(() => import('../../patterns/cursor-polling.ts?raw')),
  'log-tailing.ts': source(() => import('../../patterns/log-tailing.ts?raw')),
  'clean-up.ts': source(() => import('../../patterns/clean-up.ts?raw')),
  'outbox-table.ts': source(() => import('../../patterns/outbox-table.ts?raw')),
  'publish-after-commit.ts': source(() => import('../../patterns/publish-after-commit.ts?raw')),
  'publish-inside-aggregate.ts': source(() => import('../../patterns/publish-inside-aggregate.ts?raw')),
  'polling-publisher.ts': source(() => import('../../patterns/polling-publisher.ts?raw')),
  'consumer.ts': source(() => import('../../patterns/consumer.ts?raw')),
  'idempotent-consumer.ts': source(() => import('../../patterns/idempotent-consumer.ts?raw')),
  'inbox-before.ts': source(() => import('../../patterns/inbox-before.ts?raw')),
  'inbox-after.ts': source(() => import('../../patterns/inbox-after.ts?raw')),
  'aggregate-boundary.ts': source(() => import('../../patterns/aggregate-boundary.ts?raw')),
  'command-relay.ts': source(() => import('../../patterns/command-relay.ts?raw')),
  'process-manager-runner.ts': source(() => import('../../patterns/process-manager-runner.ts?raw')),
  'saga-runner.ts': source(() => import('../../patterns/saga-runner.ts?raw')),
  'stateless-saga.ts': source(() => import('../../patterns/stateless-saga.ts?raw')),
  'version-aware-consumer.ts': source(() => import('../../patterns/version-aware-consumer.ts?raw')),
} satisfies Record<string, Late<Source>>;

export type FileName = keyof typeof files;

const consumers: Record<Options['inbox'], FileName> = {
  none: 'consumer.ts',
  sameTransaction: 'idempotent-consumer.ts',
  before: 'inbox-before.ts',
  after: 'inbox-after.ts',
  version: 'version-aware-consumer.ts',
};

function serviceFile({ publish, outbox, relay }: Options): FileName {
  if (publish === 'afterCommit') return 'publish-after-commit.ts';
  if (publish === 'insideAggregate') return 'publish-inside-aggregate.ts';
  if (outbox === 'document') return 'embedded-outbox.ts';
  return relay === 'cursorPolling' ? 'outbox-with-sequence.ts' : 'outbox-table.ts';
}

function relayFile({ outbox, relay }: Options): FileName {
  if (relay === 'cursorPolling') return 'cursor-polling.ts';
  if (relay === 'logTailing') return 'log-tailing.ts';
  return outbox === 'document' ? 'embedded-outbox-relay.ts' : 'polling-publisher.ts';
}

/** The file that a role runs under these options. */
export function fileOf(role: Role, options: Options, flow: Flow = 'campaign'): FileName {
  switch (role) {
    case 'relay':
      return relayFile(options);
    case 'cleaner':
      return 'clean-up.ts';
    case 'consumer':
      return consumers[options.inbox];
    case 'manager':
      return 'process-manager-runner.ts';
    case 'saga':
      return options.saga === 'stateless' ? 'stateless-saga.ts' : 'saga-runner.ts';
    case 'commands':
      return 'command-relay.ts';
    case 'service':
      return flow === 'budget' ? 'aggregate-boundary.ts' : serviceFile(options);
  }
}

/** The roles that a process plays in a flow. */
export function rolesOf(
  process: string,
  { flow, options, machines }: Pick<FlowParts, 'flow' | 'options' | 'machines'>,
): Role[] {
  if (/^consumer:(saga|processManager)\b/.test(process)) return flow === 'trip' ? ['manager', 'saga'] : ['saga'];
  if (process.startsWith('consumer:')) return ['consumer'];
  if (process === 'service') return flow === 'trip' ? ['manager', 'saga'] : ['service'];
  if (process === 'cleaner') return ['cleaner'];
  if (process !== 'relay' && process !== 'relay-2') return [];
  const publishes: Role[] = options.publish === 'outbox' && flow !== 'trip' ? ['relay'] : [];
  return process === 'relay' && machines.length > 0 ? [...publishes, 'commands'] : publishes;
}

/** What a process manager leaves to the handling of one message, which is in the file beside it. */
const handled: readonly string[] = [
  'loadInstance',
  'callParticipant',
  'commitInstance',
  'ignoreMessage',
  'missInstance',
];

/** The role that a running handler plays. */
export function roleOfTask(
  process: string,
  { handler, effect }: { handler: string; effect: string | null },
  parts: Parameters<typeof rolesOf>[1],
): Role | null {
  if (handler === 'commandRelay') return 'commands';
  const roles = rolesOf(process, parts);
  return effect !== null && handled.includes(effect) && roles.includes('saga') ? 'saga' : (roles[0] ?? null);
}

/** A source as the reader sees it: what its header says, and the code below the imports. */
export interface Source {
  about: string;
  lines: readonly string[];
}

/** A file, to be fetched when it is wanted. */
export const sourceOf = (name: FileName): Late<Source> => files[name];

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
  const lastImport = lines.findLastIndex((line) => /^(import .*|\} )from '.*';$/.test(line));
  const code = lines.findIndex((line, index) => index > lastImport && line.trim() !== '');
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

/** How the effects are called whose function has another name. */
const calls: Readonly<Record<string, string>> = { markPublished: 'finish', deletePublished: 'finish' };

/** Which of several calls of `finish` is meant: the handlers list them as marked first, one by one, as a batch. */
function finishMeant(found: readonly number[], { afterPublish, marking, outbox, relay, relayWrites }: Options): number {
  if (outbox === 'document' && relay === 'polling') return found[relayWrites === 'notRaised' ? 0 : 1] ?? -1;
  if (afterPublish === 'markFirst') return found[0] ?? -1;
  return (marking === 'batch' ? found.at(-1) : (found[1] ?? found[0])) ?? -1;
}

/** The line on which a handler yields this effect under these options, or -1. */
export function lineOf(lines: readonly string[], effect: string | null | undefined, options: Options): number {
  if (!effect) return -1;
  const call = calls[effect] ?? effect;
  const found = lines.flatMap((line, index) => (new RegExp(`yield\\*.*\\b${call}\\(`).test(line) ? [index] : []));
  if (call === 'finish') return finishMeant(found, options);
  // the commands have been called already: only the state is stored
  if (call === 'commitInstance' && options.sending === 'direct') return found.at(-1) ?? -1;
  if (call === 'load' && found.length > 1) return found[boundaries.indexOf(options.boundary)] ?? found.at(-1)!;
  return found[0] ?? (handled.includes(call) ? lines.findIndex((line) => line.includes('yield* handle(')) : -1);
}

/** What a command loads, as the boundary's handler lists it: everything, the publisher, the budget; a campaign comes last. */
const boundaries: readonly (Options['boundary'] | 'publisher')[] = ['tooLarge', 'publisher', 'together'];

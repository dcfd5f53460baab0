/** What is to be said of a part beyond the first picture: claims, positions, memories, handlers that no longer have their message. */
import type { Part } from '../../../playback/view.ts';
import type { Messages } from '../../i18n/en.ts';
import type { StageLate } from '../../i18n/en-stage-late.ts';
import type { Run } from '../../run.ts';
import { changeStrip } from './change-log.ts';
import { partitions } from './log-cells.ts';
import { relayLines } from './relay-facts.ts';

/** The facts about a part, in the order of their weight. */
export function factsOf(part: Part, run: Run, m: Messages, words: StageLate): string[] {
  const [kind, subscription = ''] = part.split(':');
  switch (kind) {
    case 'relay':
    case 'relay-2':
      return relay(part, run, words);
    case 'database':
      return database(run, m, words);
    case 'bus':
      return [m.stage.busKind[run.options.bus], ...log(run, words)];
    case 'queue':
      return run.options.bus === 'pubsub' ? [words.pubsub.nothingKept] : [];
    case 'consumer':
      return consumer(part, subscription.replace(/-\d+$/, ''), run, words);
    default:
      return [];
  }
}

function relay(part: Part, { view, options }: Run, words: StageLate): string[] {
  const polls = view.outbox.relays[part];
  const lines = relayLines(part, view, options, null, words).map(({ text }) => text);
  return polls ? [...lines, words.facts.polls(polls.polls, polls.read)] : lines;
}

function database({ view, options }: Run, m: Messages, words: StageLate): string[] {
  const facts: string[] = [];
  const { parked, reserved, position } = view.outbox;
  if (parked > 0) facts.push(words.facts.parked(parked));
  if (reserved.length > 0) facts.push(words.facts.reserved(reserved.map((each) => each.position)));
  if (options.relay === 'cursorPolling' && position !== null) facts.push(m.stage.cursor(position));
  if (options.publish === 'outbox' && options.relay === 'logTailing') {
    const { first, last, lost } = changeStrip(view, 1);
    if (first !== null) facts.push(words.facts.changes(first, last));
    if (lost) facts.push(words.changes.lost(lost.position, lost.first));
  }
  return facts;
}

function log({ view, options }: Run, words: StageLate): string[] {
  if (options.bus !== 'log') return [];
  return partitions.map((partition) =>
    words.facts.partition(partition, view.log?.partitions.find((other) => other.partition === partition)?.end ?? 0),
  );
}

function consumer(part: Part, subscription: string, { view, options }: Run, words: StageLate): string[] {
  const facts: string[] = [];
  const isHere = ({ consumer }: { consumer: Part }): boolean => consumer === part;
  const queue = view.queues[subscription];
  const held = queue?.inFlight.filter(isHere) ?? [];
  if (options.consumers === 'competing' && held.length > 0) {
    facts.push(words.facts.inHand(held.map(({ eventType }) => eventType)));
  }
  const waiting = queue?.buffered.filter(isHere).length ?? 0;
  if (waiting > 0) facts.push(words.facts.memory(waiting));
  const zombies = queue?.expired.filter(isHere) ?? [];
  if (zombies.length > 0) facts.push(words.facts.zombie(zombies.map(({ eventType }) => eventType)));
  const read = Object.entries(view.log?.groups[subscription] ?? {}).filter(([, group]) => group.owner === part);
  for (const [partition, { position, committed }] of read) {
    facts.push(words.facts.position(Number(partition), position, committed));
  }
  return facts;
}

/** The diagram by keyboard: one tab stop, arrow keys along the edges. */
import type { Part } from '../../playback/view.ts';
import type { Options } from '../../trace/scenario.ts';
import { subscriptions } from './geometry.ts';

/** From a part to one that receives something from it. */
export type Way = readonly [from: Part, to: Part];

/** What leads from the bus to the consumers; a log has no part of its own for each subscription. */
function afterBus({ bus, consumers }: Options): Way[] {
  return subscriptions.flatMap((subscription): Way[] => {
    const first = `consumer:${subscription}`;
    const all = consumers === 'competing' ? [first, `${first}-2`] : [first];
    if (bus === 'log') return all.map((consumer) => ['bus', consumer]);
    const queue = `queue:${subscription}`;
    return [['bus', queue], ...all.map((consumer): Way => [queue, consumer])];
  });
}

/** The ways of the campaign flow without a saga. */
export function waysOf(options: Options): Way[] {
  const { publish, relays, cleanup } = options;
  const before: Way[] = [['service', 'database']];
  if (publish === 'outbox') {
    for (const relay of relays === 2 ? ['relay', 'relay-2'] : ['relay']) {
      before.push(['database', relay], [relay, 'bus']);
    }
  } else before.unshift(['service', 'bus']);
  if (cleanup === 'on') before.push(['database', 'cleaner']);
  return [...before, ...afterBus(options)];
}

/** The parts there are, in the order of the flow. */
export const partsOf = (ways: readonly Way[]): Part[] => [...new Set(ways.flat())];

/** Where an arrow key leads from a part: right to the receiver, left to the sender, up and down to siblings. */
export function neighbour(part: Part, key: string, all: readonly Way[]): Part {
  const receivers = (of: Part) => all.filter(([from]) => from === of).map(([, to]) => to);
  const senders = (of: Part) => all.filter(([, to]) => to === of).map(([from]) => from);
  const parts = partsOf(all);
  const sideways = (step: number) => {
    // consumers have different senders; they are siblings all the same
    const siblings = part.startsWith('consumer:')
      ? parts.filter((other) => other.startsWith('consumer:'))
      : senders(part).flatMap(receivers);
    return siblings.at((siblings.indexOf(part) + step) % Math.max(1, siblings.length)) ?? part;
  };
  switch (key) {
    case 'ArrowRight':
      return receivers(part)[0] ?? part;
    case 'ArrowLeft':
      return senders(part)[0] ?? part;
    case 'ArrowDown':
      return sideways(1);
    case 'ArrowUp':
      return sideways(-1);
    case 'Home':
      return parts[0] ?? part;
    case 'End':
      return parts.at(-1) ?? part;
    default:
      return part;
  }
}

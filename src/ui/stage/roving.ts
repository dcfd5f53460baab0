/** The diagram by keyboard: one tab stop, arrow keys along the edges. */
import type { Part } from '../../playback/view.ts';
import type { Options } from '../../trace/scenario.ts';

type Way = readonly [from: Part, to: Part];

const after: readonly Way[] = [
  ['bus', 'queue:adServing'],
  ['bus', 'queue:billing'],
  ['queue:adServing', 'consumer:adServing'],
  ['queue:billing', 'consumer:billing'],
];

const ways = {
  outbox: [['service', 'database'], ['database', 'relay'], ['relay', 'bus'], ...after] as readonly Way[],
  direct: [['service', 'bus'], ['service', 'database'], ...after] as readonly Way[],
};

const waysOf = (publish: Options['publish']): readonly Way[] => (publish === 'outbox' ? ways.outbox : ways.direct);

/** The parts there are, in the order of the flow. */
export const partsOf = (publish: Options['publish']): Part[] => [...new Set(waysOf(publish).flat())];

/** Where an arrow key leads from a part: right to the receiver, left to the sender, up and down to siblings. */
export function neighbour(part: Part, key: string, publish: Options['publish']): Part {
  const all = waysOf(publish);
  const receivers = (of: Part) => all.filter(([from]) => from === of).map(([, to]) => to);
  const senders = (of: Part) => all.filter(([, to]) => to === of).map(([from]) => from);
  const parts = partsOf(publish);
  const sideways = (step: number) => {
    const parents = senders(part);
    // consumers have different senders; they are siblings all the same
    const siblings = part.startsWith('consumer:')
      ? parts.filter((other) => other.startsWith('consumer:'))
      : parents.flatMap(receivers);
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

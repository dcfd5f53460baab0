/** Failures of the flows with a saga: those most worth a press, and those of participants. */
import {
  busDown,
  common,
  crash,
  flowOf,
  later,
  relayGap,
  slow,
  type Choice,
  type Situation,
} from './common-failures.ts';

/** A participant gives its next answer to nobody. */
export const silence = (service: string): Choice => later({ type: 'silence', service });

/** The failures most worth a press in a flow. */
export function commonIn(situation: Situation): Choice[] {
  const flow = flowOf(situation);
  if (flow === 'trip')
    return [
      silence('hotel'),
      later({ type: 'drop', subscription: 'airline' }),
      crash('consumer:processManager', 'after:commitInstance', situation),
      crash('relay', 'before:markSent', situation),
      busDown(3000, situation),
    ];
  const consumer = 'consumer:saga';
  if (flow === 'budget' && situation.view.processes[consumer])
    return [
      slow(consumer, situation),
      crash(consumer, undefined, situation),
      crash('relay', relayGap(situation.options), situation),
      busDown(3000, situation),
    ];
  return common(situation);
}

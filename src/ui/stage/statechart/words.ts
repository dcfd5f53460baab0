/** A statechart in words: what the picture says at a glance, and every one of its ways. */
import type { InstanceView } from '../../../playback/view.ts';
import type { StatechartWords } from '../../i18n/en-statechart.ts';
import { timeLeft } from '../time-left.ts';
import type { Arm, Chart } from './chart.ts';
import type { Running } from './taken.ts';

/** The state, how it came to it, what ends it, what it ignored. */
export function aloud(
  chart: Chart,
  instance: InstanceView | null,
  timer: Running | null,
  ignored: InstanceView['lastIgnored'],
  time: number,
  m: StatechartWords,
): string {
  const facts = [m.chart(chart.id, chart.states.length)];
  if (instance) {
    const { id, state, deleted, last } = instance;
    facts.push(deleted ? m.deleted(id) : m.at(id, state), m.taken(last.type, last.from, last.to));
  } else facts.push(m.nobody);
  if (timer) facts.push(m.until(timer.timer, timeLeft(timer.due, time)));
  if (ignored) facts.push(m.ignored(ignored.type, ignored.reason));
  return facts.join('; ');
}

/** Every way, as a sentence. */
export function listed({ states, anywhere }: Chart, m: StatechartWords): string[] {
  const say = (from: string, arms: readonly Arm[]): string[] =>
    arms.map(({ event, guards, target, commands, timers }) =>
      m.way(from, event, guards, target ?? m.stays, [...commands, ...timers]),
    );
  return [...say(m.anywhere, anywhere), ...states.flatMap(({ name, arms }) => say(name, arms))];
}

/** What of a chart an instance is at: the state, and the arms it may have taken last. */
import type { InstanceView } from '../../../playback/view.ts';
import type { Arm, Chart } from './chart.ts';

/** The arms that may have led to where an instance is: one, unless two of them differ by nothing but their guards. */
export function takenArms(chart: Chart, instance: InstanceView | null): readonly Arm[] {
  if (!instance) return [];
  const { type, to } = instance.last;
  const from = instance.last.from ?? chart.initial;
  const fits = (arm: Arm): boolean => arm.event === type && (arm.target ?? from) === to;
  const own = chart.states.find(({ name }) => name === from)?.arms.filter(fits) ?? [];
  const arms = own.length > 0 ? own : chart.anywhere.filter(fits);
  // what was noted on the way tells them apart
  const noted = instance.context['reason'];
  const meant = arms.filter(({ reason }) => reason === null || reason === noted);
  return meant.length > 0 ? meant : arms;
}

/** A deadline that runs: how much of it is left, from 1 to 0, and until when. */
export interface Running {
  timer: string;
  token: string;
  due: number;
  left: number;
}

/** The deadline of the present state: the newest that was set and has not come. Null where it waits for ever. */
export function runningTimer(instance: InstanceView | null, time: number): Running | null {
  if (!instance?.waiting || instance.deleted) return null;
  const newest = instance.timers.reduce<InstanceView['timers'][number] | null>(
    (best, timer) => (best && best.setAt > timer.setAt ? best : timer),
    null,
  );
  if (!newest) return null;
  const { timer, token, due, setAt } = newest;
  return { timer, token, due, left: due <= setAt ? 0 : Math.min(1, Math.max(0, (due - time) / (due - setAt))) };
}

/** What it ignored since it moved last; null where nothing. */
export const ignoredSince = (instance: InstanceView | null): InstanceView['lastIgnored'] =>
  instance?.lastIgnored && instance.lastIgnored.seq > instance.last.seq ? instance.lastIgnored : null;

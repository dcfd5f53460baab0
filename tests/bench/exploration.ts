/**
 * How fast a state space is searched, at the two ends of a scale for our own explorer: as naively as one would write it
 * down, and packed by hand for one model alone. Pure computation; what weighs the heap is handed in.
 */
import type { BenchRow } from './database.ts';
import { benchExplorer } from './explorer.ts';
import { complete, type Counts } from './models/outbox-configs.ts';
import { searchNaively } from './models/outbox-naive.ts';
import { searchPacked } from './models/outbox-packed.ts';

type Size = keyof typeof complete;

/** One way of searching one model, and what it took each time. */
interface Course {
  name: string;
  size: Size;
  /** Bytes of all states found, while they are held. */
  search: () => Counts & { bytes: number };
  seconds: number[];
  bytes: number;
}

const rounds = 3;

function courseOf(kind: string, size: Size, search: Course['search']): Course {
  return { name: `search the outbox model, ${kind}, ${size}`, size, search, seconds: [], bytes: 0 };
}

/** @throws if a search went wrong: a fast wrong one must not be taken for a fast one */
function compare(name: string, found: Counts, expected: Counts): void {
  for (const count of ['distinct', 'generated', 'depth'] as const)
    if (found[count] !== expected[count])
      throw new Error(`${name}: ${found[count]} ${count}, and ${expected[count]} are expected`);
}

function run(course: Course): void {
  const start = performance.now();
  const found = course.search();
  course.seconds.push((performance.now() - start) / 1000);
  course.bytes = found.bytes;
  compare(course.name, found, complete[course.size].counts);
}

function naively(size: Size, heapUsed: () => number): Counts & { bytes: number } {
  const before = heapUsed();
  let bytes = 0;
  const found = searchNaively(complete[size].model, [], () => (bytes = heapUsed() - before));
  return { ...found, bytes };
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const round = (value: number, digits = 0): number => Number(value.toFixed(digits));

const rateOf = ({ size, seconds }: Course): number => complete[size].counts.distinct / median(seconds);

function rowsOf(course: Course, peer: Course): BenchRow[] {
  const { name, size, seconds, bytes } = course;
  const { distinct } = complete[size].counts;
  const against = (ratio: number): Partial<BenchRow> => (course === peer ? {} : { peer: 'naive, medium', ratio });
  const each = ({ size: of, bytes: all }: Course): number => all / complete[of].counts.distinct;
  return [
    {
      bench: name,
      value: round(rateOf(course)),
      unit: 'distinct states/s',
      ...against(round(rateOf(course) / rateOf(peer), 1)),
    },
    { bench: `${name}, all of it`, value: round(median(seconds), 2), unit: 's' },
    {
      bench: `${name}, memory`,
      value: round(bytes / distinct, 1),
      unit: 'bytes/state',
      ...against(round(each(course) / each(peer), 3)),
    },
  ];
}

/**
 * Medians of searches made in turns, so that a slow moment hits all alike. Every configuration that has counts is
 * searched to the end at least once, those that are not timed too.
 * @param heapUsed bytes of live objects, after a collection
 * @throws if any search counts other than expected
 */
export function benchExploration(heapUsed: () => number): BenchRow[] {
  const naive = courseOf('naive', 'medium', () => naively('medium', heapUsed));
  const packed = (['medium', 'large'] as const).map((size) =>
    courseOf('packed', size, () => searchPacked(complete[size].model)),
  );
  for (const [size, { model, counts }] of Object.entries(complete)) compare(size, searchPacked(model), counts);
  for (let i = 0; i < rounds; i++) for (const course of [naive, ...packed]) run(course);
  return [...[naive, ...packed].flatMap((course) => rowsOf(course, naive)), ...benchExplorer(rateOf(naive))];
}

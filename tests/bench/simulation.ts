/** How fast runs are made, kept, hashed and looked at again. Pure computation: the same in Node and in a page. */
import { Judgement } from '../../src/playback/judgement.ts';
import { Playback } from '../../src/playback/timeline.ts';
import { allParts } from '../../src/simulation/all-parts.ts';
import { partsOf } from '../../src/simulation/flow.ts';
import { hashMoment, rulesOf, startMoment, stepInMemory, type Moment } from '../../src/simulation/running.ts';
import { simulate } from '../../src/simulation/simulate.ts';
import type { Input, Scenario } from '../../src/trace/scenario.ts';
import type { BenchRow } from './database.ts';

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Milliseconds that some work takes, each of several times; the first times, in which the engine warms up, are left out. */
const often = (times: number, work: () => unknown): number[] =>
  Array.from({ length: times + 3 }, () => timed(work)).slice(3);

/** Milliseconds that some work takes. */
function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Commands on seven campaigns, every third of them with a failure beside it. */
export function busyScenario(commands: number): Scenario {
  const inputs: Input[] = [];
  for (let i = 0; i < commands; i++) {
    const at = i * 1500;
    inputs.push({
      at,
      kind: 'command',
      name: i % 2 ? 'DeactivateCampaign' : 'ActivateCampaign',
      payload: { id: `${i % 7}` },
    });
    if (i % 3 === 0)
      inputs.push({
        at,
        kind: 'failure',
        failure: { type: 'crash', process: 'relay', point: 'before:markPublished', restartAfter: 700 },
      });
  }
  inputs.push({ at: commands * 1500 + 5000, kind: 'settle' });
  return {
    format: 'sagascope/scenario',
    version: 1,
    flow: 'campaign',
    seed: 1,
    options: { inbox: 'sameTransaction' },
    inputs,
  };
}

function benchSimulate(): BenchRow {
  const scenario = busyScenario(1000);
  const { length } = simulate(scenario).records;
  const times = often(9, () => simulate(scenario));
  return {
    bench: `simulate, ${length} records, verdicts and hash included`,
    value: Math.round((length / median(times)) * 1000),
    unit: 'records/s',
  };
}

/** Keeping a world is keeping a reference; the hash is what costs. Compared with a deep clone of the same world. */
function benchCopies(): BenchRow {
  const scenario = busyScenario(120);
  const rules = rulesOf(scenario, allParts);
  const hashes: number[] = [];
  const clones: number[] = [];
  let moment: Moment = startMoment(rules, scenario.seed);
  for (let next = stepInMemory(rules, moment), i = 0; next; next = stepInMemory(rules, moment), i++) {
    moment = next.moment;
    const kept = moment;
    const hash = timed(() => hashMoment(kept));
    if (i % 16 !== 0) continue;
    hashes.push(hash);
    clones.push(
      timed(() =>
        structuredClone({
          world: kept.world,
          rows: Object.values(kept.tables.byName).map(({ rows }) => [...rows.entries()]),
        }),
      ),
    );
  }
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    bench: 'copy and hash a world, mean over a run',
    value: round(mean(hashes) * 1000),
    unit: 'µs',
    peer: 'structuredClone of it',
    ratio: round(mean(hashes) / mean(clones), 4),
  };
}

function benchSeek(): BenchRow[] {
  const scenario = busyScenario(230);
  const { records } = simulate(scenario);
  const parts = partsOf(rulesOf(scenario, allParts).options);
  const fill = (): { playback: Playback; judgement: Judgement } => {
    const playback = new Playback(parts);
    playback.append(records);
    const judgement = new Judgement(parts, playback.records);
    judgement.at(records.length);
    return { playback, judgement };
  };
  const appended = median(often(5, fill));
  const { playback, judgement } = fill();
  let place = 7;
  const seeks = Array.from({ length: 400 }, () => {
    place = (place * 48271) % 0x7fffffff;
    const cursor = place % records.length;
    return timed(() => [playback.viewAt(cursor), judgement.at(cursor)]);
  });
  const slowest = [...seeks].sort((a, b) => a - b)[Math.floor(seeks.length * 0.99)]!;
  return [
    {
      bench: `fold a trace, ${records.length} records`,
      value: round((appended / records.length) * 1000),
      unit: 'µs/record',
    },
    {
      bench: `seek in it, median`,
      value: round(median(seeks), 3),
      unit: 'ms',
      peer: 'folding it from the start',
      ratio: round(median(seeks) / appended, 4),
    },
    {
      bench: `seek in it, 99 in 100 faster than`,
      value: round(slowest, 3),
      unit: 'ms',
      peer: 'a frame of 16.7 ms',
      ratio: round(slowest / 16.7, 4),
    },
  ];
}

const round = (value: number, digits = 1): number => Number(value.toFixed(digits));

/** All of them, one after the other. */
export const benchSimulation = (): BenchRow[] => [benchSimulate(), benchCopies(), ...benchSeek()];

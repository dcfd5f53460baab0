/**
 * A run in memory: the rules a scenario sets, and the world they drive. Together with its tables a world is data, so it
 * can be kept, copied by reference, hashed and continued in several ways.
 */
import { combine } from '../base/hash.ts';
import { hashValue } from '../base/hash-value.ts';
import { performOn, tablesOf, type Tables } from '../database/memory.ts';
import type { DatabaseAnswer, DatabaseRequest } from '../database/port.ts';
import { advance, nextTime, startWorld, type Done } from '../kernel/kernel.ts';
import type { Mechanics } from '../kernel/mechanics.ts';
import type { Program } from '../kernel/world.ts';
import type { TraceRecord } from '../trace/record.ts';
import type { Options, Scenario } from '../trace/scenario.ts';
import { schema, startImage } from './schema.ts';
import { mechanicsOf } from './mechanics.ts';
import type { Kinds, Model, World } from './model.ts';
import { completeOptions } from './options.ts';
import type { Parts } from './rig.ts';

/** What a scenario decides once and for all. `program` grows while a reader adds inputs. */
export interface Rules {
  readonly options: Options;
  readonly parts: Parts;
  /** What the tables hold before anything has happened. */
  readonly tables: Tables;
  readonly mechanics: Mechanics<Kinds>;
  readonly program: Program;
}

/** Everything there is at one moment of a run in memory. */
export interface Moment {
  readonly world: World;
  readonly tables: Tables;
}

/** The rules of a scenario, run by these parts. @throws Unsupported for what this version can't run */
export function rulesOf(scenario: Scenario, parts: Parts): Rules {
  const options = completeOptions(scenario);
  return {
    options,
    parts,
    tables: tablesOf(schema, startImage(scenario.flow, options)),
    mechanics: mechanicsOf(scenario.flow, options, parts),
    program: { inputs: scenario.inputs, choices: scenario.choices ?? [] },
  };
}

/** The moment before anything has happened. `seed`: uint32 */
export const startMoment = (rules: Rules, seed: number): Moment => ({
  world: startWorld(rules.mechanics, seed),
  tables: rules.tables,
});

/** Takes the next step in memory. @returns null where nothing is left to do */
export function stepInMemory(rules: Rules, moment: Moment): { moment: Moment; records: readonly TraceRecord[] } | null {
  const next = advance(rules.mechanics, rules.program, moment.world);
  if (next === null) return null;
  if (next.done) return { moment: { world: next.world, tables: moment.tables }, records: next.records };
  const { tables, answer } = performOn(moment.tables, next.request);
  const { world, records } = next.resume(answer);
  return { moment: { world, tables }, records };
}

/** Takes the next step on a database of one's own: `perform` answers each request. @returns null where nothing is left to do */
export async function stepOn(
  rules: Rules,
  world: World,
  perform: (request: DatabaseRequest) => Promise<DatabaseAnswer>,
): Promise<Done<Model> | null> {
  const next = advance(rules.mechanics, rules.program, world);
  if (next === null || next.done) return next;
  return next.resume(await perform(next.request));
}

/** Hash of everything that decides how a moment goes on; equal for equal moments, however they came about. */
export const hashMoment = (moment: Moment): number => combine(hashValue(moment.world), hashValue(moment.tables.byName));

export { nextTime };

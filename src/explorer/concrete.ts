/** From what the explorer has found to a run that anybody can replay: the same things happen in the same order, in real virtual time. */
import { assert } from '../base/assert.ts';
import type { Item } from '../kernel/world.ts';
import type { World } from '../simulation/model.ts';
import { stepInMemory, type Rules } from '../simulation/running.ts';
import type { Failure, Input, Payload, Scenario } from '../trace/scenario.ts';
import type { Origin } from './origin.ts';
import { ownerOf } from './situation.ts';

/** Something that happens, by names that hold in every run that has come the same way. */
export type Happening =
  | { readonly sends: true }
  | { readonly reply: { readonly name: string; readonly payload: Payload } }
  | {
      /** Strikes first, or by itself. `nth`: which of the messages that travel it means. */
      readonly failure?: Failure;
      readonly nth?: number | undefined;
      /** What is taken off the agenda. */
      readonly item?: string;
    };

/** What names an item among those of an agenda: whose it is, what it is, and which of several of the same kind. */
export function nameOf(item: Item, agenda: readonly Item[]): string {
  const kind = kindOf(item);
  const alike = agenda.filter((other) => kindOf(other) === kind);
  return `${kind} ${alike.filter((other) => rankOf(other) < rankOf(item)).length}`;
}

function kindOf(item: Item): string {
  const { what } = item;
  if ('task' in what) return `task ${what.task.process}`;
  const { timer, participant, row } = what.fires as { timer: string; participant?: string; row?: { timer?: string } };
  return [timer, ownerOf(item), participant, row?.timer].filter(Boolean).join(' ');
}

/** Tasks by their numbers, and messages, commands and timers by the order in which they were named. */
function rankOf({ what, order }: Item): number {
  if ('task' in what) return what.task.number;
  const { command } = what.fires as { command?: { id: string } };
  const numbered = command && /^c(\d+)$/.exec(command.id);
  return numbered ? Number(numbered[1]) : order;
}

/** Which of the messages that travel to a subscription a failure means: its place among them. */
export function nthOf({ model }: World, failure: Failure): number | undefined {
  if (failure.type !== 'drop' || failure.message === undefined) return undefined;
  return travelling(model, failure.subscription!).indexOf(failure.message);
}

const travelling = ({ bus }: World['model'], subscription: string): string[] =>
  bus.channels[subscription]?.connections.flatMap((connection) => connection.travelling.map(({ id }) => id)) ?? [];

/** The run has gone another way than the explorer's: a lease ended by itself, or a message came too late. */
export class Diverged extends Error {
  override name = 'Diverged';
}

/**
 * The scenario in which this happens. `origin`: what has happened before. `commands`: what is sent, in its order. `settles`: in the end nothing is left to do.
 * @throws Diverged where time makes it impossible
 */
export function concrete(
  base: Scenario,
  rules: Rules,
  origin: Origin,
  commands: readonly Extract<Input, { kind: 'command' }>[],
  happenings: readonly Happening[],
  settles: boolean,
): Scenario {
  const inputs: Input[] = [...origin.inputs];
  const choices: number[] = [...origin.choices];
  const running: Rules = { ...rules, program: { inputs, choices } };
  let { moment } = origin;
  // the choices made before are among those given: so they are taken
  moment = { ...moment, world: { ...moment.world, choicesTaken: choices.length } };
  let sent = 0;
  const step = () => {
    const next = stepInMemory(running, moment);
    assert(next, 'a step is left');
    moment = next.moment;
  };
  for (const happening of happenings) {
    const at = moment.world.now;
    if ('sends' in happening) {
      inputs.push({ ...commands[sent++]!, at });
      step();
      continue;
    }
    if ('reply' in happening) {
      inputs.push({ ...happening.reply, at, kind: 'command' });
      step();
      continue;
    }
    const { failure, nth, item } = happening;
    if (failure) {
      inputs.push({ at, kind: 'failure', failure: renamed(failure, nth, moment.world) });
      step();
    }
    if (item === undefined) continue;
    const { agenda } = moment.world;
    const index = agenda.findIndex((other) => nameOf(other, agenda) === item);
    if (index < 0) throw new Diverged(item);
    if (agenda.length > 1) choices.push(index);
    step();
  }
  if (settles) inputs.push({ at: moment.world.now, kind: 'settle' });
  return { ...base, inputs, choices };
}

function renamed(failure: Failure, nth: number | undefined, { model }: World): Failure {
  if (failure.type !== 'drop' || nth === undefined) return failure;
  const message = travelling(model, failure.subscription!)[nth];
  if (message === undefined) throw new Diverged('drop');
  return { ...failure, message };
}

/**
 * From a machine's JSON to a `decide`: the snapshot is made from the stored row, one pure transition is taken, and what it
 * would do is read from its actions and left to others to do. XState's `transition` gives exactly this, a snapshot and
 * actions that nobody has executed (stately.ai/docs/pure-transitions); no actor runs, so nothing draws a clock or chance.
 * XState itself is passed in: only the files of the machines know it.
 */
import { assert } from '../base/assert.ts';
import type { CommandMessage, Decision, Ignored, Incoming, SagaRow, SagaSettings } from './saga.ts';
import type { Payload } from './envelope.ts';

/** A named update of the context, with or without parameters, or something to be done: `issue`, `setTimer`, `record`. */
export type MachineAction = string | { type: string; params: Payload };

/** `guard`: names of guards, joined by ` and `. Without a `target` the machine stays where it is. */
export type MachineTransition = { guard?: string; target?: string; actions?: MachineAction[] };

/** By the event's type; the first whose guards agree is taken. */
export type Transitions = { [type: string]: MachineTransition[] };

/** `waiting`: for somebody, named in `meta`. `ended`: at rest, though something late may still be answered. */
export type MachineState = { tags?: ('waiting' | 'ended')[]; meta?: { waitsFor: string }; on?: Transitions };

/** A machine as plain JSON: what runs, and what the statechart is drawn from. `on` at the top holds for every state. */
export type MachineConfig = {
  id: string;
  initial: string;
  context: Payload;
  on?: Transitions;
  states: { [name: string]: MachineState };
};

/** What a command is made of, besides its name and its attempt. */
export interface Order {
  to: string;
  token: string;
  payload: Payload;
}

/** What the names in a machine's JSON mean. All are functions of the context and the event. */
export interface MachineParts<Context extends Payload> {
  config(settings: SagaSettings): MachineConfig;
  guards: Record<string, (context: Context, event: Incoming) => boolean>;
  updates: Record<string, (context: Context, event: Incoming, params: Payload) => Partial<Context>>;
  /** None where there is nothing to ask for; `params`: those of the action. */
  commands: Record<string, (context: Context, event: Incoming, params: Payload) => Order[]>;
  timers: Record<string, (context: Context) => { token: string; after: number }>;
  /** Decisions that go into the history. */
  decisions?: Record<string, (context: Context) => Payload>;
  attemptOf(context: Context): number;
  /** Who exactly it waits for, where the state alone does not say. */
  waitsFor?(context: Context, named: string): string;
}

interface Args {
  context: Payload;
  event: Incoming;
}

interface Snapshot {
  value: unknown;
  context: Payload;
}

interface DueAction {
  type: string;
  params?: unknown;
  info: Args;
}

type Machine = { resolveState(at: { value: string; context: Payload }): Snapshot };

/** As much of XState as is needed here. */
export interface Engine {
  setup(named: { guards: Record<string, (args: Args) => boolean>; actions: Record<string, unknown> }): {
    createMachine(config: MachineConfig): Machine;
  };
  assign(update: (args: Args, params: Payload | undefined) => Payload): unknown;
  initialTransition(machine: Machine): [Snapshot, DueAction[]];
  transition(machine: Machine, snapshot: Snapshot, event: Incoming): [Snapshot, DueAction[]];
}

/** The actions that are not updates of the context: they are read, and never executed. */
const outward = ['issue', 'setTimer', 'record'];

/** How names of guards are joined into one. */
export const conjunction = ' and ';

const transitionsOf = (config: MachineConfig): MachineTransition[] =>
  [config.on ?? {}, ...Object.values(config.states).map(({ on }) => on ?? {})].flatMap((on) =>
    Object.values(on).flat(),
  );

/** Makes the machine of a JSON and of what its names mean. @throws Error for a name that means nothing */
function machineOf<Context extends Payload>(
  engine: Engine,
  config: MachineConfig,
  parts: Pick<MachineParts<Context>, 'guards' | 'updates'>,
): Machine {
  const guards: Record<string, (args: Args) => boolean> = {};
  const actions: Record<string, unknown> = Object.fromEntries(outward.map((name) => [name, () => undefined]));
  for (const { guard, actions: named = [] } of transitionsOf(config)) {
    if (guard !== undefined) {
      const all = guard.split(conjunction).map((name) => {
        const meant = parts.guards[name];
        assert(meant, `a guard called ${name}`);
        return meant;
      });
      guards[guard] = ({ context, event }) => all.every((meant) => meant(context as Context, event));
    }
    for (const action of named) {
      const name = typeof action === 'string' ? action : action.type;
      if (outward.includes(name)) continue;
      const update = parts.updates[name];
      assert(update, `an update called ${name}`);
      actions[name] = engine.assign(({ context, event }, params) => update(context as Context, event, params ?? {}));
    }
  }
  return engine.setup({ guards, actions }).createMachine(config);
}

/** Why nothing happens: the end is reached, the guards refuse it here, or nobody here expects it. */
function reasonFor(config: MachineConfig, state: string, type: string): Ignored {
  const { tags = [], on = {} } = config.states[state] ?? {};
  if (tags.includes('ended')) return { ignored: 'late' };
  const expected = Object.hasOwn(on, type) || Object.hasOwn(config.on ?? {}, type);
  return { ignored: expected ? 'stale' : 'unexpected' };
}

/** How often the instance has asked for each thing: the attempts of its commands, under `name/token`. */
type Asked = Record<string, number>;

/** The commands of a transition, in the order of its actions, and how often each thing has now been asked for. */
function commandsOf<Context extends Payload>(due: DueAction[], parts: MachineParts<Context>, before: Asked) {
  const asked = { ...before };
  const commands: Omit<CommandMessage, 'id' | 'instance' | 'correlationId'>[] = [];
  for (const { type, params, info } of due) {
    if (type !== 'issue') continue;
    const named = params as Payload & { command: string };
    const order = parts.commands[named.command];
    assert(order, `a command called ${named.command}`);
    for (const { to, token, payload } of order(info.context as Context, info.event, named)) {
      const attempt = (asked[`${named.command}/${token}`] ?? 0) + 1;
      asked[`${named.command}/${token}`] = attempt;
      const late = named['late'] === true ? { late: true as const } : {};
      commands.push({ name: named.command, to, token, attempt, payload, ...late });
    }
  }
  return { commands, asked };
}

/** What the transition adds up to. */
function decisionOf<Context extends Payload>(
  config: MachineConfig,
  parts: MachineParts<Context>,
  from: string | null,
  [next, due]: [Snapshot, DueAction[]],
): Decision {
  const to = next.value as string;
  const { tags = [], meta } = config.states[to]!;
  const { commands, asked } = commandsOf(due, parts, (next.context['asked'] ?? {}) as Asked);
  const context = { ...(next.context as Context), asked };
  const timers = due.flatMap(({ type, params, info }) => {
    if (type !== 'setTimer') return [];
    const { timer } = params as { timer: string };
    const set = parts.timers[timer];
    assert(set, `a timer called ${timer}`);
    return [{ timer, ...set(info.context as Context) }];
  });
  const named = meta?.waitsFor ?? null;
  const decision: Decision = {
    from,
    to,
    context,
    attempt: parts.attemptOf(context),
    waitsFor: named === null ? null : (parts.waitsFor?.(context, named) ?? named),
    ended: tags.includes('ended'),
    commands,
    timers,
  };
  const recorded = due.find(({ type }) => type === 'record');
  if (!recorded) return decision;
  const { decision: name } = recorded.params as { decision: string };
  const made = parts.decisions?.[name];
  assert(made, `a decision called ${name}`);
  return { ...decision, decided: { type: name, ...made(recorded.info.context as Context) } };
}

/** The settings a machine can depend on; equal ones share a machine. */
const keyOf = (settings: SagaSettings): string =>
  [
    settings.saga,
    settings.notFound === 'create',
    settings.deadlines,
    settings.tokens,
    settings.compensation,
    settings.planning,
    settings.lateSuccess,
    settings.contradiction,
  ].join();

/** Takes one step of a machine given as JSON. Pure: the same arguments, the same answer. */
export function stepper<Context extends Payload>(engine: Engine, parts: MachineParts<Context>, config: MachineConfig) {
  const machine = machineOf(engine, config, parts);
  const [initial] = engine.initialTransition(machine);
  return (stored: SagaRow | null, incoming: Incoming): Decision | Ignored => {
    const snapshot = stored ? machine.resolveState({ value: stored.state, context: stored.context }) : initial;
    const next = engine.transition(machine, snapshot, incoming);
    // no transition was enabled: XState gives back the very snapshot, and no action
    const untouched = next[0] === snapshot && next[1].length === 0;
    if (untouched) return reasonFor(config, stored?.state ?? config.initial, incoming.type);
    return decisionOf(config, parts, stored?.state ?? null, next);
  };
}

/** The `decide` of a definition; its machines are made once for all settings that mean the same. */
export function decider<Context extends Payload>(engine: Engine, parts: MachineParts<Context>) {
  const steppers = new Map<string, ReturnType<typeof stepper>>();
  return (settings: SagaSettings, stored: SagaRow | null, incoming: Incoming): Decision | Ignored => {
    const key = keyOf(settings);
    let step = steppers.get(key);
    if (!step) steppers.set(key, (step = stepper(engine, parts, parts.config(settings))));
    return step(stored, incoming);
  };
}

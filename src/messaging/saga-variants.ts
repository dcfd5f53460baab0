/** Variants of a machine as pure transformations of its JSON: each takes something away that somebody may forget to write. */
import {
  conjunction,
  type MachineAction,
  type MachineConfig,
  type MachineTransition,
  type Transitions,
} from './saga-machine.ts';

type Variant = (config: MachineConfig) => MachineConfig;

/** The config with every list of transitions mapped; where nothing is left of one, the event is no longer heard there. */
function mapped(config: MachineConfig, map: (list: MachineTransition[], type: string) => MachineTransition[]) {
  const each = (on: Transitions): Transitions =>
    Object.fromEntries(
      Object.entries(on)
        .map(([type, list]) => [type, map(list, type)] as const)
        .filter(([, list]) => list.length > 0),
    );
  const states = Object.fromEntries(
    Object.entries(config.states).map(([name, state]) => [name, state.on ? { ...state, on: each(state.on) } : state]),
  );
  return { ...config, ...(config.on && { on: each(config.on) }), states };
}

const paramOf = (action: MachineAction, type: string, name: string): unknown =>
  typeof action === 'object' && action.type === type ? action.params[name] : undefined;

const withoutActions =
  (unwanted: (action: MachineAction) => boolean): Variant =>
  (config) =>
    mapped(config, (list) =>
      list.map(({ actions = [], ...rest }) => {
        const left = actions.filter((action) => !unwanted(action));
        return left.length > 0 ? { ...rest, actions: left } : rest;
      }),
    );

/** These guards agree to everything. */
export const withoutGuards =
  (...names: string[]): Variant =>
  (config) =>
    mapped(config, (list) =>
      list.map(({ guard, ...rest }) => {
        const left = (guard?.split(conjunction) ?? []).filter((name) => !names.includes(name));
        return left.length > 0 ? { guard: left.join(conjunction), ...rest } : rest;
      }),
    );

/** No timer is set, so none comes. */
export const withoutTimers: Variant = (config) => {
  const timers = new Set<unknown>();
  mapped(config, (list) => {
    for (const { actions = [] } of list) for (const action of actions) timers.add(paramOf(action, 'setTimer', 'timer'));
    return list;
  });
  const deaf = mapped(config, (list, type) => (timers.has(type) ? [] : list));
  return reachable(withoutActions((action) => paramOf(action, 'setTimer', 'timer') !== undefined)(deaf));
};

/** These commands are never issued. */
export const withoutCommands = (...names: string[]): Variant =>
  withoutActions((action) => names.includes(paramOf(action, 'issue', 'command') as string));

/** No decision goes into the history. */
export const withoutRecords: Variant = withoutActions(
  (action) => typeof action === 'object' && action.type === 'record',
);

/** What led to a state leads elsewhere, and of its actions only these are left. */
export const cutShort =
  (state: string, end: string, kept: readonly string[]): Variant =>
  (config) =>
    reachable(
      mapped(config, (list) =>
        list.map((transition) => {
          if (transition.target?.replace(/^\./, '') !== state) return transition;
          const isKept = (action: MachineAction) => kept.includes(typeof action === 'string' ? action : action.type);
          return { ...transition, target: end, actions: (transition.actions ?? []).filter(isKept) };
        }),
      ),
    );

/** What a state does about these events is replaced, or added. */
export const transitions =
  (state: string, on: Transitions): Variant =>
  (config) => {
    const before = config.states[state]!;
    const states = { ...config.states, [state]: { ...before, on: { ...before.on, ...on } } };
    return { ...config, states };
  };

/** Without the states that can't be reached any more. */
export function reachable(config: MachineConfig): MachineConfig {
  const reached = new Set([config.initial]);
  const targets = (on: Transitions = {}) =>
    Object.values(on).flatMap((list) => list.flatMap(({ target }) => (target ? [target.replace(/^\./, '')] : [])));
  for (const name of targets(config.on)) reached.add(name);
  // a set grows while it is walked
  for (const name of reached) for (const target of targets(config.states[name]?.on)) reached.add(target);
  const states = Object.fromEntries(Object.entries(config.states).filter(([name]) => reached.has(name)));
  return { ...config, states };
}

/** One variant after the other, where its condition holds. */
export const varied = (config: MachineConfig, ...variants: [boolean, Variant][]): MachineConfig =>
  variants.reduce((varying, [wanted, variant]) => (wanted ? variant(varying) : varying), config);

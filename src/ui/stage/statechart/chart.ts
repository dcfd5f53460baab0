/** A machine's JSON read as a chart: its states, and what leads from one to another. Nothing is known here that is not in it. */
import type { Payload } from '../../../trace/scenario.ts';

/** What a machine does about an event: the first arm of a state whose guards agree is taken. */
export interface Arm {
  event: string;
  guards: readonly string[];
  /** Null: it stays where it is, and only does something. */
  target: string | null;
  /** Names of the commands that are issued, and of the timers that are set. */
  commands: readonly string[];
  timers: readonly string[];
  /** The reason that is noted, where one is: by it two arms to the same state can be told apart. */
  reason: string | null;
}

export interface ChartState {
  name: string;
  waiting: boolean;
  /** Whom it waits for; null where for nobody, or where nothing is said. */
  waitsFor: string | null;
  ended: boolean;
  /** Something sets a timer on the way into it. */
  timed: boolean;
  arms: readonly Arm[];
}

export interface Chart {
  id: string;
  initial: string;
  states: readonly ChartState[];
  /** What is done about an event in whatever state, unless the state itself does something about it. */
  anywhere: readonly Arm[];
}

/** A way from one state to another, with all that may lead along it. */
export interface Link {
  /** Null: from whatever state. */
  from: string | null;
  to: string;
  arms: readonly Arm[];
}

type Fields = Readonly<Record<string, unknown>>;
const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const list = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
const word = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** A target as XState writes it, `.Approval` or `#id.Approval`, by its own name. */
const nameOf = (target: string): string => target.slice(target.lastIndexOf('.') + 1);

function armOf(event: string, value: unknown): Arm {
  const transition = typeof value === 'string' ? { target: value } : fields(value);
  const target = word(transition['target']);
  const guard = word(transition['guard']) ?? word(fields(transition['guard'])['type']);
  const actions = list(transition['actions']).map((action) => ({
    type: word(action) ?? word(fields(action)['type']),
    params: fields(fields(action)['params']),
  }));
  const named = (type: string, param: string): string[] =>
    actions.flatMap((action) => (action.type === type ? (word(action.params[param]) ?? []) : []));
  return {
    event,
    guards: guard?.split(' and ') ?? [],
    target: target === null ? null : nameOf(target),
    commands: named('issue', 'command'),
    timers: named('setTimer', 'timer'),
    reason: actions.flatMap(({ params }) => word(params['reason']) ?? [])[0] ?? null,
  };
}

const armsOf = (on: unknown): Arm[] =>
  Object.entries(fields(on)).flatMap(([event, arms]) => list(arms).map((arm) => armOf(event, arm)));

/** The chart of a machine. What it does not name is left out: a way to a state that is not there leads nowhere. */
export function chartOf(config: Payload): Chart {
  const states = Object.entries(fields(config['states']));
  const known = new Set(states.map(([name]) => name));
  const there = (arms: Arm[]): Arm[] => arms.filter(({ target }) => target === null || known.has(target));
  const anywhere = there(armsOf(config['on']));
  const own = states.map(([name, state]) => ({ name, state: fields(state), arms: there(armsOf(fields(state)['on'])) }));
  const all = [...anywhere.map((arm) => arm), ...own.flatMap(({ arms }) => arms)];
  const timed = new Set(all.flatMap(({ target, timers }) => (target !== null && timers.length > 0 ? target : [])));
  return {
    id: word(config['id']) ?? '',
    initial: word(config['initial']) ?? states[0]?.[0] ?? '',
    anywhere,
    states: own.map(({ name, state, arms }) => {
      const tags = list(state['tags']);
      return {
        name,
        waiting: tags.includes('waiting'),
        waitsFor: word(fields(state['meta'])['waitsFor']),
        ended: tags.includes('ended') || state['type'] === 'final',
        timed: timed.has(name),
        arms,
      };
    }),
  };
}

/** The ways between the states, those from whatever state first; each pair of states has one. */
export function linksOf({ states, anywhere }: Chart): Link[] {
  const links = new Map<string, Link>();
  const add = (from: string | null, arms: readonly Arm[]): void => {
    for (const arm of arms) {
      if (arm.target === null) continue;
      const key = JSON.stringify([from, arm.target]);
      const before = links.get(key)?.arms ?? [];
      links.set(key, { from, to: arm.target, arms: [...before, arm] });
    }
  };
  add(null, anywhere);
  for (const { name, arms } of states) add(name, arms);
  return [...links.values()];
}

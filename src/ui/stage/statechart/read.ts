/** A machine's own JSON, read for drawing. Nothing is known here of any one machine: what it says is what is drawn. */

/** The name under which "any state" is drawn, where some transitions are every state's. */
export const anyState = '*';

export interface ChartState {
  /** Its own, or `anyState`. */
  readonly name: string;
  readonly waiting: boolean;
  readonly ended: boolean;
  readonly waitsFor: string | null;
}

/** One transition. `from` is null where every state has it; `stays`: it leads nowhere else. */
export interface ChartTransition {
  readonly from: string | null;
  readonly to: string;
  readonly type: string;
  readonly guards: readonly string[];
  readonly issues: readonly string[];
  readonly timers: readonly string[];
  readonly stays: boolean;
}

export interface Chart {
  readonly id: string;
  readonly initial: string;
  readonly states: readonly ChartState[];
  readonly transitions: readonly ChartTransition[];
}

type Json = Readonly<Record<string, unknown>>;

const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The states and transitions of a machine's config. What is no machine has none. */
export function chartOf(config: Json): Chart {
  const states = Object.entries(objectOf(config['states']));
  const transitions = [
    ...transitionsIn(null, config['on']),
    ...states.flatMap(([name, state]) => transitionsIn(name, objectOf(state)['on'])),
  ];
  const fromAny = transitions.some(({ from, stays }) => from === null && !stays);
  const any: ChartState[] = fromAny ? [{ name: anyState, waiting: false, ended: false, waitsFor: null }] : [];
  return {
    id: textOf(config['id']) ?? '',
    initial: textOf(config['initial']) ?? states[0]?.[0] ?? '',
    states: [...any, ...states.map(([name, state]) => stateOf(name, objectOf(state)))],
    transitions,
  };
}

function stateOf(name: string, state: Json): ChartState {
  const tags = listOf(state['tags']);
  return {
    name,
    waiting: tags.includes('waiting'),
    ended: tags.includes('ended') || state['type'] === 'final',
    waitsFor: textOf(objectOf(state['meta'])['waitsFor']),
  };
}

function transitionsIn(from: string | null, on: unknown): ChartTransition[] {
  return Object.entries(objectOf(on)).flatMap(([type, all]) =>
    listOf(all).map((one): ChartTransition => {
      const transition = typeof one === 'string' ? { target: one } : objectOf(one);
      const target = textOf(transition['target'])?.replace(/^\./, '') ?? null;
      const actions = listOf(transition['actions']).map(objectOf);
      const named = (kind: string, param: string): string[] =>
        actions.flatMap((action) =>
          action['type'] === kind ? [textOf(objectOf(action['params'])[param]) ?? kind] : [],
        );
      return {
        from,
        to: target ?? from ?? '',
        type,
        guards: (textOf(transition['guard']) ?? '').split(' and ').filter((guard) => guard !== ''),
        issues: named('issue', 'command'),
        timers: named('setTimer', 'timer'),
        stays: target === null || target === from,
      };
    }),
  );
}

/** What leads from one state to another, all of it together: one line of the drawing. */
export interface ChartEdge {
  readonly from: string;
  readonly to: string;
  readonly types: readonly string[];
}

/** The lines of the drawing: one for each two states, and one for each state that some transition does not leave. */
export function edgesOf({ transitions }: Chart): ChartEdge[] {
  const edges = new Map<string, ChartEdge>();
  const put = (from: string, { to, type }: ChartTransition): void => {
    const key = `${from}\n${to}`;
    const types = edges.get(key)?.types ?? [];
    edges.set(key, { from, to, types: types.includes(type) ? types : [...types, type] });
  };
  for (const transition of transitions) {
    if (transition.from !== null) put(transition.from, transition);
    else if (!transition.stays) put(anyState, transition);
  }
  return [...edges.values()];
}

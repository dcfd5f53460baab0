/**
 * Which options go together. An option that could change nothing beside the others is refused rather than ignored, and so
 * is one that contradicts them; each with the reason, so that a control can be greyed and a scenario turned down.
 */
import { completed, defaultsOf } from './defaults.ts';
import { optionNames } from './option-values.ts';
import type { Flow, Options } from './scenario.ts';

/** Why a value can't be chosen beside the other options; the page puts it into words. */
export type OptionReason =
  | 'needsOutbox'
  | 'needsTable'
  | 'needsDocument'
  | 'needsPolling'
  | 'needsCursorPolling'
  | 'needsLogTailing'
  | 'needsTwoRelays'
  | 'needsMarking'
  | 'needsQueue'
  | 'needsConfirmation'
  | 'needsInbox'
  | 'notBesideMarkFirst'
  | 'notBesideClaims'
  | 'notBesideDocument'
  | 'needsSaga'
  | 'needsInstances'
  | 'needsGuards'
  | 'needsApart'
  | 'notInThisFlow';

type Rule = (options: Options, flow: Flow) => OptionReason | null;

const unless =
  (reason: OptionReason, met: (options: Options) => boolean): Rule =>
  (options) =>
    met(options) ? null : reason;
const onlyIn =
  (...flows: Flow[]): Rule =>
  (_options, flow) =>
    flows.includes(flow) ? null : 'notInThisFlow';
const all =
  (...rules: Rule[]): Rule =>
  (options, flow) => {
    for (const rule of rules) {
      const reason = rule(options, flow);
      if (reason) return reason;
    }
    return null;
  };

const outbox = unless('needsOutbox', (o) => o.publish === 'outbox');
const table = unless('needsTable', (o) => o.outbox === 'table');
const document = unless('needsDocument', (o) => o.outbox === 'document');
const polling = unless('needsPolling', (o) => o.relay === 'polling');
const noClaims = unless('notBesideClaims', (o) => o.claim === 'none');
const saga = unless('needsSaga', (o) => o.saga !== 'none');
/** A saga that keeps instances. */
const instances = all(
  saga,
  unless('needsInstances', (o) => o.saga !== 'stateless'),
);
const guards = all(
  instances,
  unless('needsGuards', (o) => o.saga === 'guarded'),
);
const apart: Rule = (o, flow) => (flow === 'budget' && o.boundary !== 'apart' ? 'needsApart' : null);
const notTrip = onlyIn('campaign', 'budget');
const twoRelays = unless('needsTwoRelays', (o) => o.relays === 2);

/**
 * What each value other than the flow's default asks of the other options; a value that is not named goes with everything.
 * The trip has no aggregate that publishes: all about the campaign's outbox and its relay is not there.
 */
const rules: { readonly [K in keyof Options]?: Partial<Record<Options[K], Rule>> } = {
  publish: { insideAggregate: onlyIn('campaign'), afterCommit: onlyIn('campaign') },
  outbox: { document: all(onlyIn('campaign'), outbox) },
  relay: {
    cursorPolling: all(notTrip, outbox, table, noClaims),
    logTailing: all(notTrip, outbox, noClaims),
  },
  relays: { 2: all(notTrip, outbox) },
  claim: { row: all(outbox, twoRelays, table, polling), aggregate: all(outbox, twoRelays, polling) },
  afterPublish: { delete: all(notTrip, outbox), markFirst: all(notTrip, outbox) },
  requeue: { tail: unless('needsQueue', (o) => o.bus === 'queue') },
  confirm: {
    none: all(
      notTrip,
      unless('needsConfirmation', (o) => o.bus !== 'pubsub'),
    ),
  },
  inbox: { before: onlyIn('campaign'), after: onlyIn('campaign'), version: onlyIn('campaign') },
  writes: { optimistic: notTrip },
  dedupWindow: {
    short: all(
      onlyIn('campaign'),
      unless('needsInbox', (o) => o.inbox !== 'none' && o.inbox !== 'version'),
    ),
  },
  marking: {
    batch: all(
      notTrip,
      outbox,
      unless('notBesideMarkFirst', (o) => o.afterPublish !== 'markFirst'),
    ),
  },
  failingRow: {
    blockAggregate: all(notTrip, outbox, polling),
    skip: all(notTrip, outbox, polling),
    park: all(notTrip, outbox, table, polling),
  },
  polling: { scan: all(notTrip, outbox, table, polling, noClaims) },
  cleanup: {
    on: all(
      notTrip,
      outbox,
      table,
      unless('needsMarking', (o) => o.afterPublish !== 'delete'),
    ),
  },
  fence: {
    on: all(
      outbox,
      unless('needsCursorPolling', (o) => o.relay === 'cursorPolling'),
    ),
  },
  retention: {
    short: all(
      outbox,
      unless('needsLogTailing', (o) => o.relay === 'logTailing'),
    ),
  },
  relayWrites: { notRaised: all(outbox, document), unchecked: all(outbox, document) },
  // the saga, or the process manager
  saga: {
    none: onlyIn('campaign'),
    stateless: onlyIn('campaign'),
    eventSourced: onlyIn('campaign', 'trip'),
  },
  answers: { manual: all(onlyIn('campaign', 'trip'), saga) },
  boundary: { together: onlyIn('budget'), tooLarge: onlyIn('budget') },
  sending: { direct: all(instances, apart) },
  notFound: {
    retry: all(
      instances,
      apart,
      unless('needsQueue', (o) => o.bus === 'queue'),
    ),
    create: all(instances, apart),
  },
  instances: { unchecked: all(instances, apart), locked: all(instances, apart) },
  finished: { deleted: all(guards, apart) },
  deadlines: { off: all(onlyIn('campaign', 'trip'), guards) },
  tokens: { off: all(onlyIn('campaign', 'trip'), guards) },
  compensation: { off: all(onlyIn('trip', 'budget'), guards, apart) },
  tombstones: { off: all(onlyIn('campaign', 'trip'), guards) },
  planning: { recomputed: all(onlyIn('trip'), guards) },
  lateSuccess: { accept: all(onlyIn('campaign'), guards) },
  contradiction: { newestWins: all(onlyIn('campaign'), guards) },
};

/** Why `value` does not go with the other options; null where it does. The default of an option always does. */
export function reasonAgainst<K extends keyof Options>(
  options: Options,
  name: K,
  value: Options[K],
  flow: Flow = 'campaign',
): OptionReason | null {
  if (value === defaultsOf(flow)[name]) return null;
  const rule = (rules[name] as Partial<Record<string | number, Rule>> | undefined)?.[value as string | number];
  return rule ? rule({ ...options, [name]: value }, flow) : null;
}

/** The first option that does not go with the others, and why; null where all go together. */
export function conflictOf(
  options: Options,
  flow: Flow = 'campaign',
): { name: keyof Options; reason: OptionReason } | null {
  for (const name of optionNames) {
    const reason = reasonAgainst(options, name, options[name], flow);
    if (reason) return { name, reason };
  }
  return null;
}

/** The options with one of them changed; what no longer goes with it falls back to its default. */
export function withOption<K extends keyof Options>(
  options: Options,
  name: K,
  value: Options[K],
  flow: Flow = 'campaign',
): Options {
  let next: Options = { ...options, [name]: value };
  for (let conflict = conflictOf(next, flow); conflict !== null; conflict = conflictOf(next, flow)) {
    // what was asked for stays, unless it can't be had at all
    const reset = conflict.name === name ? otherThan(next, name, flow) : conflict.name;
    next = { ...next, [reset]: defaultsOf(flow)[reset] };
  }
  return next;
}

/**
 * A scenario's options with some of them changed, as it then names them: what it named before, what is changed, and what
 * had to follow.
 */
export function changeOptions(
  named: Partial<Options> = {},
  change: Partial<Options>,
  flow: Flow = 'campaign',
): Partial<Options> {
  let next: Options = completed(flow, named);
  // what other options need comes before them in the list
  for (const name of optionNames) if (change[name] !== undefined) next = withOption(next, name, change[name], flow);
  const isNamed = (name: keyof Options) => name in named || name in change || next[name] !== defaultsOf(flow)[name];
  return Object.fromEntries(optionNames.filter(isNamed).map((name) => [name, next[name]]));
}

/** Another option that is off its default and, once reset, frees the way for `name`; `name` itself where none does. */
function otherThan(options: Options, name: keyof Options, flow: Flow): keyof Options {
  const defaults = defaultsOf(flow);
  const freeing = optionNames.find(
    (other) =>
      other !== name &&
      options[other] !== defaults[other] &&
      reasonAgainst({ ...options, [other]: defaults[other] }, name, options[name], flow) === null,
  );
  return freeing ?? name;
}

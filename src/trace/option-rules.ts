/**
 * Which options go together. An option that could change nothing beside the others is refused rather than ignored, and so
 * is one that contradicts them; each with the reason, so that a control can be greyed and a scenario turned down.
 */
import { defaultOptions } from './defaults.ts';
import { optionNames } from './option-values.ts';
import type { Options } from './scenario.ts';

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
  | 'notBesideDocument';

type Rule = (options: Options) => OptionReason | null;

const unless =
  (reason: OptionReason, met: (options: Options) => boolean): Rule =>
  (options) =>
    met(options) ? null : reason;
const all =
  (...rules: Rule[]): Rule =>
  (options) => {
    for (const rule of rules) {
      const reason = rule(options);
      if (reason) return reason;
    }
    return null;
  };

const outbox = unless('needsOutbox', (o) => o.publish === 'outbox');
const table = unless('needsTable', (o) => o.outbox === 'table');
const document = unless('needsDocument', (o) => o.outbox === 'document');
const polling = unless('needsPolling', (o) => o.relay === 'polling');
const noClaims = unless('notBesideClaims', (o) => o.claim === 'none');
const twoRelays = unless('needsTwoRelays', (o) => o.relays === 2);

/** What each value other than the default asks of the other options; a value that is not named goes with everything. */
const rules: { readonly [K in keyof Options]?: Partial<Record<Options[K], Rule>> } = {
  outbox: { document: outbox },
  relay: { cursorPolling: all(outbox, table, noClaims), logTailing: all(outbox, noClaims) },
  relays: { 2: outbox },
  claim: { row: all(outbox, twoRelays, table, polling), aggregate: all(outbox, twoRelays, polling) },
  afterPublish: { delete: outbox, markFirst: outbox },
  requeue: { tail: unless('needsQueue', (o) => o.bus === 'queue') },
  confirm: { none: unless('needsConfirmation', (o) => o.bus !== 'pubsub') },
  dedupWindow: {
    short: unless('needsInbox', (o) => o.inbox !== 'none' && o.inbox !== 'version'),
  },
  marking: {
    batch: all(
      outbox,
      unless('notBesideMarkFirst', (o) => o.afterPublish !== 'markFirst'),
    ),
  },
  failingRow: {
    blockAggregate: all(outbox, polling),
    skip: all(outbox, polling),
    park: all(outbox, table, polling),
  },
  polling: { scan: all(outbox, table, polling, noClaims) },
  cleanup: {
    on: all(
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
};

/** Why `value` does not go with the other options; null where it does. The default of an option always does. */
export function reasonAgainst<K extends keyof Options>(
  options: Options,
  name: K,
  value: Options[K],
): OptionReason | null {
  const rule = (rules[name] as Partial<Record<string | number, Rule>> | undefined)?.[value as string | number];
  return rule ? rule({ ...options, [name]: value }) : null;
}

/** The first option that does not go with the others, and why; null where all go together. */
export function conflictOf(options: Options): { name: keyof Options; reason: OptionReason } | null {
  for (const name of optionNames) {
    const reason = reasonAgainst(options, name, options[name]);
    if (reason) return { name, reason };
  }
  return null;
}

/** The options with one of them changed; what no longer goes with it falls back to its default. */
export function withOption<K extends keyof Options>(options: Options, name: K, value: Options[K]): Options {
  let next: Options = { ...options, [name]: value };
  for (let conflict = conflictOf(next); conflict !== null; conflict = conflictOf(next)) {
    // what was asked for stays, unless it can't be had at all
    const reset = conflict.name === name ? otherThan(next, name) : conflict.name;
    next = { ...next, [reset]: defaultOptions[reset] };
  }
  return next;
}

/**
 * A scenario's options with some of them changed, as it then names them: what it named before, what is changed, and what
 * had to follow.
 */
export function changeOptions(named: Partial<Options> = {}, change: Partial<Options>): Partial<Options> {
  let next: Options = { ...defaultOptions, ...named };
  // what other options need comes before them in the list
  for (const name of optionNames) if (change[name] !== undefined) next = withOption(next, name, change[name]);
  const isNamed = (name: keyof Options) => name in named || name in change || next[name] !== defaultOptions[name];
  return Object.fromEntries(optionNames.filter(isNamed).map((name) => [name, next[name]]));
}

/** Another option that is off its default and, once reset, frees the way for `name`; `name` itself where none does. */
function otherThan(options: Options, name: keyof Options): keyof Options {
  const freeing = optionNames.find(
    (other) =>
      other !== name &&
      options[other] !== defaultOptions[other] &&
      reasonAgainst({ ...options, [other]: defaultOptions[other] }, name, options[name]) === null,
  );
  return freeing ?? name;
}

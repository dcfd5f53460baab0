/** How far an exploration goes: which commands, how many failures, of which types, and when it is given up. */
import type { ExploredCommand, ExploreRequest } from '../../trace/exploration.ts';
import { offDefault } from '../../trace/defaults.ts';
import { hasSaga } from '../../trace/saga-parts.ts';
import type { FailureType, Flow, Options } from '../../trace/scenario.ts';
import type { Row } from './rows.ts';

export interface Bounds {
  readonly failures: number;
  readonly commands: number;
  /** Types of failures that are left out. */
  readonly without: readonly FailureType[];
  readonly maxStates: number;
}

export const failureCounts = [0, 1, 2, 3] as const;
export const stateLimits = [100_000, 1_000_000, 3_000_000] as const;

type Strikes = (options: Options, flow: Flow) => boolean;
const always: Strikes = () => true;

/** Under which options each type of failure can strike that an exploration uses. */
const strikes = {
  crash: always,
  abortTransaction: always,
  refusePublish: always,
  loseConfirmation: ({ bus, confirm }) => bus !== 'pubsub' && confirm === 'confirmed',
  // of an event on its way, or of a command
  drop: (options, flow) => options.bus === 'pubsub' || hasSaga(options, flow),
  duplicate: hasSaga,
  delay: hasSaga,
  silence: hasSaga,
  redeliver: ({ bus }) => bus === 'queue',
  rebalance: ({ bus }) => bus === 'log',
  expireLease: ({ claim }) => claim !== 'none',
} as const satisfies { readonly [K in FailureType]?: Strikes };

/** Types of failures that an exploration can use. */
export const failureTypes = Object.keys(strikes) as (keyof typeof strikes)[];

/** Those that can strike in any of these rows. */
export const failureTypesIn = (rows: readonly Row[], flow: Flow): FailureType[] =>
  failureTypes.filter((type) => rows.some(({ options }) => strikes[type](options, flow)));

const commands: Readonly<Record<Flow, readonly ExploredCommand[]>> = {
  campaign: [{ name: 'ActivateCampaign' }, { name: 'DeactivateCampaign' }, { name: 'ActivateCampaign' }],
  // there are two routes there: enough for a no to lead to another
  trip: [{ name: 'BookTrip', payload: { destination: 'Lisbon' } }, { name: 'CancelTrip' }],
  budget: [
    { name: 'ActivateCampaign', payload: { campaign: 'A', amount: 60 } },
    { name: 'ActivateCampaign', payload: { campaign: 'B', amount: 60 } },
  ],
};

/** How many commands there may be; the rule of the budget needs two to be broken. */
export const commandCounts: Readonly<Record<Flow, readonly number[]>> = {
  campaign: [1, 2, 3],
  trip: [1, 2],
  budget: [2],
};

/** The first so many commands of a flow. */
export const commandsOf = (flow: Flow, count: number): readonly ExploredCommand[] => commands[flow].slice(0, count);

/** Where a reader starts. */
export const defaultBounds = (flow: Flow): Bounds => ({
  failures: 1,
  commands: flow === 'trip' ? 1 : 2,
  without: [],
  maxStates: 1_000_000,
});

/** The same for the same bounds: results of others are no answer to what is asked now. */
export const boundsKey = ({ failures, commands, without, maxStates }: Bounds): string =>
  [failures, commands, maxStates, ...[...without].sort()].join(' ');

/** What is asked of the explorer about a row. */
export function requestOf(flow: Flow, { options }: Row, bounds: Bounds): ExploreRequest {
  return {
    flow,
    options: offDefault(options, flow),
    commands: commandsOf(flow, bounds.commands),
    failures: bounds.failures,
    ...(bounds.without.length > 0 && { failureTypes: failureTypes.filter((type) => !bounds.without.includes(type)) }),
    maxStates: bounds.maxStates,
  };
}

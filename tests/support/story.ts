/** Short words for telling a run: what the reader does, how it ends, and what was written down on the way. */
import { simulate } from '../../src/simulation/simulate.ts';
import type { RecordKind, RecordOf } from '../../src/trace/record.ts';
import type { Failure, Input, Intervention, Options } from '../../src/trace/scenario.ts';
import type { Trace } from '../../src/trace/trace.ts';

/** Activates a campaign, '123' unless another is named. `at` in virtual ms. */
export const activate = (at = 0, id?: string): Input => ({
  at,
  kind: 'command',
  name: 'ActivateCampaign',
  ...(id !== undefined && { payload: { id } }),
});

/** Deactivates a campaign. `reason`: what it says, and how long that is. */
export const deactivate = (at = 0, id?: string, reason = 'sold out'): Input => ({
  at,
  kind: 'command',
  name: 'DeactivateCampaign',
  payload: { reason, ...(id !== undefined && { id }) },
});

/** A reason that no bus takes. */
export const tooLong = 'because '.repeat(180);

export const fail = (failure: Failure, at = 0): Input => ({ at, kind: 'failure', failure });
export const stepIn = (intervention: Intervention, at = 0): Input => ({ at, kind: 'intervention', intervention });
export const settle = (at = 30_000): Input => ({ at, kind: 'settle' });

/** Runs the inputs, put into the order of their times. */
export const play = (options: Partial<Options>, ...inputs: Input[]): Trace => playWith(3, options, ...inputs);

export const playWith = (seed: number, options: Partial<Options>, ...inputs: Input[]): Trace =>
  simulate({
    format: 'sagascope/scenario',
    version: 1,
    flow: 'campaign',
    seed,
    options,
    inputs: inputs.sort((a, b) => a.at - b.at),
  });

/** All records of a kind, in order. */
export const all = <K extends RecordKind>(trace: Trace, kind: K): RecordOf<K>[] =>
  trace.records.filter((record): record is RecordOf<K> => record.kind === kind);

/** The types of the events whose handlers a subscription started, in order: 'A' for activated, 'D' for deactivated. */
export const handled = (trace: Trace, subscription = 'billing'): string =>
  trace.records
    .filter((record) => record.kind === 'bus.delivered' || record.kind === 'bus.redelivered')
    .filter((record) => record.subscription === subscription)
    .map(({ eventType }) => (eventType === 'CampaignActivated' ? 'A' : 'D'))
    .join('');

/** The types of the events whose effects a subscription applied, in order: 'A' and 'D'. */
export const applied = (trace: Trace, subscription = 'billing'): string =>
  all(trace, 'consumer.effectApplied')
    .filter((record) => record.subscription === subscription)
    .map(({ eventType }) => (eventType === 'CampaignActivated' ? 'A' : 'D'))
    .join('');

/** Of these records those of the subscription billing. */
export const ofBilling = <R extends { subscription: string }>(records: R[]): R[] =>
  records.filter(({ subscription }) => subscription === 'billing');

/** The rows of a table as the run has left them. */
export function tableOf(trace: Trace, table: string): Record<string, unknown>[] {
  const rows = new Map<string | number, Record<string, unknown>>();
  for (const { writes } of all(trace, 'transaction.committed')) {
    for (const write of writes) {
      if (write.table !== table) continue;
      if (write.op === 'put') rows.set(write.key, write.row!);
      else rows.delete(write.key);
    }
  }
  return [...rows.values()];
}

/** The status of each promise. */
export const statuses = (trace: Trace): Record<string, string> =>
  Object.fromEntries(Object.entries(trace.verdicts).map(([id, { status }]) => [id, status]));

/** What the tabs about sagas and processes share: what became of each, and which one is looked at. */
import type { Run } from '../run.ts';
import { SagaLog, type InstanceAt } from './saga-log.ts';

const log = new SagaLog();

/** What became of the sagas and processes of a run. Reactive. */
export function sagasOf(run: Pick<Run, 'records'>): SagaLog {
  // the list of records is one object that grows: the length is what tells that it did
  void run.records.length;
  return log.read(run.records);
}

let looked = $state<string | null>(null);

/** The instance that is looked at: the one that was chosen, else the one that moved last. Reactive. */
export function lookedAt(instances: readonly InstanceAt[]): InstanceAt | null {
  const found = instances.find(({ id }) => id === looked);
  return found ?? instances.reduce<InstanceAt | null>((last, one) => (last && last.seq >= one.seq ? last : one), null);
}

/** Looks at an instance from here on. */
export function lookAt(instance: string): void {
  looked = instance;
}

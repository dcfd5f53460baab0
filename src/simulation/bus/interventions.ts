/** What a person does to the bus to put things right: dead letters sent again, a log read again. */
import type { Step } from '../model.ts';
import type { BusIntervention, Rig } from '../rig.ts';
import { busOf } from './deliveries.ts';

/** Why a person can't do this to the bus now; null where it can be done. */
export function cannotInterveneOnBus(rig: Rig, step: Step, intervention: BusIntervention): string | null {
  const { remedy } = busOf(rig);
  if (remedy?.type !== intervention.type) return 'notOnThisBus';
  if (!rig.flow.subscriptions.includes(intervention.subscription)) return 'unknownSubscription';
  return step.model.bus.up ? remedy.refused(step, intervention) : 'down';
}

/** Does what a person asks of the bus. `cause`: `seq` of the record that says so. */
export function busIntervene(rig: Rig, step: Step, intervention: BusIntervention, cause: number): void {
  busOf(rig).remedy?.perform(rig, step, intervention, cause);
}

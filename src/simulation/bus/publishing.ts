/** Handing an event to the bus. */
import { Refusal } from '../../base/refusal.ts';
import type { Envelope } from '../../messaging/envelope.ts';
import { isTooLarge } from '../../patterns/message-bus/limits.ts';
import type { RecordOf } from '../../trace/record.ts';
import { busOf } from './deliveries.ts';
import { about, refOf, type EffectOf, type Step, type Task } from '../model.ts';
import type { EffectKinds, Rig } from '../rig.ts';
import { leftEarly } from '../service/units.ts';

/** Publishing, by whomever. */
export const publishingEffects: EffectKinds<'publish'> = {
  publish: {
    describe: ({ event, position }) => ({ ...refOf(event), ...(position !== undefined && { position }) }),
    perform: published,
  },
};

/** Whether a publisher learns what has become of its event. */
export const isConfirmed = ({ options }: Rig): boolean => options.bus !== 'pubsub' && options.confirm === 'confirmed';

/** Hands an event to the bus. @throws Refusal `publishRefused`, `messageTooLarge`, `confirmationLost` */
function published(rig: Rig, step: Step, task: Task, effect: EffectOf<'publish'>): void {
  const { event, position, document } = effect;
  const common = { ...about(task, event), ...refOf(event) };
  const reason = whyRefused(step, event);
  if (reason !== null) {
    const unnoticed = isConfirmed(rig) ? undefined : (true as const);
    step.record({ kind: 'bus.refused', ...common, reason, unnoticed });
    if (unnoticed) return;
    throw new Refusal(reason === 'tooLarge' ? 'messageTooLarge' : 'publishRefused');
  }
  leftEarly(step, task, event);
  const cause = busOf(rig).accept(rig, step, event, task.cause);
  if (step.strike((failure) => failure.type === 'loseConfirmation')) {
    step.record({ kind: 'bus.confirmationLost', ...common, cause });
    throw new Refusal('confirmationLost');
  }
  if (position === undefined) step.record({ kind: 'service.published', ...common, cause });
  else step.record({ kind: 'relay.published', ...common, cause, position, document });
}

/** Why the bus does not take an event; null where it does. */
function whyRefused(step: Step, event: Envelope): RecordOf<'bus.refused'>['reason'] | null {
  if (!step.model.bus.up) return 'down';
  if (isTooLarge(event)) return 'tooLarge';
  return step.strike((failure) => failure.type === 'refusePublish') ? 'failure' : null;
}

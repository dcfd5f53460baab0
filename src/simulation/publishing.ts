/** Handing an event to the bus. */
import { Refusal } from '../base/refusal.ts';
import { accept } from './deliveries.ts';
import type { EffectKinds } from './effect-kind.ts';
import { about, refOf, type EffectOf, type Step, type Task } from './model.ts';
import { leftEarly } from './units.ts';

/** Publishing, by whomever. */
export const publishingEffects: EffectKinds<'publish'> = {
  publish: {
    describe: ({ event, position }) => ({ ...refOf(event), ...(position !== undefined && { position }) }),
    perform: (_rig, step, task, effect) => published(step, task, effect),
  },
};

/** Hands an event to the bus. @throws Refusal `publishRefused`, `confirmationLost` */
function published(step: Step, task: Task, effect: EffectOf<'publish'>): void {
  const { event, position } = effect;
  const common = { ...about(task, event), ...refOf(event) };
  const struck = step.model.bus.up ? step.strike((failure) => failure.type === 'refusePublish') : null;
  if (struck || !step.model.bus.up) {
    step.record({ kind: 'bus.refused', ...common, reason: struck ? 'failure' : 'down' });
    throw new Refusal('publishRefused');
  }
  leftEarly(step, task, event);
  const cause = accept(step, event, task.cause);
  if (step.strike((failure) => failure.type === 'loseConfirmation')) {
    step.record({ kind: 'bus.confirmationLost', ...common, cause });
    throw new Refusal('confirmationLost');
  }
  if (position === undefined) step.record({ kind: 'service.published', ...common, cause });
  else step.record({ kind: 'relay.published', ...common, cause, position });
}

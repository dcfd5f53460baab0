/** Reading and changing the saga's part of the world. */
import { assert } from '../../base/assert.ts';
import type { Step } from '../model.ts';
import type { Participant } from './participants.ts';
import type { CommandRelay, SagaModel } from './saga-model.ts';

/** The saga's part of the world. @throws Error in a flow that has none */
export function sagaOf(step: Step): SagaModel {
  const { saga } = step.model;
  assert(saga, 'a flow with a saga');
  return saga;
}

/** Changes the saga's part of the world. */
export const changeSaga = (step: Step, change: Partial<SagaModel>): void => {
  step.model = { ...step.model, saga: { ...sagaOf(step), ...change } };
};

/** Changes what is known of the relay's work on the saga's outbox. */
export const changeRelay = (step: Step, change: Partial<CommandRelay>): void =>
  changeSaga(step, { relay: { ...sagaOf(step).relay, ...change } });

/** A participant by its name. @throws Error where there is none */
export function participantOf(step: Step, name: string): Participant {
  const participant = sagaOf(step).participants[name];
  assert(participant, `a participant named ${name}`);
  return participant;
}

/** Puts a participant in the place of what it was. */
export const setParticipant = (step: Step, name: string, participant: Participant): void =>
  changeSaga(step, { participants: { ...sagaOf(step).participants, [name]: participant } });

/** The id of the next answer. */
export function nextAnswer(step: Step): string {
  const answers = sagaOf(step).answers + 1;
  changeSaga(step, { answers });
  return `a${answers}`;
}

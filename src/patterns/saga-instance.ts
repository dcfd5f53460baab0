/** An instance of a saga, as it is stored: what a decision makes of its row, its history, its commands and its timers. */
import type { InstanceChange, SagaInput } from '../messaging/saga-effects.ts';
import type { CommandMessage, Decision, HistoryEntry, Incoming, SagaDefinition, SagaRow } from '../messaging/saga.ts';

/** The row after a decision. Times are written at the commit; a deadline that is under way stays while it waits on. */
export function rowAfter(
  { id, version }: SagaDefinition,
  instance: string,
  stored: SagaRow | null,
  { to, context, attempt, waitsFor, ended, timers }: Decision,
): SagaRow {
  const running = waitsFor !== null && timers.length === 0 ? stored?.deadline : undefined;
  return {
    id: instance,
    definition: id,
    definitionVersion: stored?.definitionVersion ?? version,
    version: (stored?.version ?? 0) + 1,
    state: to,
    context,
    attempt,
    ...(waitsFor !== null && { waitsFor }),
    ...(running !== undefined && { deadline: running }),
    ended,
    startedAt: stored?.startedAt ?? 0,
    movedAt: 0,
  };
}

/** Everything one message changes, to be stored in one transaction. */
export function changeOf(
  definition: SagaDefinition,
  { instance, incoming, correlationId, timer, delivery, settings }: SagaInput,
  stored: SagaRow | null,
  decision: Decision,
): InstanceChange {
  const row = rowAfter(definition, instance, stored, decision);
  const { decided } = decision;
  const commands = decision.commands.map((command, index): CommandMessage => {
    const { name, token, attempt } = command;
    // what is issued twice has the same id twice, unless the instance keeps no count of it, as in the book
    const id =
      settings.saga === 'guarded'
        ? `${instance}/${name}/${token}/${attempt}`
        : `${instance}/${row.version}.${index + 1}`;
    return { ...command, id, instance, correlationId };
  });
  return {
    row,
    expectedVersion: settings.instances === 'unchecked' ? null : (stored?.version ?? 0),
    from: decision.from,
    received: incoming,
    ...(decided && { decided }),
    history: historyOf(row, incoming, decided, commands),
    commands,
    timers: decision.timers.map((set) => ({
      id: `${instance}/${set.timer}/${set.token}`,
      instance,
      timer: set.timer,
      token: set.token,
      correlationId,
    })),
    after: decision.timers.map(({ after }) => after),
    ...(settings.inbox && delivery && { inbox: { subscription: delivery.subscription, eventId: delivery.event.id } }),
    ...(timer !== undefined && { timer }),
    ...(settings.finished === 'deleted' && decision.ended && { remove: true as const }),
  };
}

/** What came, then what was decided, then what was issued: cause before effect. */
function historyOf(
  { id: instance, version }: SagaRow,
  { type, token, payload, eventId }: Incoming,
  decided: Decision['decided'],
  commands: CommandMessage[],
): HistoryEntry[] {
  return [
    {
      instance,
      version,
      entry: 'received',
      type,
      ...(token !== undefined && { token }),
      payload,
      ...(eventId !== undefined && { eventId }),
    },
    ...(decided ? [{ instance, version, entry: 'decided' as const, decision: decided }] : []),
    ...commands.map(({ name, id, to, token: asked }) => ({
      instance,
      version,
      entry: 'issued' as const,
      name,
      commandId: id,
      to,
      token: asked,
    })),
  ];
}

/** Plays a machine by `decide` alone: no runner, no database. */
import type {
  Decision,
  Ignored,
  Incoming,
  SagaDefinition,
  SagaRow,
  SagaSettings,
} from '../../../src/messaging/saga.ts';
import { rowAfter } from '../../../src/patterns/saga-instance.ts';

/** All guards, deadlines and compensations on. */
export const guarded: SagaSettings = {
  saga: 'guarded',
  boundary: 'apart',
  sending: 'outbox',
  notFound: 'discard',
  instances: 'checked',
  finished: 'kept',
  deadlines: 'on',
  tokens: 'on',
  compensation: 'on',
  planning: 'recorded',
  lateSuccess: 'compensate',
  contradiction: 'alert',
  inbox: false,
};

export const asInTheBook: SagaSettings = { ...guarded, saga: 'eventSourced' };

/** Freezes a value to the bottom: a machine that changed what it is given would throw. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) frozen(part);
    Object.freeze(value);
  }
  return value;
}

/** The row that all of these lead to. @throws Error where one of them is ignored */
export function played(definition: SagaDefinition, settings: SagaSettings, ...all: Incoming[]): SagaRow | null {
  let row: SagaRow | null = null;
  for (const incoming of all) {
    const decision = definition.decide(settings, row, incoming);
    if ('ignored' in decision) throw new Error(`${incoming.type} is ignored in ${row?.state}: ${decision.ignored}`);
    row = rowAfter(definition, 'instance', row, decision);
  }
  return row;
}

/** A decision in one line: `State; Command(token) …; Timer(token) …`, or why nothing happens. */
export function told(decision: Decision | Ignored): string {
  if ('ignored' in decision) return decision.ignored;
  const { to, commands, timers } = decision;
  const parts = [
    to,
    commands.map(({ name, token, late }) => `${late ? 'late ' : ''}${name}(${token})`).join(' '),
    timers.map(({ timer, token }) => `${timer}(${token})`).join(' '),
  ];
  return parts.filter((part) => part !== '').join('; ');
}

/** The life of one event under some options, move by move, as it goes where nothing disturbs it. */
import type { EventRef } from '../../../src/trace/record.ts';
import type { Options } from '../../../src/trace/scenario.ts';
import { subscriptions, type Run } from './run.ts';

export type Move = (script: Run) => unknown;

/**
 * How a life ends: with everybody told, rolled back, left out of the outbox or in it, refused as too large, in a parked row, cut off with the change log, among the dead letters of
 * one subscriber, or with somebody being told something else.
 */
export type Fate = 'told' | 'rolledBack' | 'uncaptured' | 'left' | 'tooLarge' | 'parked' | 'cut' | 'dead' | 'altered';

/** From the command to the last acknowledgement. `row`: the event's position in the outbox. */
export function lifeOf(one: EventRef, row: number, options: Options, fate: Fate = 'told'): Move[] {
  const task = `service-${row}`;
  if (fate === 'rolledBack') {
    return [
      ...publicationInside(one, row, options),
      (script) => script.hasEnded(one) || script.abort(one, 'failure', { task }),
    ];
  }
  const born = birth(one, row, options, fate !== 'uncaptured');
  if (fate === 'uncaptured' || fate === 'left') return born;
  if (fate === 'tooLarge') {
    const refused = { process: 'relay', task: `relay-${row}`, reason: 'tooLarge' as const };
    return [...born, (script) => script.refuse(one, refused)];
  }
  if (fate === 'parked' && options.publish === 'outbox' && options.outbox === 'table') {
    return [...born, (script) => script.hasCommitted(one) && script.park(one, row)];
  }
  if (fate === 'cut' && options.publish === 'outbox' && options.relay === 'logTailing') return [...born, cut(one)];
  const published = [...born, ...publication(one, row, options)];
  if (fate === 'dead') return [...published, ...death(one, options)];
  const told = fate === 'altered' ? { ...one, eventType: 'CampaignForgotten' } : one;
  return [...published, ...arrival(told, options)];
}

/** Where the aggregate publishes, an event leaves before its transaction ends, and may be handled by then. */
function publicationInside(one: EventRef, row: number, options: Options): Move[] {
  const task = `service-${row}`;
  const leaves = [(script: Run) => script.publish(one, messagesOf(one), { task }), ...arrival(one, options)];
  return [(script) => script.begin(one, { task }), ...(options.publish === 'insideAggregate' ? leaves : [])];
}

/** The log loses the change with the event, the relay having read all before it. */
function cut(one: EventRef): Move {
  return (script) => {
    const change = script.store.changeOf(one);
    script.add({
      kind: 'relay.historyLost',
      process: 'relay',
      task: 'relay-1',
      position: change - 1,
      first: change + 1,
    });
  };
}

function death(one: EventRef, { bus }: Options): Move[] {
  const [first = '', ...others] = subscriptions;
  const message = messagesOf(one)[first]!;
  return [
    (script) => script.deliver(one, first, message),
    (script) => (bus === 'pubsub' ? script.finish(first, message) : script.deadLetter(one, first, message)),
    ...others.map((name) => (script: Run) => script.handle(one, name, messagesOf(one)[name]!)),
  ];
}

function birth(one: EventRef, row: number, { publish, outbox }: Options, captured: boolean): Move[] {
  const doer = { task: `service-${row}` };
  const outboxed = outbox === 'table' ? { row } : { entry: true };
  return [
    (script) => script.begin(one, doer),
    (script) =>
      script.hasEnded(one) || script.commit(one, { ...doer, ...(publish === 'outbox' && captured && outboxed) }),
    (script) => script.end('done', doer),
  ];
}

/** Each relay task sees to one event. */
function publication(one: EventRef, row: number, options: Options): Move[] {
  const { publish, claim, relay, relays, afterPublish, cleanup, outbox } = options;
  const messages = messagesOf(one);
  if (publish !== 'outbox') return [(script) => script.publish(one, messages, { task: `service-${row}` })];
  const process = relays === 2 && row % 2 === 0 ? 'relay-2' : 'relay';
  const doer = { process, task: `${process}-${row}` };
  const where = outbox === 'table' ? {} : { document: one.aggregateId };
  const publishes: Move[] = [
    (script) => script.publish(one, messages, { ...doer, row }),
    (script) => script.published(one, row, { ...doer, ...where }),
  ];
  const finishes: Move[] = [
    (script) => finish(script, one, row, doer),
    ...(relay === 'polling'
      ? []
      : [(script: Run) => script.advance(relay === 'cursorPolling' ? row : script.store.changeOf(one), doer)]),
  ];
  return [
    ...(claim === 'none'
      ? []
      : [(script: Run) => script.claim(claim === 'row' ? row : one.aggregateId, 5000, process)]),
    ...(outbox === 'document' ? [(script: Run) => script.fetch([one.aggregateId], doer)] : []),
    ...(afterPublish === 'markFirst' ? [...finishes, ...publishes] : [...publishes, ...finishes]),
    ...(claim === 'aggregate'
      ? [(script: Run) => script.add({ kind: 'outbox.released', ...doer, aggregates: [one.aggregateId] })]
      : []),
    (script) => script.end('done', doer),
    ...(cleanup === 'on' ? [(script: Run) => script.clean(row)] : []),
  ];
}

function finish(script: Run, one: EventRef, row: number, doer: { process: string; task: string }): void {
  const { outbox, afterPublish, relayWrites } = script.options;
  const deletes = afterPublish === 'delete';
  if (outbox === 'document') {
    script.finishEntry(one, deletes ? 'deleted' : 'marked', { ...doer, targeted: relayWrites === 'unchecked' });
  } else if (deletes) script.remove(one, row, doer);
  else script.mark(one, row, doer);
}

/** The messages of an event by subscription; a further copy has a number. */
export const messagesOf = ({ eventId }: EventRef, copy = 1): Record<string, string> =>
  Object.fromEntries(subscriptions.map((name) => [name, `${name} ${eventId} ${copy}`]));

function arrival(one: EventRef, { inbox, bus }: Options): Move[] {
  return subscriptions.flatMap((subscription): Move[] => {
    const message = messagesOf(one)[subscription]!;
    const applies: Move = (script) => script.apply(one, subscription, message);
    const notes: Move = (script) => script.note(one, subscription);
    return [
      (script) => script.deliver(one, subscription, message),
      ...(inbox === 'before' ? [notes, applies] : inbox === 'after' ? [applies, notes] : [applies]),
      (script) =>
        bus === 'pubsub' ? script.finish(subscription, message) : script.acknowledge(one, subscription, message),
    ];
  });
}

/**
 * Names given anew. What a task or a message is called counts how many there were before it, which says nothing about what
 * can happen next: so the counters go back to the highest name that is still in use.
 */
import type { Item, Process } from '../kernel/world.ts';
import { PersistentMap } from '../base/persistent-map.ts';
import type { Bus } from '../simulation/model.ts';
import type { Task } from '../kernel/task.ts';
import type { Situation } from './situation.ts';
import type { Log } from '../patterns/message-bus/log.ts';

type Processes = Readonly<Record<string, Process>>;

/** Processes that count their tasks on from those under way. */
export function recounted(processes: Processes, agenda: readonly Item[]): Processes {
  const highest = (name: string): number => {
    let most = 0;
    for (const { what } of agenda)
      if ('task' in what && what.task.process === name && what.task.number > most) most = what.task.number;
    return most;
  };
  return Object.fromEntries(
    Object.entries(processes).map(([name, process]) => {
      const tasks = highest(name);
      return [name, tasks === process.tasks ? process : { ...process, tasks }];
    }),
  );
}

/** The bus as `explored` subscriptions have it; for others it is as `empty` is. */
export function exploredBus(bus: Bus, empty: Bus, explored: (subscription: string) => boolean): Bus {
  const isAll = (all: Readonly<Record<string, unknown>>, none: Readonly<Record<string, unknown>>): boolean =>
    Object.keys(all).every((name) => explored(name) || all[name] === none[name]);
  if (
    isAll(bus.queues, empty.queues) &&
    isAll(bus.channels, empty.channels) &&
    isAll(bus.log?.groups ?? {}, empty.log?.groups ?? {})
  )
    return bus;
  const mine = <V>(all: Readonly<Record<string, V>>, none: Readonly<Record<string, V>>): Record<string, V> =>
    Object.fromEntries(Object.entries(all).map(([name, value]) => [name, explored(name) ? value : none[name]!]));
  const log: Log | null = bus.log && { ...bus.log, groups: mine(bus.log.groups, empty.log!.groups) };
  return { ...bus, queues: mine(bus.queues, empty.queues), channels: mine(bus.channels, empty.channels), log };
}

/**
 * A situation whose messages are named by their places: first those in consumers' hands, then those that wait. A log names
 * its own by where they are.
 */
export function renamed(situation: Situation): Situation {
  const { world, facts } = situation;
  const { bus } = world.model;
  if (bus.log !== null) return situation;
  const names = new Map<string, string>();
  const name = (id: string): void => void (names.has(id) || names.set(id, `m${names.size + 1}`));
  const tasks = world.agenda.flatMap(({ what }) => ('task' in what ? [what.task] : []));
  for (const task of tasks.sort((a, b) =>
    a.process < b.process ? -1 : a.process > b.process ? 1 : a.number - b.number,
  ))
    handledIn(task, name);
  for (const { inFlight, waiting, dead } of Object.values(bus.queues)) {
    for (const { message } of inFlight) name(message.id);
    for (const { id } of [...waiting, ...dead]) name(id);
  }
  for (const { connections } of Object.values(bus.channels))
    for (const { buffered, travelling } of connections) for (const { id } of [...buffered, ...travelling]) name(id);
  const messages = names.size;
  if (messages === bus.messages && [...names].every(([was, is]) => was === is)) return situation;
  const to = (id: string): string => names.get(id) ?? id;
  return {
    ...situation,
    facts: {
      ...facts,
      open: PersistentMap.from(
        [...facts.open.entries()].filter(([id]) => names.has(id)).map(([id, one]) => [to(id), one]),
      ),
      handling: PersistentMap.from(
        [...facts.handling.entries()].map(([task, one]) => [task, { ...one, message: to(one.message) }]),
      ),
    },
    world: {
      ...world,
      agenda: world.agenda.map((item) => renamedItem(item, to)),
      model: { ...world.model, bus: { ...renamedBus(bus, to), messages } },
    },
  };
}

const handledIn = ({ input }: Task, name: (id: string) => void): void => {
  const { message } = (input ?? {}) as { message?: string };
  if (message !== undefined) name(message);
};

function renamedItem(item: Item, to: (id: string) => string): Item {
  const { what } = item;
  if ('fires' in what) {
    const { message } = what.fires as { message?: string };
    return message === undefined || message === to(message)
      ? item
      : { ...item, what: { fires: { ...what.fires, message: to(message) } } };
  }
  const { input, effect } = what.task as Task & { input: { message?: string }; effect: { message?: string } };
  const { message } = input ?? {};
  if (message === undefined || message === to(message)) return item;
  const renewed = effect.message === undefined ? effect : { ...effect, message: to(effect.message) };
  return { ...item, what: { task: { ...what.task, input: { ...input, message: to(message) }, effect: renewed } } };
}

function renamedBus(bus: Bus, to: (id: string) => string): Bus {
  const named = <M extends { id: string }>(message: M): M => ({ ...message, id: to(message.id) });
  const each = <V>(all: Readonly<Record<string, V>>, change: (value: V) => V): Record<string, V> =>
    Object.fromEntries(Object.entries(all).map(([key, value]) => [key, change(value)]));
  return {
    ...bus,
    queues: each(bus.queues, (queue) => ({
      ...queue,
      waiting: queue.waiting.map(named),
      dead: queue.dead.map(named),
      inFlight: queue.inFlight.map((flight) => ({ ...flight, message: named(flight.message) })),
      dispatched: each(queue.dispatched, to),
    })),
    channels: each(bus.channels, (channel) => ({
      ...channel,
      connections: channel.connections.map((connection) => ({
        ...connection,
        travelling: connection.travelling.map(named),
        buffered: connection.buffered.map(named),
      })),
    })),
  };
}

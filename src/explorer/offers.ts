/** What the parts of a situation offer to happen next, found out once for each part. */
import type { Item } from '../kernel/world.ts';
import { isRelay, subscriptionOf } from '../simulation/flow.ts';
import { readersAnswers } from '../simulation/saga/participants.ts';
import type { Model, Task } from '../simulation/model.ts';
import { readerTimer } from '../simulation/saga/reader.ts';
import type { Failure, Options, Payload } from '../trace/scenario.ts';
import { isExplored, kindOf, type Action, type Trying } from './action.ts';
import { footprintOf, type Footprint } from './footprints.ts';
import type { Parts } from './parts.ts';
import { comesAnyTime, ownerOf, partNames, placeOf } from './situation.ts';

/** An action as a part offers it. */
export interface Offer {
  readonly action: Action;
  readonly footprint: Footprint;
  /** When its item is due, in virtual ms; 0 where there is none. */
  readonly due: number;
  /** Where it waits for a time to be over: it may come before others that do. */
  readonly anyTime: boolean;
  /** The bit of its failure's kind; 0 for none. */
  readonly kind: number;
  /** Tells it apart from all other offers of parts with the same numbers. */
  readonly code: number;
}

/** What one part offers. */
export interface Offers {
  readonly items: readonly Offer[];
  readonly failing: readonly Offer[];
  /** Answers that somebody has to give. */
  readonly replies: readonly Offer[];
}

/** Virtual ms that a process stays down. When it is back is tried at every moment after. */
const downtime = 100;

/** Parts that offer something: items of their own, or a failure. */
const offering = ['service', 'relay', 'otherRelay', 'bus', 'consumers', 'instances', 'participants'] as const;
export const offeringPlaces: readonly number[] = offering.map((name) => placeOf[name]);

/** The offers of all parts met so far. */
export class OffersOfParts {
  readonly #parts: Parts;
  readonly #trying: Trying;
  readonly #known = partNames.map((): Offers[] => []);

  constructor(parts: Parts, trying: Trying) {
    this.#parts = parts;
    this.#trying = trying;
  }

  /** What a part offers. `place`: among `partNames`. */
  of(place: number, number: number): Offers {
    return (this.#known[place]![number] ??= this.#find(partNames[place] as (typeof offering)[number], place, number));
  }

  #find(name: (typeof offering)[number], place: number, number: number): Offers {
    const { subscriptions, options, kinds } = this.#trying;
    const part = this.#parts.part(name, number);
    const agenda = part.agenda.filter((item) => isExplored(ownerOf(item), subscriptions));
    let count = 0;
    const offer = (action: Action): Offer => ({
      action,
      footprint: footprintOf(action, options),
      due: action.item?.due ?? 0,
      anyTime: action.item !== undefined && comesAnyTime(action.item),
      kind: action.failure ? 1 << kinds.indexOf(kindOf(action.failure)) : 0,
      code: place * 1000 + count++,
    });
    const mayStrike = ({ failure }: Action): boolean => kinds.includes(kindOf(failure!));
    const withItems = agenda.flatMap((item): Action[] =>
      'task' in item.what ? failuresOf(item.what.task as Task, options).map((failure) => ({ failure, item })) : [],
    );
    const now = this.#failuresNow(name, number).map((failure): Action => ({ failure }));
    return {
      items: agenda.map((item) => offer({ item })),
      failing: [...now, ...withItems].filter(mayStrike).map(offer),
      replies: name === 'participants' ? this.#replies(number).map((reply) => offer({ reply })) : [],
    };
  }

  /** Yes or no, from everybody who is asked and has not answered. */
  #replies(number: number): NonNullable<Action['reply']>[] {
    const { participants, agenda } = this.#parts.part('participants', number);
    if (this.#trying.options.answers !== 'manual' || participants === undefined) return [];
    const isAnswered = (token: string): boolean => agenda.some((item) => tokenOf(item) === token);
    return Object.entries(readersAnswers).flatMap(([name, { participant }]) =>
      Object.values(participants[participant]?.things ?? {}).flatMap(({ command, status, answer }) =>
        status === 'asked' && answer === null && !isAnswered(command.token)
          ? [{ name, payload: { id: command.instance, token: command.token } }]
          : [],
      ),
    );
  }

  #failuresNow(name: (typeof offering)[number], number: number): Failure[] {
    const { subscriptions, options } = this.#trying;
    if (name === 'bus') {
      const { bus } = this.#parts.part(name, number);
      return subscriptions.flatMap((subscription) => busFailures(bus, subscription, options.bus));
    }
    if (name === 'instances' || name === 'participants') return [];
    const { processes } = this.#parts.part(name, number);
    const crashes = Object.entries(processes)
      .filter(([process, { up }]) => up && isExplored(process, subscriptions))
      .map(([process]): Failure => ({ type: 'crash', process, restartAfter: downtime }));
    if (options.claim === 'none') return crashes;
    const relays = Object.keys(processes).filter(isRelay);
    return [...crashes, ...relays.map((process): Failure => ({ type: 'expireLease', process }))];
  }
}

/** The token of what somebody has answered whose answer is on its way; undefined for all else. */
const tokenOf = ({ what }: Item): unknown =>
  'fires' in what && what.fires.timer === readerTimer
    ? (what.fires['sent'] as { payload: Payload }).payload['token']
    : undefined;

function failuresOf({ process, effect }: Task, { bus, confirm }: Options): Failure[] {
  const { effect: name } = effect;
  if (name === 'publish') {
    const lost: Failure[] = bus !== 'pubsub' && confirm === 'confirmed' ? [{ type: 'loseConfirmation' }] : [];
    return [{ type: 'refusePublish' }, ...lost];
  }
  if (name === 'commit' || name === 'commitInstance') return [{ type: 'abortTransaction', process }];
  if (effect.effect === 'sendCommand' || effect.effect === 'callParticipant') {
    const { to: subscription } = effect.command;
    const onItsWay = (['drop', 'duplicate', 'delay'] as const).map((type): Failure => ({ type, subscription }));
    return subscription === 'service' ? [] : [...onItsWay, { type: 'silence', service: subscription }];
  }
  if (name === 'apply') return [{ type: 'consumerFails', subscription: subscriptionOf(process), times: 1 }];
  return [];
}

function busFailures({ channels }: Model['bus'], subscription: string, bus: Options['bus']): Failure[] {
  if (bus === 'queue') return [{ type: 'redeliver', subscription }];
  if (bus === 'log') return [{ type: 'rebalance', subscription }];
  const travelling = channels[subscription]!.connections.flatMap((connection) => connection.travelling);
  return travelling.map(({ id: message }): Failure => ({ type: 'drop', message, subscription }));
}

/**
 * External services and people, whom sagas send commands: what they do about one, and what they answer. Their state is
 * theirs: it is in no table of ours, and all we ever learn of it is their answers.
 */
import type { CommandMessage } from '../../messaging/saga.ts';
import type { ParticipantEffect } from '../../trace/record.ts';

/** What a participant understands. */
export interface Trade {
  /** Commands it carries out, with their effect. */
  readonly does: Readonly<Record<string, ParticipantEffect>>;
  /** Commands that take back what it did. */
  readonly undoes?: Readonly<Record<string, ParticipantEffect>>;
  /** The events it answers with. */
  readonly yes?: string;
  readonly no?: string;
  readonly undone?: string;
  /** It decides and does nothing: what it is asked takes effect by the answer alone. */
  readonly decides?: true;
}

/** Every participant there is. */
export const trades: Readonly<Record<string, Trade>> = {
  publishing: {
    does: { SubmitAdvertisement: 'listed' },
    undoes: { WithdrawAdvertisement: 'withdrawn' },
    yes: 'PublishingConfirmed',
    no: 'PublishingRejected',
  },
  approver: { does: { RequestEmployeeApproval: 'asked' }, yes: 'RouteConfirmed', no: 'RouteRejected', decides: true },
  manager: { does: { RequestRerouting: 'asked' }, yes: 'ReroutingConfirmed', no: 'ReroutingRejected', decides: true },
  airline: {
    does: { BookFlights: 'booked' },
    undoes: { CancelFlights: 'cancelled' },
    yes: 'FlightBooked',
    no: 'FlightBookingFailed',
    undone: 'FlightsCancelled',
  },
  hotel: {
    does: { BookHotel: 'booked' },
    undoes: { CancelHotel: 'cancelled' },
    yes: 'HotelBooked',
    no: 'HotelBookingFailed',
    undone: 'HotelCancelled',
  },
  traveler: { does: { NotifyTraveler: 'notified' } },
  operator: { does: { Alert: 'notified' } },
};

/** The reader's commands that are a participant's answer. */
export const readersAnswers: Readonly<Record<string, { participant: string; yes: boolean }>> = {
  ConfirmPublishing: { participant: 'publishing', yes: true },
  RejectPublishing: { participant: 'publishing', yes: false },
  ApproveRoute: { participant: 'approver', yes: true },
  RejectRoute: { participant: 'approver', yes: false },
  ConfirmRerouting: { participant: 'manager', yes: true },
  RefuseRerouting: { participant: 'manager', yes: false },
  ConfirmFlights: { participant: 'airline', yes: true },
  RefuseFlights: { participant: 'airline', yes: false },
  ConfirmHotel: { participant: 'hotel', yes: true },
  RefuseHotel: { participant: 'hotel', yes: false },
};

/** One thing that a participant was asked for. */
export interface Thing {
  readonly command: CommandMessage;
  /** Where it stands. `refused`: the answer was no. */
  readonly status: ParticipantEffect | 'refused';
  /** What it is called there: an advertisement, a booking. */
  readonly name: string;
  /** The id and type of the last one, which is repeated when the same is asked again. */
  readonly answer: { readonly id: string; readonly type: string; readonly version: number } | null;
}

/** A participant as the simulation keeps it. */
export interface Participant {
  /** By instance and token. */
  readonly things: Readonly<Record<string, Thing>>;
  /** The keys of `things`, in the order in which they were asked for first. */
  readonly order: readonly string[];
  /** How many things it has made names for. */
  readonly named: number;
  /** How many answers it has given about each thing, those it has forgotten included. */
  readonly versions: Readonly<Record<string, number>>;
}

/** One that has never heard of anything. */
export const newParticipant: Participant = { things: {}, order: [], named: 0, versions: {} };

/** The key of what a command is about. One without a token asks for something new each time. */
export const thingKey = ({ named }: Participant, { instance, token }: CommandMessage): string =>
  `${instance}/${token === '' ? `#${named + 1}` : token}`;

/** A participant with this thing. */
export function withThing(participant: Participant, key: string, thing: Thing): Participant {
  const known = Object.hasOwn(participant.things, key);
  return {
    ...participant,
    things: { ...participant.things, [key]: thing },
    order: known ? participant.order : [...participant.order, key],
  };
}

/** A participant that has forgotten a thing. */
export function withoutThing(participant: Participant, key: string): Participant {
  const { [key]: _, ...things } = participant.things;
  return { ...participant, things, order: participant.order.filter((other) => other !== key) };
}

/** Whether a thing is there, or asked for: not cancelled, prevented or refused. */
export const stands = ({ status }: Thing): boolean =>
  status === 'asked' || status === 'listed' || status === 'booked' || status === 'notified';

/** The newest thing that the reader can mean: of this instance and token, where they are named. */
export function meant(participant: Participant, instance: unknown, token: unknown): string | null {
  const fits = (key: string) => {
    const { command } = participant.things[key]!;
    const ofInstance = typeof instance !== 'string' || isOf(command.instance, instance);
    return ofInstance && (typeof token !== 'string' || command.token === token);
  };
  return participant.order.findLast((key) => fits(key) && participant.things[key]!.status !== 'notified') ?? null;
}

/** Whether an instance is the one that is named: by its id, or by the aggregate's id before the colon. */
const isOf = (instance: string, name: string): boolean => instance === name || instance.startsWith(`${name}:`);

/** What external services and people have been asked for, and what they have answered, up to a step: a fold of the records. */
import type { ParticipantEffect, TraceRecord } from '../../trace/record.ts';

/** One thing that a participant was asked for. */
export interface Asked {
  participant: string;
  instance: string;
  token: string;
  /** The command that asked for it. */
  command: string;
  /** What it is called there. */
  thing: string;
  /** Where it stands. */
  status: ParticipantEffect;
  /** The types of its answers, oldest first. */
  answers: readonly string[];
  /** `seq` of the record that changed it last. */
  seq: number;
}

/** The reader's commands that answer for a participant. */
export const answersOf: Readonly<Record<string, { yes: string; no: string }>> = {
  publishing: { yes: 'ConfirmPublishing', no: 'RejectPublishing' },
  approver: { yes: 'ApproveRoute', no: 'RejectRoute' },
  manager: { yes: 'ConfirmRerouting', no: 'RefuseRerouting' },
  airline: { yes: 'ConfirmFlights', no: 'RefuseFlights' },
  hotel: { yes: 'ConfirmHotel', no: 'RefuseHotel' },
};

/** Those whom the reader can play among these. */
export const playable = (participants: readonly string[]): string[] =>
  participants.filter((name) => Object.hasOwn(answersOf, name));

type Told = Extract<TraceRecord, { kind: 'participant.executed' | 'participant.answered' }>;

/** Keeps what was asked as a trace grows: each record is looked at once. */
export class AskedLog {
  #records: readonly TraceRecord[] | null = null;
  #looked = 0;
  #told: Told[] = [];

  /** What was asked and answered in the first `cursor` records, in the order in which it was asked for first. */
  at(records: readonly TraceRecord[], cursor: number): Asked[] {
    this.#read(records);
    const asked = new Map<string, Asked>();
    for (const record of this.#told) {
      if (record.seq >= cursor) break;
      if (record.kind === 'participant.executed') take(asked, record);
      else answer(asked, record);
    }
    return [...asked.values()];
  }

  #read(records: readonly TraceRecord[]): void {
    if (records !== this.#records || records.length < this.#looked) {
      this.#records = records;
      this.#looked = 0;
      this.#told = [];
    }
    for (; this.#looked < records.length; this.#looked++) {
      const record = records[this.#looked]!;
      if (record.kind === 'participant.executed' || record.kind === 'participant.answered') this.#told.push(record);
    }
  }
}

const keyOf = (participant: string, instance: string, token: string): string => `${participant}/${instance}/${token}`;

function take(asked: Map<string, Asked>, record: Extract<Told, { kind: 'participant.executed' }>): void {
  const { to: participant, instance, token, name: command, thing, effect: status, seq } = record;
  // without a token, each time something new is asked for
  const key = keyOf(participant, instance, token === '' ? thing : token);
  const known = asked.get(key);
  asked.set(key, { participant, instance, token, command, thing, answers: [], ...known, status, seq });
}

function answer(asked: Map<string, Asked>, record: Extract<Told, { kind: 'participant.answered' }>): void {
  const participant = record.process;
  const found =
    asked.get(keyOf(participant, record.instance, record.token)) ??
    [...asked.values()].findLast((one) => one.participant === participant && one.instance === record.instance);
  if (!found) return;
  const changed = { ...found, answers: [...found.answers, record.eventType], seq: record.seq };
  asked.set(keyOf(participant, found.instance, found.token === '' ? found.thing : found.token), changed);
}

/** Whether the reader can answer for it: what was cancelled or only told needs no answer. */
export const isOpen = ({ status }: Asked): boolean => status === 'asked' || status === 'booked' || status === 'listed';

/** The newest of them that waits for its first answer; null where none does. */
export const waiting = (asked: readonly Asked[]): Asked | null =>
  asked.findLast((one) => isOpen(one) && one.answers.length === 0 && Object.hasOwn(answersOf, one.participant)) ?? null;

const log = new AskedLog();

/** Whether somebody whom the reader plays waits for an answer after so many records. */
export const somebodyWaits = (records: readonly TraceRecord[], cursor: number): boolean =>
  waiting(log.at(records, cursor)) !== null;

/**
 * Why a promise about sagas is broken, in one English sentence. Parameters: `instance`: its id; `process`: the part it lies
 * with, often a participant; `name`, `token`: the command; `received`: the type of what came.
 */
import { own } from '../base/own.ts';
import { cause } from './causes.ts';
import { command, instance, part, type Words } from './words.ts';

const outcomes: Readonly<Record<string, string>> = { CONFIRMED: 'confirmed', REJECTED: 'rejected' };
const outcome = (status: unknown): string => own(outcomes, String(status)) ?? String(status);

/** How an instance moves, from its beginning to its end. */
const moves: Readonly<Record<string, Words>> = {
  // oneInstance: instance, process, other, received
  startedBeside: (r) =>
    `${part(r['process'])} begins ${instance(r)} anew, over the one that ${part(r['other'])} had begun: the process runs twice.`,
  startedAgain: (r) =>
    `${instance(r)} had ended and was deleted, and ${r['received']} begins it again: the process runs a second time.`,
  // sagaSerial: instance, process, version, received; other?, earlier?; newest
  decidedOnOld: (r) =>
    `${part(r['process'])} saves ${instance(r)} as version ${r['version']} once more, as if ${r['earlier']} had never come: what was decided on that is gone.`,
  versionSkipped: (r) =>
    `${part(r['process'])} saves ${instance(r)} as version ${r['version']}, and the one before was version ${r['newest']}.`,
  savedAfterDeletion: (r) =>
    `${part(r['process'])} saves ${instance(r)} as version ${r['version']}, and it had been deleted by then.`,
  // terminalQuiet: instance, name, process, received or state
  issuedAfterEnd: (r) =>
    `${instance(r)} had ended, and on ${r['received']} it sends ${r['name']} to ${part(r['process'])}: nobody expects that any more.`,
  calledAfterEnd: (r) =>
    `${instance(r)} had ended as ${r['state']}, and sends ${r['name']} to ${part(r['process'])}: nobody expects that any more.`,
  // timerToken: instance, timer, newest, token?; was, state?
  timerOfBefore: (r) =>
    `${instance(r)} takes ${timeout(r)} for the one it has set since, ${r['newest']}: what it was set for is over.`,
  timerOfState: (r) => `${instance(r)} acts on ${timeout(r)}, which was set in ${r['was']}: it has left that state.`,
  // replayDeterminism: instance, choice?
  choiceUnrecorded: (r) =>
    `${instance(r)} chooses ${r['choice'] === undefined ? 'its way' : `route ${r['choice']}`}, and its history does not say so: whoever replays it has to choose again.`,
  // processEnds: instance, state, cause, process?
  waitsForEver: (r) => `${cause(r)}: ${instance(r)} waits in ${r['state']}, and nothing will ever wake it.`,
  // processEnds: aggregateId
  nobodyWaits: (r) =>
    `the saga has passed on that campaign ${r['aggregateId']} is active, and was never told what became of it: it remembers nothing, so nobody waits for the answer.`,
};

function timeout(r: Parameters<Words>[0]): string {
  const token = r['token'] === undefined || r['token'] === '' ? '' : ` ${r['token']}`;
  return `the timeout ${r['timer']}${token}`;
}

/** What is asked of others, and what they make of it. */
const commands: Readonly<Record<string, Words>> = {
  // commandRecorded: instance, name, token, process
  commandUnrecorded: (r) =>
    `${part(r['process'])} receives ${command(r)} of ${instance(r)}, and nothing is recorded of it: if its sender dies now, nobody knows that it was sent.`,
  // commandsExecuted: instance, name, token, process
  commandDropped: (r) => `${command(r)} of ${instance(r)} was lost on its way to ${part(r['process'])}.`,
  commandGone: (r) => `${command(r)} of ${instance(r)} was sent, and never came to ${part(r['process'])}.`,
  commandUnsent: (r) =>
    `${command(r)} of ${instance(r)} is recorded, and nobody comes to send it to ${part(r['process'])}.`,
  // noContradiction: instance, process, effect, thing, beside
  standsTwice: (r) =>
    `${part(r['process'])} has ${r['effect']} ${r['thing']} for ${instance(r)}, and ${r['beside']} is ${r['effect']} already: the same was done twice.`,
  // noContradiction: aggregateId, was, is
  toldBoth: (r) =>
    `campaign ${r['aggregateId']} is told that its advertisement was ${outcome(r['is'])}, after it was told that it was ${outcome(r['was'])}.`,
  // noContradiction: instance, was, is, token
  actsOnBoth: (r) =>
    `${instance(r)} acts on ${r['is']} for ${r['token']}, after it had acted on ${r['was']} for the same.`,
  // noContradiction: instance, process, thing?
  cancelledAfterCompleted: (r) =>
    `${part(r['process'])} cancels ${r['thing']}, with which ${instance(r)} has been completed.`,
  completedAfterCancelled: (r) =>
    `${instance(r)} is completed, and ${part(r['process'])} has cancelled what it had booked for it.`,
  // compensationSound: instance, name, token, process, thing?
  cancelledUnasked: (r) =>
    `${instance(r)} sends ${command(r)} to ${part(r['process'])}, and has never asked for what it calls off.`,
  cancelledTwice: (r) => `${part(r['process'])} takes back ${r['thing']} of ${instance(r)} a second time.`,
  doneAfterCancelled: (r) =>
    `${part(r['process'])} carries out ${command(r)} of ${instance(r)}, which was called off before: nobody will call it off again.`,
  doneAfterNothing: (r) =>
    `when ${command(r)} of ${instance(r)} was called off, ${part(r['process'])} had nothing to take back, and remembered nothing: now it carries it out, and ${r['thing']} is nobody’s.`,
  // compensationEnds: instance, process, thing, effect ('booked', 'listed')
  stillCancelling: (r) => `${instance(r)} is still cancelling, and nobody answers it any more.`,
  leftBooked: (r) => `${instance(r)} has ended, and ${r['thing']} is still ${r['effect']} at ${part(r['process'])}.`,
  leftUnlisted: (r) =>
    `${instance(r)} waits for a person to see to what is left, and ${r['thing']} at ${part(r['process'])} is not on the list.`,
};

/** What a transaction may write, and what it leaves behind. */
const boundaries: Readonly<Record<string, Words>> = {
  // boundaryKept: process, total, limit, over
  overBudget: (r) =>
    `with this commit of ${part(r['process'])} the active campaigns come to ${r['total']}, and the budget allows ${r['limit']}: ${r['over']} too much.`,
  // oneAggregatePerTx: process, first, second
  twoAggregates: (r) =>
    `one transaction of ${part(r['process'])} writes ${r['first']} and ${r['second']}: two aggregates that can only change together.`,
};

export const sagaSentences: Readonly<Record<string, Words>> = { ...moves, ...commands, ...boundaries };

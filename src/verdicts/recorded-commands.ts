/** What a saga sends it has recorded (S19), and what it has recorded is carried out (L6). */
import type { RecordOf } from '../trace/record.ts';
import type { Facts } from './facts.ts';
import { keepsInstances } from '../trace/saga-parts.ts';
import {
  brokenAt,
  reasonOf,
  type LivenessPromise,
  type Reason,
  type RestFinding,
  type SafetyPromise,
} from './promise.ts';

/** S19: whoever receives or carries out a command of an instance, a committed transaction had recorded it there before. */
export const commandRecorded: SafetyPromise = {
  id: 'commandRecorded',
  kind: 'safety',
  applies: keepsInstances,
  breaks: {
    'participant.received': unrecorded,
    'participant.executed': unrecorded,
    'command.received': ({ commandId }, facts) => {
      // commands of others, the reader's above all, are recorded by nobody
      const command = facts.sagas.commands.get(commandId);
      return command === undefined ? null : unrecorded({ ...command, commandId }, facts);
    },
  },
};

type Named = Pick<RecordOf<'participant.received'>, 'commandId' | 'instance' | 'name' | 'to' | 'token'>;

function unrecorded({ commandId, instance, name, to, token }: Named, { sagas }: Facts): Reason | null {
  if (sagas.commands.get(commandId)?.recorded === true) return null;
  return reasonOf('commandUnrecorded', { instance, name, token, process: to });
}

/** L6: at rest, every command that was recorded has reached whoever is to carry it out, after it was recorded. */
export const commandsExecuted: LivenessPromise = {
  id: 'commandsExecuted',
  kind: 'liveness',
  // where the handler calls, nothing is recorded that somebody would have to send
  applies: (options, flow) => keepsInstances(options, flow) && options.sending === 'outbox',
  judge: (facts) => firstLeft(facts),
};

function firstLeft({ sagas }: Facts): RestFinding {
  let first: { at: number; id: string } | null = null;
  for (const id of sagas.outstanding.keys()) {
    const { seq, lost } = sagas.commands.get(id)!;
    const at = lost ?? seq;
    if (first === null || at < first.at || (at === first.at && id < first.id)) first = { at, id };
  }
  if (first === null) return null;
  const { instance, name, token, to, sent, lost } = sagas.commands.get(first.id)!;
  const code = lost !== null ? 'commandDropped' : sent ? 'commandGone' : 'commandUnsent';
  return brokenAt(first.at, reasonOf(code, { instance, name, token, process: to }));
}

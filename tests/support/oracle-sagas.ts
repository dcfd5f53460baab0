/**
 * The oracle on sagas and process managers: S18 to S24, S27, L5 to L7. What an instance is at some record it finds out each
 * time by going through all that was written before.
 */
import type { RecordOf, TraceRecord } from '../../src/trace/record.ts';
import type { Options } from '../../src/trace/scenario.ts';
import { handlerStarts, type Reading } from './oracle-reading.ts';

type Moved = RecordOf<'saga.moved'>;
type Executed = RecordOf<'participant.executed'>;
type At = { seq: number };

const before = <R extends At>(list: readonly R[], at: At): R[] => list.filter(({ seq }) => seq < at.seq);

/** The moves of an instance up to a record, without it. */
const movesOf = (all: Reading, instance: string, at: At): Moved[] =>
  before(all.of('saga.moved'), at).filter((moved) => moved.instance === instance);

/** Those of its present life: from its last beginning on. */
function lifeOf(all: Reading, instance: string, at: At): Moved[] {
  const moves = movesOf(all, instance, at);
  const start = moves.findLastIndex(({ from }) => from === undefined);
  return moves.slice(Math.max(0, start));
}

/** Its newest move, unless it was deleted since. */
function storedAt(all: Reading, instance: string, at: At): Moved | undefined {
  const last = movesOf(all, instance, at).at(-1);
  const deleted = before(all.of('saga.deleted'), at).some(
    (one) => one.instance === instance && one.seq > (last?.seq ?? 0),
  );
  return deleted ? undefined : last;
}

const end: At = { seq: Number.POSITIVE_INFINITY };

const instancesOf = (all: Reading): string[] => [...new Set(all.of('saga.moved').map(({ instance }) => instance))];

/** S18 is violated. */
const begunTwice = (all: Reading): boolean =>
  all
    .of('saga.moved')
    .some(
      (moved) =>
        moved.from === undefined &&
        movesOf(all, moved.instance, moved).length > 0 &&
        !(moved.ended && storedAt(all, moved.instance, moved) === undefined),
    );

/** S21 is violated. */
const notSerial = (all: Reading): boolean =>
  all.of('saga.moved').some((moved) => moved.version !== (storedAt(all, moved.instance, moved)?.version ?? 0) + 1);

/** S19 is violated. */
const unrecorded = (all: Reading): boolean => {
  const isRecorded = (id: string, at: At) =>
    before(all.of('saga.commandIssued'), at).some((one) => one.commandId === id);
  const isSagas = (id: string, at: At) => before(all.of('saga.called'), at).some((one) => one.commandId === id);
  return (
    [...all.of('participant.received'), ...all.of('participant.executed')].some(
      (one) => !isRecorded(one.commandId, one),
    ) || all.of('command.received').some((one) => isSagas(one.commandId, one) && !isRecorded(one.commandId, one))
  );
};

/** L6 is violated at rest. */
const neverExecuted = (all: Reading): boolean =>
  all
    .of('saga.commandIssued')
    .some(
      (issued) =>
        ![...all.of('participant.received'), ...all.of('command.received')].some(
          (one) => one.commandId === issued.commandId && one.seq > issued.seq,
        ),
    );

/** S22 is violated. */
function loud(all: Reading): boolean {
  const afterEnd = all.of('saga.commandIssued').some((issued) => {
    const life = lifeOf(all, issued.instance, issued);
    const [last, previous] = [life.at(-1), life.at(-2)];
    if (issued.late || !last || !previous?.ended || last.from === undefined) return false;
    const deletedBetween = all
      .of('saga.deleted')
      .some(({ instance, seq }) => instance === issued.instance && seq > previous.seq && seq < last.seq);
    return !deletedBetween && !(last.from === 'Completed' && last.received.type === 'TripCancelRequested');
  });
  const called = all.of('saga.called').some((one) => {
    const now = storedAt(all, one.instance, one);
    const mayBeCalledOff =
      now?.to === 'Completed' && (one.name.startsWith('Cancel') || one.name.startsWith('Withdraw'));
    return !one.late && now?.ended === true && !mayBeCalledOff;
  });
  return afterEnd || called;
}

/** S23 is violated. */
const staleTimers = (all: Reading): boolean =>
  all.of('saga.moved').some((moved) => {
    const life = lifeOf(all, moved.instance, moved);
    const set = before(all.of('timer.set'), moved)
      .filter(
        ({ instance, timer, seq }) =>
          instance === moved.instance && timer === moved.received.type && seq > (life[0]?.seq ?? end.seq),
      )
      .at(-1);
    if (!set) return false;
    const stateThen = before(life, set).at(-1)!.to;
    return moved.received.token !== set.token || moved.from !== stateThen;
  });

const makes = ({ effect }: Executed): boolean => effect === 'listed' || effect === 'booked';
const unmakes = ({ effect }: Executed): boolean => effect === 'withdrawn' || effect === 'cancelled';

/** What a participant holds for an instance before a record. */
const standing = (all: Reading, instance: string, to: string, at: At): Executed[] => {
  const mine = before(all.of('participant.executed'), at).filter((one) => one.instance === instance && one.to === to);
  return mine.filter(
    (made) => makes(made) && !mine.some((gone) => unmakes(gone) && gone.thing === made.thing && gone.seq > made.seq),
  );
};

/** S20 is violated. */
const contradictions = (all: Reading): boolean =>
  all.of('participant.executed').some((one) => makes(one) && standing(all, one.instance, one.to, one).length > 0) ||
  toldBoth(all) ||
  all.of('saga.moved').some((moved) => actsOnBoth(all, moved) || completesWithout(all, moved)) ||
  all.of('participant.executed').some((one) => undoesCompleted(all, one));

function toldBoth(all: Reading): boolean {
  const told = all.of('transaction.committed').flatMap(({ writes }) =>
    writes.flatMap(({ table, op, key, row }) => {
      const { activation, publishing } = (row ?? {}) as {
        activation?: unknown;
        publishing?: { status?: string } | null;
      };
      return table === 'campaigns' && op === 'put'
        ? [{ about: `${key} ${String(activation)}`, status: publishing?.status }]
        : [];
    }),
  );
  return told.some(
    (one) =>
      one.status === 'CONFIRMED' && told.some((other) => other.about === one.about && other.status === 'REJECTED'),
  );
}

const opposites: [string, string][] = [
  ['RouteConfirmed', 'RouteRejected'],
  ['ReroutingConfirmed', 'ReroutingRejected'],
];

function actsOnBoth(all: Reading, moved: Moved): boolean {
  const { type, token } = moved.received;
  if (moved.from === undefined || token === undefined) return false;
  const pair = opposites.find((both) => both.includes(type));
  const other = pair?.find((one) => one !== type);
  return lifeOf(all, moved.instance, moved).some(({ received }) => received.type === other && received.token === token);
}

/** It is completed, and has not been called off since. */
const isCompleted = (all: Reading, instance: string, at: At): boolean =>
  lifeOf(all, instance, at).reduce(
    (is, { to, from, received }) =>
      to === 'Completed' || (is && !(from === 'Completed' && received.type === 'TripCancelRequested')),
    false,
  );

function undoesCompleted(all: Reading, one: Executed): boolean {
  if (!unmakes(one) || one.itself || !isCompleted(all, one.instance, one)) return false;
  const held = standing(all, one.instance, one.to, one);
  if (held.length === 0 || !held.every(({ thing }) => thing === one.thing)) return false;
  const sent = before([...all.of('saga.commandIssued'), ...all.of('saga.called')], one).filter(
    ({ commandId }) => commandId === one.commandId,
  );
  const call = sent.sort((a, b) => a.seq - b.seq).at(-1);
  if (call === undefined || sent.some(({ kind }) => kind === 'saga.commandIssued')) return true;
  // its caller had done all it would do by then, or comes to its end without having stored anything since
  const { task } = call;
  const calls = all.of('saga.called').filter((other) => other.task === task);
  const ends = [
    ...all.of('task.ended').filter((ended) => ended.task === task),
    ...all.of('process.crashed').filter(({ tasks }) => tasks.includes(task)),
    ...all.of('saga.moved').filter((moved) => moved.task === task),
  ].sort((a, b) => a.seq - b.seq);
  const lastCall = before(calls, one).at(-1)!;
  if (before(ends, one).some(({ seq }) => seq > lastCall.seq)) return true;
  const next = ends.find(({ seq }) => seq > one.seq);
  return next !== undefined && next.kind !== 'saga.moved' && isCompleted(all, one.instance, next);
}

function completesWithout(all: Reading, moved: Moved): boolean {
  if (moved.to !== 'Completed' || moved.from === 'Completed') return false;
  return ['airline', 'hotel'].some((to) => {
    const mine = before(all.of('participant.executed'), moved).filter(
      (one) => one.instance === moved.instance && one.to === to,
    );
    const lastMade = mine.findLast(makes);
    if (!lastMade || standing(all, moved.instance, to, moved).length > 0) return false;
    return mine.some((one) => {
      const held = standing(all, moved.instance, to, one);
      return unmakes(one) && !one.itself && one.seq > lastMade.seq && held.some(({ thing }) => thing === one.thing);
    });
  });
}

const callsOff = (name: string): boolean => name.startsWith('Cancel') || name.startsWith('Withdraw');

/** S24 is violated. */
function unsound(all: Reading): boolean {
  type About = { instance: string; to: string; token: string };
  const same = (a: About, b: About): boolean => a.instance === b.instance && a.to === b.to && a.token === b.token;
  const sent = [...all.of('saga.commandIssued'), ...all.of('saga.called')];
  const executed = all.of('participant.executed');
  const unasked = sent.some(
    (one) => callsOff(one.name) && !before(sent, one).some((other) => !callsOff(other.name) && same(one, other)),
  );
  const ordered = (one: Executed): boolean => unmakes(one) && !one.itself;
  const twice = executed.some(
    (one) =>
      ordered(one) &&
      before(executed, one).some(
        (other) =>
          ordered(other) && other.instance === one.instance && other.to === one.to && other.thing === one.thing,
      ),
  );
  const late = executed.some(
    (one) =>
      makes(one) &&
      (before(executed, one).some(
        (gone) => (ordered(gone) || (gone.effect === 'prevented' && !gone.itself)) && same(gone, one),
      ) ||
        before(all.of('participant.ignored'), one).some((gone) => gone.reason === 'nothingThere' && same(gone, one))),
  );
  return unasked || twice || late;
}

/** L7 is violated at rest. */
const leavesSomething = (all: Reading): boolean =>
  instancesOf(all).some((instance) => {
    const { to, ended, context } = movesOf(all, instance, end).at(-1)!;
    if (to === 'Cancelling') return true;
    if (!ended || to === 'Completed' || to === 'Confirmed') return false;
    const left = ['publishing', 'airline', 'hotel'].flatMap((where) => standing(all, instance, where, end));
    const { pending } = context as { pending?: unknown };
    const listed = Array.isArray(pending)
      ? pending.map((one) => (typeof one === 'string' ? one : (one as { token: string }).token))
      : [];
    return left.some(({ token }) => to !== 'Manual' || !listed.includes(token));
  });

/** S27 is violated. */
const choicesUnrecorded = (all: Reading): boolean =>
  all.of('saga.moved').some((moved) => {
    const commit: TraceRecord | undefined = all.records[moved.cause ?? -1];
    const newest = before(all.of('transaction.committed'), moved).at(-1);
    if (commit === undefined || commit.seq !== newest?.seq || commit.kind !== 'transaction.committed') return false;
    const was = moved.from === undefined ? undefined : movesOf(all, moved.instance, moved).at(-1)?.context['route'];
    const is = moved.context['route'];
    const chose =
      moved.decided !== undefined ||
      (Boolean(is) && is !== moved.received.token && JSON.stringify(is) !== JSON.stringify(was));
    return (
      chose &&
      !commit.writes.some(
        ({ table, op, row }) =>
          table === 'history' && op === 'put' && row?.['entry'] === 'decided' && row['instance'] === moved.instance,
      )
    );
  });

/** L5 is violated at rest. */
function neverEnds(all: Reading): boolean {
  if (all.judged.options.saga !== 'stateless') {
    return instancesOf(all).some((instance) => storedAt(all, instance, end)?.waiting === true);
  }
  const writes = all.of('transaction.committed').flatMap((commit) => commit.writes);
  return handlerStarts(all).some(({ subscription, eventType, aggregateId }) => {
    if (subscription !== 'saga' || eventType !== 'CampaignActivated') return false;
    const last = writes.findLast(({ table, key }) => table === 'campaigns' && String(key) === aggregateId);
    const { state, publishing } = (last?.row ?? {}) as { state?: string; publishing?: { status?: string } };
    return last === undefined || (state === 'ACTIVE' && publishing?.status === undefined);
  });
}

/** What is violated by the records, and what is where they have come to rest; only what is judged under these options. */
export function sagaBreaks(all: Reading) {
  const { flow = 'campaign', options } = all.judged;
  const { saga, boundary, sending, deadlines }: Options = options;
  const there = saga !== 'none' && (flow !== 'budget' || boundary === 'apart');
  const keeps = there && saga !== 'stateless';
  const asks = there && flow !== 'budget';
  const trip = asks && flow === 'trip';
  const safety: Record<string, (all: Reading) => boolean> = {
    ...(asks && { noContradiction: contradictions, compensationSound: unsound }),
    ...(keeps && { commandRecorded: unrecorded, oneInstance: begunTwice, sagaSerial: notSerial, terminalQuiet: loud }),
    ...(asks && saga === 'guarded' && deadlines === 'on' && { timerToken: staleTimers }),
    ...(trip && { replayDeterminism: choicesUnrecorded }),
  };
  const liveness: Record<string, (all: Reading) => boolean> = {
    ...(there && { processEnds: neverEnds }),
    ...(asks && keeps && { compensationEnds: leavesSomething }),
    ...(keeps && sending === 'outbox' && { commandsExecuted: neverExecuted }),
  };
  return { safety, liveness };
}

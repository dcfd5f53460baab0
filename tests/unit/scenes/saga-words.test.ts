/** What the words of the scenes of sagas say is what their runs show. */
import { expect, test } from 'vitest';
import { loadScene, scenes } from '../../../src/scenes/catalogue.ts';
import type { SceneGroup, SceneId } from '../../../src/scenes/scene.ts';
import { cured } from '../../../src/scenes/standing.ts';
import { tripBooking } from '../../../src/domain/trip/trip-booking.process-manager.ts';
import type { HistoryEntry } from '../../../src/messaging/saga.ts';
import { rebuild } from '../../../src/patterns/rebuild.ts';
import { settingsOf } from '../../../src/simulation/saga/settings.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import type { RecordKind, RecordOf, TraceRecord } from '../../../src/trace/record.ts';
import type { Verdicts } from '../../../src/trace/trace.ts';
import { completed } from '../../../src/trace/defaults.ts';
import { changeOptions } from '../../../src/trace/option-rules.ts';
import type { Options } from '../../../src/trace/scenario.ts';

type Story = Run & { mended: Run };

interface Run {
  records: readonly TraceRecord[];
  verdicts: Verdicts;
  /** The records of a kind. */
  all: <K extends RecordKind>(kind: K) => RecordOf<K>[];
  /** What participants did, in their order. */
  done: string[];
  /** The states of the newest instance, one after the other. */
  states: string[];
}

function run(scenario: Parameters<typeof simulate>[0]): Run {
  const { records, verdicts } = simulate(scenario);
  const all = <K extends RecordKind>(kind: K) => records.filter((r): r is RecordOf<K> => r.kind === kind);
  return {
    records,
    verdicts,
    all,
    done: all('participant.executed').map(({ effect, thing }) => `${effect} ${thing}`),
    states: all('saga.moved').map(({ to }) => to),
  };
}

async function play(id: SceneId): Promise<Story> {
  const scene = scenes.find((each) => each.id === id)!;
  const written = await loadScene(id);
  return { ...run(written), mended: run(cured(scene, written)) };
}

/** The scene with other options than its own. */
async function under(id: SceneId, change: Partial<Options>): Promise<Run> {
  const written = await loadScene(id);
  return run({ ...written, options: changeOptions(written.options, change, written.flow) });
}

/** Commands on their way to a participant, by what became of them. */
const sentTo = ({ all }: Run, to: string, name: string) =>
  all('participant.received').filter((record) => record.to === to && record.name === name);

/** The reasons for which something was ignored. */
const ignored = ({ all }: Run, type: string) =>
  all('saga.ignored').flatMap(({ received, reason }) => (received.type === type ? [reason] : []));

const history = ({ all }: Run, type: string) =>
  all('transaction.committed')
    .flatMap(({ writes }) => writes)
    .filter(({ table, row }) => table === 'history' && (row?.['type'] === type || row?.['name'] === type));

test('in each of them something goes wrong, or a failure strikes, within ten seconds', async () => {
  const groups: SceneGroup[] = ['saga', 'processManager', 'boundaries', 'races'];
  for (const { id } of scenes.filter(({ group }) => groups.includes(group))) {
    const { records, verdicts, all } = await play(id);
    const breaks = Object.entries(verdicts).flatMap(([name, { at }]) =>
      at === undefined || name === 'boundedOutbox' ? [] : [records[at]!],
    );
    const signs = [...breaks, ...all('failure.struck'), ...all('transaction.aborted')].map(({ at }) => at);
    // a trip takes a little longer to come to its hotel
    expect(Math.min(...signs), id).toBeLessThanOrEqual(id === 'D6c' ? 12_000 : 10_000);
  }
});

test('F54: the campaign is listed twice; with an instance the redelivered event is ignored', async () => {
  const { done, mended } = await play('F54');
  expect(done).toEqual(['listed publishing-1', 'listed publishing-2']);
  expect(mended.done).toEqual(['listed publishing-1']);
  expect(ignored(mended, 'CampaignActivated')).toEqual(['duplicate']);
});

test('F55: the history has the event twice, and two submissions; mended, one of each', async () => {
  const story = await play('F55');
  expect(history(story, 'CampaignActivated')).toHaveLength(2);
  expect(history(story, 'SubmitAdvertisement')).toHaveLength(2);
  expect(history(story.mended, 'CampaignActivated')).toHaveLength(1);
  expect(ignored(story.mended, 'CampaignActivated')).toEqual(['duplicate']);
});

test('F60: listed, and the instance stays in Awaiting; mended, it asks again under the same key and is answered', async () => {
  const { done, states, mended } = await play('F60');
  expect(done).toEqual(['listed publishing-1']);
  expect(states).toEqual(['Awaiting']);
  expect(mended.states).toEqual(['Awaiting', 'Awaiting', 'Confirmed']);
  const tokens = sentTo(mended, 'publishing', 'SubmitAdvertisement').map(({ token }) => token);
  expect(new Set(tokens).size).toBe(1);
  expect(tokens).toHaveLength(2);
});

test('F61: the saga acts on both; mended, it stays confirmed and alerts a person while the listing is gone', async () => {
  const { states, mended } = await play('F61');
  expect(states).toEqual(['Awaiting', 'Confirmed', 'Rejected']);
  expect(mended.states.at(-1)).toBe('Confirmed');
  expect(mended.done).toEqual([
    'asked publishing-1',
    'listed publishing-1',
    'withdrawn publishing-1',
    'notified operator-1',
  ]);
});

test('F56: a cancelled trip is booked; mended, the approval meets a newer version and is late', async () => {
  const story = await play('F56');
  const handled = story.all('command.handled').map(({ name }) => name);
  expect(handled).toContain('CancelTrip');
  expect(story.done).toContain('booked airline-1');
  expect(story.states.at(-1)).toBe('Completed');
  expect(story.mended.all('saga.conflicted')).toHaveLength(1);
  expect(ignored(story.mended, 'RouteConfirmed')).toEqual(['late']);
  expect(story.all('failure.struck')).toEqual([]);
});

test('F57: two beginnings, and the approver is asked twice; mended, the loser finds the instance', async () => {
  const story = await play('F57');
  expect(story.all('saga.moved').filter(({ from }) => from === undefined)).toHaveLength(2);
  expect(sentTo(story, 'approver', 'RequestEmployeeApproval')).toHaveLength(2);
  expect(sentTo(story.mended, 'approver', 'RequestEmployeeApproval')).toHaveLength(1);
  expect(story.mended.all('saga.conflicted')).toHaveLength(1);
  expect(ignored(story.mended, 'Initialize')).toEqual(['unexpected']);
});

test('F58: the answer is discarded before the instance is there; a retry would keep it as well', async () => {
  const story = await play('F58');
  const [discarded] = story.all('saga.notFound');
  const [saved] = story.all('saga.moved');
  expect(discarded!.policy).toBe('discard');
  expect(saved!.seq).toBeGreaterThan(discarded!.seq);
  expect(story.states).toEqual(['Approval']);
  expect(story.mended.states.at(-1)).toBe('Completed');
  expect((await under('F58', { notFound: 'retry' })).verdicts['processEnds']).toEqual({ status: 'holds' });
});

test.each(['F62', 'D6f'] as const)(
  '%s: a cancelled trip is booked after all; mended, the command is late',
  async (id) => {
    const { states, done, mended } = await play(id);
    expect(states).toEqual(['Approval', 'Ended', 'Approval', 'Flights', 'Hotel', 'Completed']);
    expect(done).toContain('booked airline-1');
    expect(mended.states).toEqual(['Approval', 'Ended']);
    expect(ignored(mended, 'Initialize')).toEqual(['late']);
  },
);

test('D6f: the command comes before the deletion, and looks after it', async () => {
  const { all } = await play('D6f');
  const [, , received] = all('command.received');
  const [deleted] = all('saga.deleted');
  expect(received!.at).toBeLessThan(deleted!.at);
  // a little earlier, and it would have found the instance
  const { inputs, ...written } = await loadScene('D6f');
  const sooner = inputs.map((input, i) => (i === 2 ? { ...input, at: input.at - 200 } : input));
  expect(run({ ...written, inputs: sooner }).states).toEqual(['Approval', 'Ended']);
});

test('F63: the old deadline reminds of the new route, and the trip ends sooner than it should', async () => {
  const { all, states, mended } = await play('F63');
  const reminder = all('saga.moved').find(({ received }) => received.type === 'ApprovalDeadline');
  expect(reminder).toMatchObject({ received: { token: 'r1#0' }, context: { route: 'r2' } });
  const end = ({ all: of }: Pick<Run, 'all'>) => of('saga.moved').at(-1)!;
  expect([states.at(-1), mended.states.at(-1)]).toEqual(['Ended', 'Ended']);
  expect(end(mended).at - end({ all }).at).toBeGreaterThan(5000);
  expect(ignored(mended, 'ApprovalDeadline')).toContain('stale');
});

test('F64: cancelled, then booked; with a tombstone the booking is refused', async () => {
  const story = await play('F64');
  const airline = (which: Run) =>
    which.records.flatMap((record) =>
      record.kind === 'participant.executed' && record.to === 'airline'
        ? [record.effect]
        : record.kind === 'participant.ignored' && record.to === 'airline'
          ? [record.reason]
          : [],
    );
  expect(airline(story).slice(0, 2)).toEqual(['nothingThere', 'booked']);
  expect(airline(story.mended)).toEqual(['prevented', 'prevented']);
});

test('F65: the trip ends, and flights and hotel stay booked; mended, both are cancelled before it ends', async () => {
  const { states, done, mended } = await play('F65');
  expect(states.at(-1)).toBe('Ended');
  expect(done).toEqual(['asked approver-1', 'booked airline-1', 'booked hotel-1']);
  expect(mended.done.slice(3)).toEqual(['cancelled airline-1', 'cancelled hotel-1']);
  expect(mended.states.at(-1)).toBe('Ended');
});

test('F66: two flights and two hotels for one approval', async () => {
  const { done, states, mended } = await play('F66');
  expect(done.filter((each) => each.startsWith('booked'))).toHaveLength(4);
  expect(states).toContain('Completed');
  expect(mended.done.filter((each) => each.startsWith('booked'))).toHaveLength(2);
});

test('F67: the rejected route is booked; mended, its approval is ignored', async () => {
  const story = await play('F67');
  const [rejected] = story.all('saga.moved').map(({ decided }) => decided?.['name']);
  const booking = story
    .all('transaction.committed')
    .flatMap(({ writes }) => writes)
    .find(({ table, row }) => table === 'commands' && (row?.['command'] as { name: string }).name === 'BookFlights');
  expect(JSON.stringify(booking)).toContain(String(rejected));
  expect(ignored(story.mended, 'RouteConfirmed')).toEqual(['stale']);
  expect(sentTo(story.mended, 'airline', 'BookFlights')).toEqual([]);
});

test('F68: whoever rebuilds the trip from its history chooses another route than was booked; mended, the same', async () => {
  const booked = ({ all }: Run) => all('saga.moved').at(-1)!.context['routes'];
  const rebuilt = async ({ all }: Run, change: Partial<Options>) => {
    const rows = all('transaction.committed').flatMap(({ writes }) =>
      writes.filter(({ table }) => table === 'history'),
    );
    const { flow, options } = await loadScene('F68');
    const settings = settingsOf(completed(flow, { ...options, ...change }));
    return rebuild(tripBooking, settings, rows.map(({ row }) => row) as unknown as HistoryEntry[]).at(-1)!.context[
      'routes'
    ];
  };
  const story = await play('F68');
  expect(history(story, 'RouteGenerated')).toEqual([]);
  expect(await rebuilt(story, {})).not.toEqual(booked(story));
  expect(await rebuilt(story.mended, { planning: 'recorded' })).toEqual(booked(story.mended));
});

test('F71: both are active for a while; mended, the second is refused at once', async () => {
  const { all, mended } = await play('F71');
  const [first, second] = all('command.handled').filter(({ name }) => name === 'ActivateCampaign');
  const stopped = all('command.handled').find(({ name }) => name === 'DeactivateCampaign');
  expect(stopped!.at - Math.max(first!.at, second!.at)).toBeGreaterThan(5000);
  expect(mended.all('command.rejected')).toMatchObject([{ name: 'ActivateCampaign', reason: 'overBudget' }]);
});

test('D6a: the confirmation is overwritten, and in the end the confirmed listing is withdrawn', async () => {
  const { states, done, mended } = await play('D6a');
  expect(states).toEqual(['Awaiting', 'Confirmed', 'Awaiting', 'Awaiting', 'TimedOut']);
  expect(done).toContain('withdrawn publishing-1');
  expect(mended.all('saga.conflicted')).toHaveLength(1);
  expect(ignored(mended, 'ResponseTimeout')).toEqual(['late']);
});

test('D6b: both find no instance, and both begin one; mended, one commit fails as a duplicate', async () => {
  const { all, mended } = await play('D6b');
  const begun = all('saga.moved').filter(({ from }) => from === undefined);
  expect(begun.map(({ process }) => process).sort()).toEqual(['consumer:saga', 'consumer:saga-2']);
  expect(all('failure.struck')).toEqual([]);
  expect(mended.all('transaction.aborted').map(({ reason }) => reason)).toContain('duplicate');
});

test('D6c: all is cancelled for a trip that is Completed; mended, the answer finds it cancelling', async () => {
  const { states, done, mended } = await play('D6c');
  expect(states.at(-1)).toBe('Completed');
  expect(done).toEqual(expect.arrayContaining(['cancelled airline-1', 'cancelled hotel-1']));
  expect(ignored(mended, 'HotelBooked')).toEqual(['stale']);
  expect(mended.states.at(-1)).toBe('Ended');
});

test('D6d: the airline is called twice, before and after a conflict; mended, once', async () => {
  const story = await play('D6d');
  const [first, second] = story.all('saga.called').filter(({ name }) => name === 'BookFlights');
  const [conflict] = story.all('saga.conflicted');
  expect([first!.seq, conflict!.seq, second!.seq]).toEqual(
    [first!.seq, conflict!.seq, second!.seq].sort((a, b) => a - b),
  );
  expect(sentTo(story.mended, 'airline', 'BookFlights')).toHaveLength(1);
});

test('D6e: the approval waits longer than the bus does; mended, it is handled at once, and what is booked is cancelled', async () => {
  const story = await play('D6e');
  const handled = (which: Run) => {
    const [delivered] = which.all('bus.delivered');
    const done = which.records.find(({ kind, seq }) => kind === 'bus.acknowledged' && seq > delivered!.seq);
    return done!.at - delivered!.at;
  };
  expect(handled(story)).toBeGreaterThan(8000);
  expect(handled(story.mended)).toBeLessThan(2000);
  expect(story.mended.done).toEqual(expect.arrayContaining(['booked airline-1', 'cancelled airline-1']));
});

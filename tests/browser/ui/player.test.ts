/** Where "Next interesting step" leads: within what is known, and at the end of a run that goes on. */
import { afterEach, expect, test } from 'vitest';
import { isInteresting } from '../../../src/playback/interesting.ts';
import { Playback } from '../../../src/playback/timeline.ts';
import { partsOf } from '../../../src/simulation/flow.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import { defaultOptions } from '../../../src/trace/defaults.ts';
import type { TraceRecord } from '../../../src/trace/record.ts';
import type { WhetherAsked } from '../../../src/ui/live/standing-still.ts';
import { Player } from '../../../src/ui/live/player.svelte.ts';
import { settings } from '../../../src/ui/theme/settings.svelte.ts';

const { records } = simulate({
  format: 'sagascope/scenario',
  version: 1,
  flow: 'campaign',
  seed: 1,
  inputs: [{ at: 0, kind: 'command', name: 'ActivateCampaign' }],
});

/** A run that is known as far as somebody asked, as the worker would tell it. */
function underWay(known: number, somebodyIsAsked: (cursor: number) => WhetherAsked = () => null) {
  const playback = new Playback(partsOf(defaultOptions));
  let asked = 0;
  const nextAt = () => records[playback.records.length]?.at ?? null;
  const upTo = (time: number | null) => {
    const from = playback.records.length;
    const limit = time ?? nextAt() ?? 0;
    const more: TraceRecord[] = [];
    for (const record of records.slice(from)) {
      if (record.at > limit) break;
      more.push(record);
    }
    playback.append(more);
  };
  const player: Player = new Player({
    playback: () => playback,
    advance: (to) => {
      asked++;
      upTo(to);
      player.learn(nextAt());
    },
    rested: () => {},
    asked: somebodyIsAsked,
  });
  playback.append(records.slice(0, known));
  player.install(0, nextAt());
  return { player, playback, asked: () => asked };
}

const interesting = records.flatMap((record) => (isInteresting(record) ? [record.seq + 1] : []));
const still = (player: Player) => expect.poll(() => player.playing, { timeout: 20_000 }).toBe(false);

afterEach(() => (settings.motion = 'system'));

test('in the past it seeks, and asks for nothing', async () => {
  settings.motion = 'reduced';
  const { player, asked } = underWay(records.length);
  const seen: number[] = [];
  for (let i = 0; i < 5; i++) {
    player.nextInteresting();
    seen.push(player.cursor);
  }
  expect(seen).toEqual(interesting.slice(0, 5));
  expect(asked()).toBe(0);
  await still(player);
});

test('with full motion it glides there, and another press goes on from where that leads', async () => {
  settings.motion = 'full';
  const { player } = underWay(records.length);
  player.nextInteresting();
  player.nextInteresting();
  player.nextInteresting();
  await expect.poll(() => player.cursor).toBe(interesting[2]);
});

for (const speed of [4, 'max'] as const)
  test(`at the end it plays to the next one and stops there, at ${speed}`, { timeout: 60_000 }, async () => {
    const { player, playback } = underWay(1);
    player.speed = speed;
    player.seek(1);
    for (const expected of interesting.slice(1, 6)) {
      player.nextInteresting();
      await still(player);
      expect(player.cursor).toBe(expected);
      expect(player.time).toBe(records[expected - 1]!.at);
    }
    expect(playback.records.length).toBeLessThan(records.length);
  });

test('where nothing interesting is left it comes to the end', async () => {
  const { player } = underWay(1);
  player.speed = 'max';
  for (let i = 0; i < interesting.length + 1 && !(player.next === null && player.cursor === records.length); i++) {
    player.nextInteresting();
    await still(player);
  }
  expect(player.cursor).toBe(records.length);
  expect(player.following).toBe(true);
});

test('a pause ends the search', async () => {
  const { player } = underWay(1);
  player.seek(1);
  player.speed = 0.25;
  player.nextInteresting();
  expect(player.playing).toBe(true);
  player.pause();
  expect(player.playing).toBe(false);
  player.speed = 'max';
  player.play();
  await still(player);
  expect(player.cursor).toBe(records.length);
});

test.each([1, 'max'] as const)('until an input is taken, no time passes: speed %s', async (speed) => {
  const { player, playback } = underWay(0, () => true);
  player.speed = speed;
  player.play();
  await still(player);
  const stood = { cursor: player.cursor, time: player.time, known: playback.records.length };
  player.expect();
  player.follow();
  for (let frames = 0; frames < 10; frames++) await new Promise(requestAnimationFrame);
  expect({ cursor: player.cursor, time: player.time, known: playback.records.length }).toEqual(stood);
  player.caughtUp();
  await expect.poll(() => player.cursor, { timeout: 20_000 }).toBeGreaterThan(stood.cursor);
});

test.each([1, 'max'] as const)('no pause is passed over while it is unknown who is asked: speed %s', async (speed) => {
  let known = false;
  const { player, playback } = underWay(0, () => known || 'unknown');
  player.speed = speed;
  player.play();
  const due = () => records[playback.records.length]!.at - player.time;
  await expect.poll(due, { timeout: 20_000 }).toBeGreaterThanOrEqual(300);
  const { length } = playback.records;
  for (let frames = 0; frames < 10; frames++) await new Promise(requestAnimationFrame);
  expect(playback.records.length).toBe(length);
  known = true;
  await still(player);
  expect(player.cursor).toBeLessThan(records.length);
});

test.each([1, 'max'] as const)(
  'where the reader is asked, time stands still, until it is played on: speed %s',
  async (speed) => {
    const { player, playback } = underWay(0, () => true);
    player.speed = speed;
    player.play();
    await still(player);
    expect(player.cursor).toBeLessThan(records.length);
    const stood = player.cursor;
    const { flights, processes } = playback.viewAt(stood);
    expect(flights.filter(({ until }) => until > player.time)).toEqual([]);
    expect(Object.values(processes).filter(({ task }) => (task?.until ?? 0) > player.time)).toEqual([]);
    player.play();
    await expect.poll(() => player.cursor, { timeout: 20_000 }).toBeGreaterThan(stood);
  },
);

test('where nobody is asked, or the outcome is wanted, it does not stand still', async () => {
  const calm = underWay(0, () => false);
  calm.player.play();
  await still(calm.player);
  expect(calm.player.cursor).toBe(records.length);
  const hurried = underWay(0, () => true);
  hurried.player.hurry();
  await still(hurried.player);
  expect(hurried.player.cursor).toBe(records.length);
});

/** What each kind of record about sagas, their timers and commands, and about participants does to the view. */
import { expect } from 'vitest';
import type { RecordKind, RecordOf } from '../../../src/trace/record.ts';
import type { Script } from '../verdicts/script.ts';
import { after, around, type Kinds } from './folding.ts';

type SagaKind = Extract<RecordKind, `${'saga' | 'timer' | 'participant'}.${string}` | `relay.command${string}`>;

const handler = { process: 'consumer:saga', task: 'saga-1' };
const instance = '123:1';
const command = {
  instance,
  commandId: 'c-1',
  name: 'SubmitAdvertisement',
  to: 'publishing',
  token: instance,
  attempt: 1,
} as const;
const answer = {
  eventId: 'a1',
  eventType: 'PublishingConfirmed',
  aggregateId: 'publishing/123:1',
  aggregateVersion: 1,
  transactionId: 'tx-a1',
};

const moved = (s: Script, more: Partial<RecordOf<'saga.moved'>> = {}): number =>
  s.add({
    kind: 'saga.moved',
    ...handler,
    instance,
    definition: 'campaignPublishing',
    version: 1,
    to: 'Awaiting',
    received: { type: 'CampaignActivated', eventId: 'e1' },
    attempt: 1,
    waiting: true,
    waitsFor: 'publishing',
    ended: false,
    context: { key: instance },
    issued: ['c-1'],
    ...more,
  });
const timed = (s: Script, token: string, due: number): number =>
  s.add({ kind: 'timer.set', ...handler, instance, timer: 'ResponseTimeout', token, due });
const executed = (s: Script, more: Partial<RecordOf<'participant.executed'>> = {}): number =>
  s.add({
    kind: 'participant.executed',
    process: 'publishing',
    ...command,
    effect: 'listed',
    thing: 'publishing-1',
    ...more,
  });
const one = (write: (s: Script) => void) =>
  after((s) => {
    moved(s);
    write(s);
  }).sagas.instances.get(instance);
const publishing = (write: (s: Script) => void) => after(write).sagas.participants['publishing'];
/** An effect of a task begins, and the record ends its flight. */
const lands = (process: string, effect: string, end: (s: Script) => void, more: object = {}): void => {
  const { before, now } = around((s) => {
    s.add({ kind: 'effect.begun', process, task: 'saga-1', handler: 'h', effect, until: 50, ...more });
    end(s);
  });
  expect([before.flights.length, now.flights.length]).toEqual([1, 0]);
};

export const sagaKinds: Kinds<SagaKind> = {
  'saga.loaded': () =>
    lands('consumer:saga', 'loadInstance', (s) => s.add({ kind: 'saga.loaded', ...handler, instance, version: 0 })),
  'saga.moved': () => {
    expect(one(() => {})).toMatchObject({ state: 'Awaiting', version: 1, attempt: 1, starts: 1, issued: 1 });
    expect(one(() => {})?.last).toEqual({ from: null, to: 'Awaiting', type: 'CampaignActivated', seq: 0 });
    const later = one((s) =>
      moved(s, { from: 'Awaiting', to: 'Confirmed', version: 2, waiting: false, ended: true, issued: [] }),
    );
    expect(later).toMatchObject({ state: 'Confirmed', starts: 1, issued: 1, ended: true, startedAt: 0, movedAt: 10 });
    expect(one((s) => moved(s))?.starts).toBe(2);
    expect(after((s) => void moved(s)).sagas.order).toEqual([instance]);
  },
  'saga.ignored': () => {
    const ignored = one((s) =>
      s.add({ kind: 'saga.ignored', ...handler, instance, received: { type: 'ResponseTimeout' }, reason: 'late' }),
    );
    expect(ignored).toMatchObject({ ignored: { late: 1 }, lastIgnored: { type: 'ResponseTimeout', reason: 'late' } });
  },
  'saga.conflicted': () =>
    expect(one((s) => s.add({ kind: 'saga.conflicted', ...handler, instance, version: 1 }))?.conflicts).toBe(1),
  'saga.notFound': () => {
    const view = after((s) =>
      s.add({ kind: 'saga.notFound', ...handler, instance, received: { type: 'X' }, policy: 'discard' }),
    );
    expect(view.sagas).toMatchObject({ notFound: 1, order: [] });
  },
  'saga.deleted': () => expect(one((s) => s.add({ kind: 'saga.deleted', ...handler, instance }))?.deleted).toBe(true),
  'saga.commandIssued': () => {
    const { before, now } = around((s) => {
      moved(s);
      s.add({ kind: 'saga.commandIssued', ...handler, ...command, number: 1 });
    });
    expect(now.sagas).toBe(before.sagas); // told by the move already
  },
  'saga.called': () =>
    lands('consumer:saga', 'callParticipant', (s) => s.add({ kind: 'saga.called', ...handler, ...command }), {
      subscription: 'publishing',
    }),
  'timer.set': () => {
    const timers = one((s) => {
      timed(s, '2', 900);
      timed(s, '1', 400);
    })?.timers;
    expect(timers?.map(({ token, due }) => [token, due])).toEqual([
      ['1', 400],
      ['2', 900],
    ]);
  },
  'timer.fired': () => {
    const timers = one((s) => {
      timed(s, '1', 400);
      timed(s, '2', 900);
      s.add({ kind: 'timer.fired', ...handler, instance, timer: 'ResponseTimeout', token: '1' });
    })?.timers;
    expect(timers?.map(({ token }) => token)).toEqual(['2']);
  },
  'relay.commandsFetched': () =>
    lands('relay', 'fetchCommands', (s) =>
      s.add({ kind: 'relay.commandsFetched', process: 'relay', task: 'saga-1', numbers: [] }),
    ),
  'relay.commandSent': () =>
    lands(
      'relay',
      'sendCommand',
      (s) => s.add({ kind: 'relay.commandSent', process: 'relay', ...command, task: 'saga-1', number: 1 }),
      { subscription: 'publishing', eventType: command.name },
    ),
  'relay.commandMarked': () => {
    const { before, now } = around((s) =>
      s.add({ kind: 'relay.commandMarked', process: 'relay', task: 'r', number: 1, commandId: 'c-1' }),
    );
    expect({ ...now, length: 0, at: 0, last: null }).toEqual({ ...before, length: 0, at: 0, last: null });
  },
  'participant.delayed': () =>
    expect(
      publishing((s) => s.add({ kind: 'participant.delayed', process: 'publishing', ...command, until: 900 })),
    ).toMatchObject({ delayed: 1, last: { what: 'delayed', label: command.name } }),
  'participant.dropped': () => {
    const view = after((s) => {
      s.add({ kind: 'task.started', ...handler, handler: 'sagaRunner' });
      s.add({ kind: 'effect.begun', ...handler, handler: 'sagaRunner', effect: 'callParticipant', until: 90 });
      s.add({ kind: 'participant.dropped', process: 'publishing', ...command });
    });
    expect(view.sagas.participants['publishing']).toMatchObject({ received: 0, last: { what: 'dropped' } });
    expect(view.fallen).toMatchObject([
      { kind: 'command', from: 'consumer:saga', to: 'publishing', reason: 'dropped' },
    ]);
  },
  'participant.duplicated': () => {
    const { before, now } = around((s) => s.add({ kind: 'participant.duplicated', process: 'publishing', ...command }));
    expect(now.sagas).toBe(before.sagas); // it is heard of when it comes
  },
  'participant.received': () =>
    expect(
      publishing((s) => s.add({ kind: 'participant.received', process: 'publishing', ...command }))?.received,
    ).toBe(1),
  'participant.executed': () => {
    const things = publishing((s) => {
      executed(s);
      executed(s, { effect: 'withdrawn', name: 'WithdrawAdvertisement' });
      executed(s, { thing: 'publishing-2' });
    })?.things;
    expect(things?.map(({ thing, effect, command: by }) => [thing, effect, by])).toEqual([
      ['publishing-1', 'withdrawn', 'SubmitAdvertisement'],
      ['publishing-2', 'listed', 'SubmitAdvertisement'],
    ]);
  },
  'participant.ignored': () =>
    expect(
      publishing((s) => s.add({ kind: 'participant.ignored', process: 'publishing', ...command, reason: 'known' }))
        ?.last,
    ).toEqual({ what: 'ignored', label: 'known', at: 0 }),
  'participant.silent': () =>
    expect(
      publishing((s) => s.add({ kind: 'participant.silent', process: 'publishing', ...command }))?.last?.what,
    ).toBe('silent'),
  'participant.answered': () => {
    const told = { kind: 'participant.answered', process: 'publishing', ...answer, instance, token: instance } as const;
    const view = after((s) => {
      executed(s);
      s.add({ ...told, payload: {}, until: 90 });
    });
    expect(view.sagas.participants['publishing']?.things[0]?.answer).toBe('PublishingConfirmed');
    expect(view.flights).toMatchObject([{ kind: 'event', from: 'publishing', to: 'bus', until: 90, eventId: 'a1' }]);
  },
};

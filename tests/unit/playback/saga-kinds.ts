/** What each kind of record about sagas, timeouts and participants does to the view. */
import { expect } from 'vitest';
import type { InstanceView, View } from '../../../src/playback/view.ts';
import type { RecordKind } from '../../../src/trace/record.ts';
import type { Script } from '../verdicts/script.ts';
import { after, around, e2, type Kinds } from './folding.ts';

type SagaKind = Extract<RecordKind, `${'saga' | 'timer' | 'participant'}.${string}` | `relay.command${string}`>;

const saga = { process: 'consumer:saga', task: 'consumer:saga-1', instance: '123:1' } as const;
const received = { type: 'CampaignActivated', eventId: 'e1', token: '123:1' };
const issued = {
  instance: '123:1',
  commandId: '123:1/SubmitAdvertisement/123:1/1',
  name: 'SubmitAdvertisement',
  to: 'publishing',
  token: '123:1',
  attempt: 1,
} as const;
const there = { process: 'publishing', ...issued };
const timer = { ...saga, timer: 'ResponseTimeout', token: '1' } as const;

function begin(s: Script): void {
  const moved = { definition: 'campaignPublishing', version: 1, to: 'Awaiting', received, attempt: 1 } as const;
  const waits = { waiting: true, waitsFor: 'publishing', ended: false, context: { n: 1 }, issued: ['c'] };
  s.add({ kind: 'saga.moved', ...saga, ...moved, ...waits });
}

const instanceOf = (view: View): InstanceView => view.sagas.instances.get('123:1')!;
const begun = (write: (s: Script) => void): View =>
  after((s) => {
    begin(s);
    write(s);
  });
const publishing = (write: (s: Script) => void) => after(write).sagas.participants['publishing']!;
const execute = (s: Script): void =>
  void s.add({ kind: 'participant.executed', ...there, effect: 'listed', thing: 'publishing-1' });

/** Whether what is under way for a task ends with the record. */
function endsFlight(effect: string, end: (s: Script) => void): void {
  const { before, now } = around((s) => {
    s.add({ kind: 'effect.begun', process: saga.process, task: saga.task, handler: 'sagaRunner', effect, until: 90 });
    end(s);
  });
  expect(before.flights).toHaveLength(1);
  expect(now.flights).toHaveLength(0);
}

export const sagaKinds: Kinds<SagaKind> = {
  'saga.loaded': () => endsFlight('loadInstance', (s) => s.add({ kind: 'saga.loaded', ...saga, version: 0 })),
  'saga.moved': () => {
    const view = begun((s) => {
      const rest = { attempt: 1, waiting: false, ended: true, context: {}, issued: ['c', 'd'] };
      const moved = { definition: 'campaignPublishing', version: 2, from: 'Awaiting', to: 'Confirmed' } as const;
      s.add({ kind: 'saga.moved', ...saga, ...moved, received: { type: 'PublishingConfirmed' }, ...rest });
    });
    expect(view.sagas.order).toEqual(['123:1']);
    expect(instanceOf(view)).toMatchObject({
      state: 'Confirmed',
      version: 2,
      waitsFor: null,
      ended: true,
      starts: 1,
      issued: 3,
      last: { from: 'Awaiting', to: 'Confirmed', type: 'PublishingConfirmed' },
    });
    expect(instanceOf(begun(begin)).starts).toBe(2);
  },
  'saga.ignored': () => {
    const view = begun((s) => s.add({ kind: 'saga.ignored', ...saga, received, reason: 'duplicate' }));
    expect(instanceOf(view)).toMatchObject({ ignored: { duplicate: 1 }, lastIgnored: { type: 'CampaignActivated' } });
  },
  'saga.conflicted': () => {
    expect(instanceOf(begun((s) => s.add({ kind: 'saga.conflicted', ...saga, version: 2 }))).conflicts).toBe(1);
  },
  'saga.notFound': () => {
    expect(after((s) => s.add({ kind: 'saga.notFound', ...saga, received, policy: 'discard' })).sagas.notFound).toBe(1);
  },
  'saga.deleted': () => {
    expect(instanceOf(begun((s) => s.add({ kind: 'saga.deleted', ...saga }))).deleted).toBe(true);
  },
  // the row is in the table, the number in the instance
  'saga.commandIssued': () => {
    const { before, now } = around((s) => {
      begin(s);
      s.add({ kind: 'saga.commandIssued', process: saga.process, task: saga.task, ...issued, number: 1 });
    });
    expect(now.sagas).toBe(before.sagas);
  },
  'saga.called': () =>
    endsFlight('callParticipant', (s) =>
      s.add({ kind: 'saga.called', process: saga.process, task: saga.task, ...issued }),
    ),
  'timer.set': () => {
    const view = begun((s) => {
      s.add({ kind: 'timer.set', ...timer, due: 900 });
      s.add({ kind: 'timer.set', ...timer, token: '2', due: 500 });
    });
    expect(instanceOf(view).timers).toMatchObject([
      { token: '2', due: 500 },
      { token: '1', due: 900 },
    ]);
  },
  'timer.fired': () => {
    const view = begun((s) => {
      s.add({ kind: 'timer.set', ...timer, due: 900 });
      s.add({ kind: 'timer.fired', ...timer });
    });
    expect(instanceOf(view).timers).toEqual([]);
  },
  'relay.commandsFetched': () =>
    endsFlight('fetchCommands', (s) =>
      s.add({ kind: 'relay.commandsFetched', process: 'relay', task: saga.task, numbers: [1] }),
    ),
  'relay.commandSent': () =>
    endsFlight('sendCommand', (s) =>
      s.add({ kind: 'relay.commandSent', process: 'relay', task: saga.task, ...issued, number: 1 }),
    ),
  // the commit before it has taken the flight away, and changed the row
  'relay.commandMarked': () => {
    const { before, now } = around((s) => {
      begin(s);
      s.add({ kind: 'relay.commandMarked', process: 'relay', task: 'relay-1', number: 1, commandId: 'c' });
    });
    expect(now.sagas).toBe(before.sagas);
  },
  'participant.received': () =>
    expect(publishing((s) => s.add({ kind: 'participant.received', ...there })).received).toBe(1),
  'participant.delayed': () =>
    expect(publishing((s) => s.add({ kind: 'participant.delayed', ...there, until: 9000 }))).toMatchObject({
      delayed: 1,
      last: { what: 'delayed' },
    }),
  'participant.dropped': () =>
    expect(publishing((s) => s.add({ kind: 'participant.dropped', ...there })).last).toMatchObject({ what: 'dropped' }),
  // what arrives twice is received twice
  'participant.duplicated': () => {
    const { before, now } = around((s) => s.add({ kind: 'participant.duplicated', ...there }));
    expect(now.sagas).toBe(before.sagas);
  },
  'participant.executed': () => {
    expect(publishing(execute).things).toMatchObject([{ thing: 'publishing-1', effect: 'listed', answer: null }]);
    const withdrawn = publishing((s) => {
      execute(s);
      s.add({ kind: 'participant.executed', ...there, effect: 'withdrawn', thing: 'publishing-1' });
    });
    expect(withdrawn.things).toMatchObject([{ effect: 'withdrawn' }]);
  },
  'participant.ignored': () =>
    expect(publishing((s) => s.add({ kind: 'participant.ignored', ...there, reason: 'known' })).last).toMatchObject({
      what: 'ignored',
      label: 'known',
    }),
  'participant.silent': () =>
    expect(publishing((s) => s.add({ kind: 'participant.silent', ...there })).last).toMatchObject({ what: 'silent' }),
  'participant.answered': () => {
    const view = after((s) => {
      execute(s);
      const answer = { token: '123:1', instance: '123:1', payload: {}, until: 400 };
      s.add({ kind: 'participant.answered', process: 'publishing', ...e2, ...answer });
    });
    expect(view.sagas.participants['publishing']?.things).toMatchObject([{ answer: e2.eventType }]);
    expect(view.flights).toMatchObject([{ kind: 'event', from: 'publishing', to: 'bus', eventId: e2.eventId }]);
    expect(view.events.get(e2.eventId)?.transaction).toBe('committed');
  },
};

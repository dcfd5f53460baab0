/** The handlers, driven by hand: what they ask for, in which order, and what they do about what goes wrong. */
import { describe, expect, test } from 'vitest';
import { Refusal } from '../../../src/base/refusal.ts';
import type { Effect, Handler } from '../../../src/messaging/effects.ts';
import type { Delivery, Envelope, Payload } from '../../../src/messaging/envelope.ts';
import type { InstanceChange, SagaInput, UnsentCommand } from '../../../src/messaging/saga-effects.ts';
import type { CommandMessage, SagaRow, SagaSettings } from '../../../src/messaging/saga.ts';
import { commandRelay } from '../../../src/patterns/command-relay.ts';
import { processManagerRunner } from '../../../src/patterns/process-manager-runner.ts';
import { sagaRunner } from '../../../src/patterns/saga-runner.ts';
import { statelessSaga } from '../../../src/patterns/stateless-saga.ts';
import { guarded } from './playing.ts';

/** Runs a handler against answers: a Refusal is thrown into it. Gives the effects it asked for, in order. */
function drive(handler: Handler, answer: (effect: Effect, nth: number) => unknown): Effect[] {
  const effects: Effect[] = [];
  let next = handler.next();
  while (!next.done) {
    effects.push(next.value);
    const said = answer(next.value, effects.filter(({ effect }) => effect === effects.at(-1)!.effect).length);
    next = said instanceof Refusal ? handler.throw(said) : handler.next(said);
  }
  return effects;
}
const names = (effects: Effect[]) => effects.map(({ effect }) => effect);
const changesIn = (effects: Effect[]): InstanceChange[] =>
  effects.flatMap((effect) => (effect.effect === 'commitInstance' ? [effect.change] : []));

const delivered = (type: string, payload: Payload, needsAcknowledgement = true): Delivery => {
  const event: Envelope = {
    id: 'e1',
    type,
    aggregateId: 'C1',
    aggregateVersion: 1,
    transactionId: 'tx1',
    correlationId: 'cmd1',
    causationId: 'cmd1',
    payload,
  };
  return { subscription: 'saga', message: 'e1>saga', event, needsAcknowledgement };
};
const activated = delivered('CampaignActivated', { activation: 1, locations: ['front page'] });
const confirmed = delivered('PublishingConfirmed', { key: 'C1:1', listing: 'L1' });

const input = (settings: SagaSettings, more: Partial<SagaInput>): SagaInput => ({
  instance: '',
  incoming: { type: '', payload: {} },
  correlationId: 'cmd1',
  definition: 'campaignPublishing',
  settings,
  ...more,
});
/** The row that the activation leads to. */
const awaiting = (): SagaRow => {
  const effects = drive(sagaRunner(input(guarded, { delivery: activated })), () => undefined);
  return changesIn(effects)[0]!.row;
};

describe('sagaRunner', () => {
  test('loads, stores everything in one transaction, acknowledges', () => {
    const settings = { ...guarded, inbox: true };
    const effects = drive(sagaRunner(input(settings, { delivery: activated })), () => undefined);
    expect(names(effects)).toEqual(['loadInstance', 'commitInstance', 'acknowledge']);
    expect(effects[0]).toEqual({ effect: 'loadInstance', instance: 'C1:1' });
    expect(changesIn(effects)[0]).toEqual({
      row: {
        id: 'C1:1',
        definition: 'campaignPublishing',
        definitionVersion: 1,
        version: 1,
        state: 'Awaiting',
        context: {
          campaign: 'C1',
          activation: 1,
          key: 'C1:1',
          locations: ['front page'],
          attempt: 1,
          asked: { 'SubmitAdvertisement/C1:1': 1 },
        },
        attempt: 1,
        waitsFor: 'publishing',
        ended: false,
        startedAt: 0,
        movedAt: 0,
      },
      expectedVersion: 0,
      from: null,
      received: {
        type: 'CampaignActivated',
        token: 'C1:1',
        payload: { campaign: 'C1', key: 'C1:1', activation: 1, locations: ['front page'] },
        eventId: 'e1',
      },
      history: [
        expect.objectContaining({ entry: 'received', instance: 'C1:1', version: 1, type: 'CampaignActivated' }),
        {
          entry: 'issued',
          instance: 'C1:1',
          version: 1,
          name: 'SubmitAdvertisement',
          commandId: 'C1:1/SubmitAdvertisement/C1:1/1',
          to: 'publishing',
          token: 'C1:1',
        },
      ],
      commands: [
        {
          id: 'C1:1/SubmitAdvertisement/C1:1/1',
          name: 'SubmitAdvertisement',
          instance: 'C1:1',
          to: 'publishing',
          token: 'C1:1',
          attempt: 1,
          payload: { key: 'C1:1', campaign: 'C1', locations: ['front page'] },
          correlationId: 'cmd1',
        },
      ],
      timers: [
        {
          id: 'C1:1/ResponseTimeout/1',
          instance: 'C1:1',
          timer: 'ResponseTimeout',
          token: '1',
          correlationId: 'cmd1',
        },
      ],
      after: [4000],
      inbox: { subscription: 'saga', eventId: 'e1' },
    });
  });

  test('as in the book its commands have no number that a second handling would repeat', () => {
    const settings: SagaSettings = { ...guarded, saga: 'eventSourced' };
    const again = drive(sagaRunner(input(settings, { delivery: activated })), ({ effect }) =>
      effect === 'loadInstance' ? { ...awaiting(), version: 4 } : undefined,
    );
    expect(changesIn(again)[0]!.commands.map(({ id, token }) => [id, token])).toEqual([['C1:1/5.1', 'C1:1#2']]);
  });

  test('on a conflict it loads again and decides on what is there now', () => {
    const effects = drive(sagaRunner(input(guarded, { delivery: activated })), ({ effect }, nth) => {
      if (effect === 'loadInstance' && nth === 2) return awaiting();
      return effect === 'commitInstance' ? new Refusal('versionConflict') : undefined;
    });
    expect(names(effects)).toEqual([
      ...['loadInstance', 'commitInstance', 'loadInstance', 'ignoreMessage', 'acknowledge'],
    ]);
    expect(effects[3]).toMatchObject({ reason: 'unexpected', state: 'Awaiting' });
  });

  test('what the inbox knows is ignored; any other refusal goes to whoever delivers', () => {
    const refuse = (code: string) => () =>
      drive(sagaRunner(input(guarded, { delivery: activated })), ({ effect }) =>
        effect === 'commitInstance' ? new Refusal(code) : undefined,
      );
    expect(refuse('duplicate')().at(-2)).toMatchObject({ effect: 'ignoreMessage', reason: 'duplicate' });
    expect(refuse('transactionAborted')).toThrow('transactionAborted');
  });

  test('a defect is no refusal', () => {
    const handler = sagaRunner(input(guarded, { delivery: activated }));
    handler.next();
    handler.next(undefined);
    expect(() => handler.throw(new Error('defect'))).toThrow('defect');
  });

  test.each(['discard', 'retry'] as const)('where nobody is there: %s', (notFound) => {
    const effects = drive(sagaRunner(input({ ...guarded, notFound }, { delivery: confirmed })), () => undefined);
    expect(names(effects)).toEqual(['loadInstance', 'missInstance', 'acknowledge']);
    expect(effects[1]).toMatchObject({ instance: 'C1:1', policy: notFound });
  });

  test('where nobody is there and it creates one, the answer makes an instance', () => {
    const settings: SagaSettings = { ...guarded, notFound: 'create' };
    const effects = drive(sagaRunner(input(settings, { delivery: confirmed })), () => undefined);
    expect(changesIn(effects)[0]!.row).toMatchObject({ id: 'C1:1', state: 'Confirmed', version: 1 });
  });

  test('a message that concerns nobody is acknowledged', () => {
    const effects = drive(sagaRunner(input(guarded, { delivery: delivered('Other', {}) })), () => undefined);
    expect(names(effects)).toEqual(['acknowledge']);
    const unacknowledged = delivered('Other', {}, false);
    expect(drive(sagaRunner(input(guarded, { delivery: unacknowledged })), () => undefined)).toEqual([]);
  });

  describe('a timeout', () => {
    const timeout = (settings: SagaSettings, token: string) =>
      input(settings, {
        instance: 'C1:1',
        incoming: { type: 'ResponseTimeout', token, payload: {} },
        timer: `C1:1/ResponseTimeout/${token}`,
      });
    test('is removed with what it changes', () => {
      const effects = drive(sagaRunner(timeout(guarded, '1')), ({ effect }) =>
        effect === 'loadInstance' ? { ...awaiting(), startedAt: 7, deadline: 4007 } : undefined,
      );
      expect(names(effects)).toEqual(['loadInstance', 'commitInstance']);
      const [change] = changesIn(effects);
      expect(change).toMatchObject({ timer: 'C1:1/ResponseTimeout/1', expectedVersion: 1, row: { startedAt: 7 } });
      expect(change!.row.deadline).toBeUndefined();
    });
    test('is removed where it changes nothing', () => {
      const effects = drive(sagaRunner(timeout(guarded, '2')), ({ effect }) =>
        effect === 'loadInstance' ? awaiting() : undefined,
      );
      expect(effects[1]).toMatchObject({ effect: 'ignoreMessage', reason: 'stale', timer: 'C1:1/ResponseTimeout/2' });
    });
    test.each(['discard', 'retry', 'create'] as const)('creates nobody, under %s', (notFound) => {
      const effects = drive(sagaRunner(timeout({ ...guarded, notFound }, '1')), () => undefined);
      expect(effects[1]).toMatchObject({
        effect: 'ignoreMessage',
        reason: 'notFound',
        timer: expect.any(String) as string,
      });
    });
  });

  test('unchecked, it writes over whatever is there', () => {
    const settings: SagaSettings = { ...guarded, instances: 'unchecked' };
    const effects = drive(sagaRunner(input(settings, { delivery: confirmed })), ({ effect }) =>
      effect === 'loadInstance' ? awaiting() : undefined,
    );
    expect(changesIn(effects)[0]).toMatchObject({ expectedVersion: null, row: { version: 2 } });
  });

  test('what has ended is removed where it is not kept', () => {
    const settings: SagaSettings = { ...guarded, finished: 'deleted' };
    const effects = drive(sagaRunner(input(settings, { delivery: confirmed })), ({ effect }) =>
      effect === 'loadInstance' ? awaiting() : undefined,
    );
    expect(changesIn(effects)[0]).toMatchObject({ remove: true });
  });

  describe('sending directly', () => {
    const settings: SagaSettings = { ...guarded, sending: 'direct' };
    test('calls before it stores, and stores no command', () => {
      const effects = drive(sagaRunner(input(settings, { delivery: activated })), () => undefined);
      expect(names(effects)).toEqual(['loadInstance', 'callParticipant', 'commitInstance', 'acknowledge']);
      const [change] = changesIn(effects);
      expect(change!.commands).toEqual([]);
      expect(change!.history.map(({ entry }) => entry)).toEqual(['received', 'issued']);
    });
    test('calls again when it has to decide again', () => {
      const effects = drive(sagaRunner(input(settings, { delivery: activated })), ({ effect }, nth) =>
        effect === 'commitInstance' && nth === 1 ? new Refusal('versionConflict') : undefined,
      );
      expect(names(effects).filter((name) => name === 'callParticipant')).toHaveLength(2);
    });
    test('whoever is down stops it', () => {
      expect(() =>
        drive(sagaRunner(input(settings, { delivery: activated })), ({ effect }) =>
          effect === 'callParticipant' ? new Refusal('serviceDown') : undefined,
        ),
      ).toThrow('serviceDown');
    });
  });

  test('a deadline that is under way stays where nothing new is set', () => {
    const effects = drive(
      processManagerRunner(
        input(guarded, {
          definition: 'tripBooking',
          instance: 'T1',
          incoming: { type: 'FlightBooked', token: 'f9', payload: {} },
        }),
      ),
      ({ effect }) => {
        if (effect !== 'loadInstance') return undefined;
        const context = { ...tripRow().context };
        return { ...tripRow(), context, deadline: 6001 };
      },
    );
    expect(changesIn(effects)[0]!.row).toMatchObject({ state: 'Approval', deadline: 6001 });
  });
});

const tripRow = (): SagaRow => {
  const start = input(guarded, {
    definition: 'tripBooking',
    instance: 'T1',
    incoming: { type: 'Initialize', payload: { destination: 'Seoul' } },
  });
  return changesIn(drive(processManagerRunner(start), () => undefined))[0]!.row;
};

describe('processManagerRunner', () => {
  test('is started by a command: there is nothing to acknowledge', () => {
    expect(tripRow()).toMatchObject({ id: 'T1', state: 'Approval', waitsFor: 'approver' });
  });

  test('records what it decided between what came and what it issued', () => {
    const start = input(guarded, {
      definition: 'tripBooking',
      instance: 'T1',
      incoming: { type: 'Initialize', payload: { destination: 'Seoul' } },
    });
    const [change] = changesIn(drive(processManagerRunner(start), () => undefined));
    expect(change!.history.map(({ entry }) => entry)).toEqual(['received', 'decided', 'issued']);
    expect(change!.decided).toMatchObject({ type: 'RouteGenerated', route: 'r1' });
  });

  test('an answer finds its process, and is acknowledged', () => {
    const answer = delivered('RouteConfirmed', { instance: 'T1', token: 'r1' });
    const effects = drive(
      processManagerRunner(input(guarded, { definition: 'tripBooking', delivery: answer })),
      ({ effect }) => (effect === 'loadInstance' ? tripRow() : undefined),
    );
    expect(names(effects)).toEqual(['loadInstance', 'commitInstance', 'acknowledge']);
    expect(changesIn(effects)[0]!.row).toMatchObject({ state: 'Flights', version: 2 });
  });

  test('a request to stop a trip that is not there is not tried again', () => {
    const stop = input(
      { ...guarded, notFound: 'retry' },
      { definition: 'tripBooking', instance: 'T1', incoming: { type: 'TripCancelRequested', payload: {} } },
    );
    expect(drive(processManagerRunner(stop), () => undefined)[1]).toMatchObject({ policy: 'discard' });
  });
});

describe('statelessSaga', () => {
  const calls = (delivery: Delivery) =>
    drive(statelessSaga({ delivery }), () => undefined).flatMap((effect) =>
      effect.effect === 'callParticipant' ? [effect.command] : [],
    );

  test('calls, then acknowledges', () => {
    expect(names(drive(statelessSaga({ delivery: activated }), () => undefined))).toEqual([
      'callParticipant',
      'acknowledge',
    ]);
    expect(names(drive(statelessSaga({ delivery: delivered('Other', {}) }), () => undefined))).toEqual(['acknowledge']);
  });

  test('maps an event to a command', () => {
    expect(calls(activated)).toMatchObject([
      { name: 'SubmitAdvertisement', to: 'publishing', token: '', payload: { key: 'C1:1', campaign: 'C1' } },
    ]);
    expect(calls(confirmed)).toMatchObject([
      {
        name: 'TrackPublishingConfirmation',
        to: 'service',
        instance: 'C1:1',
        payload: { id: 'C1', activation: 1, key: 'C1:1', listing: 'L1' },
      },
    ]);
    expect(calls(delivered('PublishingRejected', { key: 'C1:1', reason: 'no room' }))).toMatchObject([
      { name: 'TrackPublishingRejection', payload: { id: 'C1', reason: 'no room' } },
    ]);
    expect(calls(delivered('CampaignDeactivated', { activation: 1 }))).toEqual([]);
  });
});

describe('commandRelay', () => {
  const unsent = (number: number, instance: string): UnsentCommand => ({
    number,
    command: { id: `${number}`, instance } as CommandMessage,
  });
  const rows = [unsent(1, 'A'), unsent(2, 'B'), unsent(3, 'A'), unsent(4, 'B')];
  const told = (effects: Effect[]) =>
    effects.map((effect) => ('number' in effect ? `${effect.effect} ${effect.number}` : effect.effect));

  test('sends and marks one by one', () => {
    const effects = drive(commandRelay(), ({ effect }) => (effect === 'fetchCommands' ? rows : undefined));
    expect(told(effects)).toEqual([
      'fetchCommands',
      ...[1, 2, 3, 4].flatMap((number) => [`sendCommand ${number}`, `markSent ${number}`]),
    ]);
  });

  test.each(['sendCommand', 'markSent'])('a refused %s holds the later ones of its instance only', (refused) => {
    const handler = commandRelay();
    const effects: Effect[] = [];
    const run = () =>
      drive(handler, (effect) => {
        effects.push(effect);
        if (effect.effect === 'fetchCommands') return rows;
        return effect.effect === refused && 'number' in effect && effect.number === 1
          ? new Refusal('serviceDown')
          : undefined;
      });
    expect(run).toThrow('serviceDown');
    expect(told(effects).filter((name) => name.startsWith('sendCommand'))).toEqual([
      ...['sendCommand 1', 'sendCommand 2', 'sendCommand 4'],
    ]);
  });

  test('nothing to send is nothing to do', () => {
    expect(names(drive(commandRelay(), () => []))).toEqual(['fetchCommands']);
  });
});

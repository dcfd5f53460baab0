/** What holds for every machine: it is JSON, its steps are pure, and its history leads to where it is. */
import fc from 'fast-check';
import { assign, initialTransition, setup, transition } from 'xstate';
import { describe, expect, test } from 'vitest';
import { keepingParts } from '../../../src/domain/budget/budget-keeping.saga.ts';
import { publishingParts } from '../../../src/domain/campaign/campaign-publishing.saga.ts';
import { tripParts } from '../../../src/domain/trip/trip-booking.process-manager.ts';
import type { Payload } from '../../../src/messaging/envelope.ts';
import { type Engine, type MachineConfig, type MachineParts, stepper } from '../../../src/messaging/saga-machine.ts';
import type { SagaInput } from '../../../src/messaging/saga-effects.ts';
import type { HistoryEntry, Incoming, SagaRow, SagaSettings } from '../../../src/messaging/saga.ts';
import { rebuild } from '../../../src/patterns/rebuild.ts';
import { definitionOf } from '../../../src/patterns/saga-definitions.ts';
import { changeOf, rowAfter } from '../../../src/patterns/saga-instance.ts';
import { frozen, guarded } from './playing.ts';

const engine = { setup, assign, initialTransition, transition } as unknown as Engine;

/** What may come, and the first of it: events of these types, with these tokens. */
const alphabets: Record<string, { parts: MachineParts<Payload>; start: Incoming; events: fc.Arbitrary<Incoming> }> = {
  campaignPublishing: {
    parts: publishingParts as unknown as MachineParts<Payload>,
    start: about('CampaignActivated', 'C1:1', { campaign: 'C1', key: 'C1:1', activation: 1, locations: ['a'] }),
    events: fc.oneof(
      fc.constantFrom('L1', 'L2').map((listing) => about('PublishingConfirmed', 'C1:1', { key: 'C1:1', listing })),
      fc.constant(about('PublishingRejected', 'C1:1', { key: 'C1:1', reason: 'no room' })),
      fc.constantFrom('1', '2', '3').map((token) => about('ResponseTimeout', token)),
      fc
        .constantFrom('CampaignActivated', 'CampaignDeactivated')
        .map((type) => about(type, 'C1:1', { campaign: 'C1', key: 'C1:1', activation: 1, locations: ['a'] })),
    ),
  },
  budgetKeeping: {
    parts: keepingParts as unknown as MachineParts<Payload>,
    start: about('CampaignActivated', 'A:1', { campaign: 'A', activation: 1, amount: 60 }),
    events: fc
      .constantFrom('CampaignActivated', 'CampaignDeactivated', 'BudgetReserved', 'BudgetRefused')
      .map((type) => about(type, 'A:1', { campaign: 'A', activation: 1, amount: 60 })),
  },
  tripBooking: {
    parts: tripParts as unknown as MachineParts<Payload>,
    start: about('Initialize', undefined, { destination: 'Seoul' }),
    events: fc.oneof(
      chosen(['RouteConfirmed', 'RouteRejected', 'ReroutingConfirmed', 'ReroutingRejected'], ['r1', 'r2', 'r3']),
      chosen(['FlightBooked', 'FlightBookingFailed', 'FlightsCancelled', 'FlightDeadline'], ['f1', 'f2', 'f9']),
      chosen(['HotelBooked', 'HotelBookingFailed', 'HotelCancelled', 'HotelDeadline'], ['h1', 'h2', 'h9']),
      chosen(['ApprovalDeadline', 'ManagerDeadline'], ['r1#0', 'r1#1', 'r2#0']),
      chosen(['CancelDeadline'], ['#0', '#1', '#2']),
      fc.constant(about('TripCancelRequested', undefined)),
      fc.constant(about('Initialize', undefined, { destination: 'Tokyo' })),
    ),
  },
};

function about(type: string, token: string | undefined, payload: Payload = {}): Incoming {
  return { type, ...(token !== undefined && { token }), payload };
}
function chosen(types: string[], tokens: string[]): fc.Arbitrary<Incoming> {
  return fc.tuple(fc.constantFrom(...types), fc.constantFrom(...tokens)).map(([type, token]) => about(type, token));
}

const anySettings: fc.Arbitrary<SagaSettings> = fc.record({
  ...Object.fromEntries(Object.entries(guarded).map(([name, value]) => [name, fc.constant(value)])),
  saga: fc.constantFrom('eventSourced', 'guarded'),
  notFound: fc.constantFrom('discard', 'create'),
  deadlines: fc.constantFrom('on', 'off'),
  tokens: fc.constantFrom('on', 'off'),
  compensation: fc.constantFrom('on', 'off'),
  planning: fc.constantFrom('recorded', 'recomputed'),
  lateSuccess: fc.constantFrom('compensate', 'accept'),
  contradiction: fc.constantFrom('alert', 'newestWins'),
}) as fc.Arbitrary<SagaSettings>;

/** Plays messages as a runner would, on frozen rows, and keeps the history. */
function play(id: string, settings: SagaSettings, messages: Incoming[]) {
  const definition = definitionOf(id);
  const history: HistoryEntry[] = [];
  let row: SagaRow | null = null;
  for (const incoming of messages) {
    const decision = definition.decide(frozen(settings), frozen(row), frozen(incoming));
    if ('ignored' in decision) continue;
    const input: SagaInput = { instance: 'I', incoming, correlationId: 'c', definition: id, settings };
    const change = changeOf(definition, input, row, decision);
    history.push(...change.history);
    row = change.row;
  }
  return { definition, history, row };
}

describe.each(Object.keys(alphabets))('%s', (id) => {
  const { parts, start, events } = alphabets[id]!;
  const runs = fc.tuple(anySettings, fc.array(events, { maxLength: 12 }));

  test('its machine is JSON, and the copy read from JSON decides the same', () => {
    fc.assert(
      fc.property(runs, ([settings, rest]) => {
        const config = definitionOf(id).config(settings);
        const copy = JSON.parse(JSON.stringify(config)) as MachineConfig;
        expect(copy).toEqual(config);
        const step = stepper(engine, parts, copy);
        let row: SagaRow | null = null;
        for (const incoming of [start, ...rest]) {
          const decision = definitionOf(id).decide(settings, row, incoming);
          expect(step(row, incoming)).toEqual(decision);
          if (!('ignored' in decision)) row = rowAfter(definitionOf(id), 'I', row, decision);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('the same question has the same answer, and the context is JSON', () => {
    fc.assert(
      fc.property(runs, ([settings, rest]) => {
        const first = play(id, settings, [start, ...rest]);
        expect(play(id, settings, [start, ...rest])).toEqual(first);
        const { history, row } = first;
        expect(JSON.parse(JSON.stringify({ history, row }))).toStrictEqual({ history, row });
      }),
    );
  });

  test('its history leads to where it is', () => {
    fc.assert(
      fc.property(runs, ([settings, rest]) => {
        const recorded: SagaSettings = { ...settings, planning: 'recorded' };
        const { definition, history, row } = play(id, recorded, [start, ...rest]);
        const steps = rebuild(definition, recorded, frozen(history));
        expect(steps.map(({ entry }) => entry)).toEqual(history);
        expect(steps.at(-1)).toMatchObject({ state: row!.state, context: row!.context });
      }),
    );
  });

  test('no two commands of an instance have one id', () => {
    fc.assert(
      fc.property(runs, ([settings, rest]) => {
        const { history } = play(id, settings, [start, ...rest]);
        const ids = history.flatMap((entry) => (entry.entry === 'issued' ? [entry.commandId] : []));
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  test('the guarded machine asks for nothing after its end that is not declared to be late', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 16 }), (rest) => {
        const definition = definitionOf(id);
        let row: SagaRow | null = null;
        for (const incoming of [start, ...rest]) {
          const decision = definition.decide(guarded, row, incoming);
          if ('ignored' in decision) continue;
          if (row?.ended) expect(decision.commands.filter(({ late }) => !late)).toEqual([]);
          const input: SagaInput = { instance: 'I', incoming, correlationId: 'c', definition: id, settings: guarded };
          row = changeOf(definition, input, row, decision).row;
        }
      }),
    );
  });
});

describe('a history that is folded anew', () => {
  const messages = [
    about('Initialize', undefined, { destination: 'Seoul' }),
    about('RouteConfirmed', 'r1'),
    about('FlightBooked', 'f1'),
  ];
  const routeIn = (context: Payload) => (context['routes'] as Record<string, { name: string }>)['r1']!.name;

  test('by recorded decisions it has the route that was booked', () => {
    const { definition, history, row } = play('tripBooking', guarded, messages);
    const steps = rebuild(definition, guarded, history);
    expect(steps.map(({ entry, state }) => `${entry.entry} ${state}`)).toEqual([
      ...['received Approval', 'decided Approval', 'issued Approval'],
      ...['received Flights', 'issued Flights', 'received Hotel', 'issued Hotel'],
    ]);
    expect(routeIn(steps.at(-1)!.context)).toBe(routeIn(row!.context));
  });

  test('where the route is planned again it is another', () => {
    const settings: SagaSettings = { ...guarded, planning: 'recomputed' };
    const { definition, history, row } = play('tripBooking', settings, messages);
    const last = rebuild(definition, settings, history).at(-1)!;
    expect(last.state).toBe(row!.state);
    expect(routeIn(last.context)).not.toBe(routeIn(row!.context));
  });

  test('of an instance that was removed and started again only the second is left', () => {
    const settings: SagaSettings = { ...guarded, finished: 'deleted' };
    const life = [alphabets['campaignPublishing']!.start, about('PublishingRejected', 'C1:1', { reason: 'no room' })];
    const first = play('campaignPublishing', settings, life);
    const second = play('campaignPublishing', settings, life.slice(0, 1));
    const steps = rebuild(first.definition, settings, [...first.history, ...second.history]);
    expect(steps.at(-1)).toMatchObject({ state: 'Awaiting', context: second.row!.context });
  });
});

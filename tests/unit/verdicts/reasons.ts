/** A reason with every parameter that any code or cause speaks of. */
import type { Reason } from '../../../src/verdicts/promise.ts';

const everything = {
  eventId: 'e7',
  eventType: 'CampaignActivated',
  aggregateId: '123',
  subscription: 'adServing',
  process: 'relay',
  other: 'relay-2',
  position: 7,
  version: 2,
  laterType: 'CampaignDeactivated',
  laterVersion: 3,
  earlierType: 'CampaignDeactivated',
  earlierVersion: 1,
  attempts: 5,
  seen: 3,
  count: 4,
  blockedBy: 6,
  table: 'ads',
  key: '123/front page',
  field: 'aggregateVersion',
  was: 2,
  is: 3,
  instance: 'T1',
  name: 'BookFlights',
  token: 'f1',
  thing: 'airline-2',
  beside: 'airline-1',
  effect: 'booked',
  received: 'FlightBooked',
  earlier: 'HotelBooked',
  newest: '2',
  timer: 'ApprovalDeadline',
  state: 'Approval',
  choice: 'r1',
  total: 140,
  limit: 100,
  over: 40,
  first: 'budgets budget',
  second: 'campaigns A',
  cause: 'diedBeforeMarking',
  reason: 'crash',
};

/** A full reason of this code; `changed`: other parameters, or undefined for one that is left out. */
export function fullReason(code: string, changed: Readonly<Record<string, string | number | undefined>> = {}): Reason {
  const reason: Reason = { code, document: '123' };
  for (const [name, value] of Object.entries({ ...everything, document: '123', ...changed })) {
    if (value === undefined) delete reason[name];
    else reason[name] = value;
  }
  return reason;
}

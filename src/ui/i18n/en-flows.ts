/** What the flows with sagas have to say beside their records, in English. Fetched with the parts that say it. */

import { enSagaTabs } from './en-saga-tabs.ts';

export const enFlows = {
  tabs: enSagaTabs,
  commands: {
    BookTrip: 'Book trip',
    CancelTrip: 'Cancel trip',
    ApproveRoute: 'Approve route',
    RejectRoute: 'Reject route',
    ConfirmRerouting: 'Confirm rerouting',
    RefuseRerouting: 'Refuse rerouting',
    ConfirmFlights: 'Confirm flights',
    RefuseFlights: 'Refuse flights',
    ConfirmHotel: 'Confirm hotel',
    RefuseHotel: 'Refuse hotel',
    ConfirmPublishing: 'Confirm publishing',
    RejectPublishing: 'Reject publishing',
    ActivateCampaign: 'Activate campaign',
    DeactivateCampaign: 'Deactivate campaign',
    ChangeBudget: 'Change budget',
    RecordViews: 'Record views',
  },
  /** A word of the command's name, where its group says the rest. */
  short: {
    ApproveRoute: 'Approve',
    RejectRoute: 'Reject',
    ConfirmRerouting: 'Confirm',
    RefuseRerouting: 'Refuse',
    ConfirmFlights: 'Confirm',
    RefuseFlights: 'Refuse',
    ConfirmHotel: 'Confirm',
    RefuseHotel: 'Refuse',
    ConfirmPublishing: 'Confirm',
    RejectPublishing: 'Reject',
  },
  players: {
    traveler: 'You as the traveler',
    advertiser: 'You as the advertiser',
    publisher: 'You as the publisher',
    others: 'You as everybody else',
  },
  trip: 'Trip',
  tripNamed: (id: string) => `Trip ${id}`,
  tripHint: 'Press Book trip: a process manager asks for approval, books flights, then a hotel.',
  destination: 'Destination',
  reason: 'Reason of a no',
  budgetHint: 'Activate campaigns until their amounts come to the budget. Then look at what a boundary costs.',
  campaign: 'Campaign',
  campaignNamed: (id: string) => `Campaign ${id}`,
  amount: 'Amount',
  budget: 'New budget',
  views: 'Views',
  breaks: {
    what: {
      campaign: 'It is listed. Now let the publishing service stay silent about another campaign.',
      trip: 'All is booked. Now let the hotel stay silent: what is booked has to be cancelled.',
      budget: 'Now slow the saga down and activate another campaign: the broken window gets wider.',
    },
    press: 'Break it and send again',
  },
  answers: {
    automatic: 'They say yes by themselves after a while. You can answer besides: otherwise, or again.',
    manual: 'They wait for you. Who is asked is marked.',
    standsStill: 'Time stands still for your answer. Press Play to let it pass: deadlines come.',
    nothingAsked: 'Nobody has asked yet.',
    which: (who: string) => `Which request: ${who}`,
    newest: 'newest',
    waits: (token: string) => `${token} waits`,
    answered: (token: string, answer: string, times: number) =>
      `${token}: ${answer}${times > 1 ? `, ${times} answers` : ''}`,
    gone: (token: string) => `${token} is cancelled`,
  },
};

/** What every language says about these flows. */
export type FlowWords = typeof enFlows;

/**
 * The machine of the campaign publishing saga, as JSON: with guards, deadlines and withdrawals, or as the book has it
 * (Khononov, Learning Domain-Driven Design, listing 09-05): three events, taken in whatever state, each answered by a command.
 */
import type { MachineAction, MachineConfig, Transitions } from '../../messaging/saga-machine.ts';
import { transitions, varied, withoutGuards, withoutTimers } from '../../messaging/saga-variants.ts';
import type { SagaSettings } from '../../messaging/saga.ts';

/** What an instance knows. */
export type PublishingContext = {
  campaign: string;
  /** How often the campaign had been activated. */
  activation: number;
  /** `campaign:activation`: what the publishing service knows the advertisement by. */
  key: string;
  locations: string[];
  /** How often it was submitted. */
  attempt: number;
  listing?: string;
  reason?: string;
};

const initial: PublishingContext = { campaign: '', activation: 0, key: '', locations: [], attempt: 0 };

const issue = (command: string, params: Record<string, unknown> = {}): MachineAction => ({
  type: 'issue',
  params: { command, ...params },
});
/** An alert may come after the end. */
const alert = (about: string) => issue('Alert', { about, late: true });
const deadline: MachineAction = { type: 'setTimer', params: { timer: 'ResponseTimeout' } };

const confirmed: Transitions = {
  PublishingConfirmed: [{ target: 'Confirmed', actions: ['noteListing', issue('TrackPublishingConfirmation')] }],
};
const rejected: Transitions = {
  PublishingRejected: [{ target: 'Rejected', actions: ['noteReason', issue('TrackPublishingRejection')] }],
};
/** What is listed, or may still be, has to go. */
const withdrawn = (...actions: MachineAction[]): Transitions => ({
  CampaignDeactivated: [{ target: 'Withdrawn', ...(actions.length > 0 && { actions }) }],
});

const guarded: MachineConfig = {
  id: 'campaignPublishing',
  initial: 'New',
  context: initial,
  states: {
    New: {
      on: {
        CampaignActivated: [
          { target: 'Awaiting', actions: ['open', 'countAttempt', issue('SubmitAdvertisement'), deadline] },
        ],
        // remembered, so that the activation before it, arriving later, is known to be over
        ...withdrawn('open'),
      },
    },
    Awaiting: {
      tags: ['waiting'],
      meta: { waitsFor: 'publishing' },
      on: {
        ...confirmed,
        ...rejected,
        ResponseTimeout: [
          {
            guard: 'ofThisAttempt and attemptsLeft',
            target: 'Awaiting',
            actions: ['countAttempt', issue('SubmitAdvertisement'), deadline],
          },
          {
            guard: 'ofThisAttempt',
            target: 'TimedOut',
            actions: [issue('WithdrawAdvertisement'), issue('TrackPublishingTimeout'), alert('timedOut')],
          },
        ],
        ...withdrawn(issue('WithdrawAdvertisement')),
      },
    },
    Confirmed: {
      tags: ['ended'],
      on: {
        PublishingConfirmed: [
          {
            guard: 'otherListing',
            actions: [issue('WithdrawAdvertisement', { which: 'second', late: true }), alert('secondListing')],
          },
        ],
        PublishingRejected: [{ actions: [alert('rejectedAfterConfirmed')] }],
        ...withdrawn(issue('WithdrawAdvertisement', { late: true })),
      },
    },
    Rejected: {
      tags: ['ended'],
      on: {
        PublishingConfirmed: [
          { actions: [issue('WithdrawAdvertisement', { late: true }), alert('confirmedAfterRejected')] },
        ],
        ...withdrawn(),
      },
    },
    // a confirmation that comes now finds the withdrawal on its way
    TimedOut: { tags: ['ended'], on: withdrawn() },
    Withdrawn: {
      tags: ['ended'],
      on: { PublishingConfirmed: [{ actions: [issue('WithdrawAdvertisement', { late: true })] }] },
    },
  },
};

/** The listing of the book: every submission is a new one to the publisher, since nothing says that it is not. */
const asInTheBook: MachineConfig = {
  id: 'campaignPublishing',
  initial: 'New',
  context: initial,
  on: {
    CampaignActivated: [
      {
        target: '.Awaiting',
        actions: ['open', 'countAttempt', issue('SubmitAdvertisement', { token: 'ofThisAttempt' })],
      },
    ],
    PublishingConfirmed: [{ target: '.Confirmed', actions: ['noteListing', issue('TrackPublishingConfirmation')] }],
    PublishingRejected: [{ target: '.Rejected', actions: ['noteReason', issue('TrackPublishingRejection')] }],
  },
  states: {
    New: {},
    Awaiting: { tags: ['waiting'], meta: { waitsFor: 'publishing' } },
    Confirmed: { tags: ['ended'] },
    Rejected: { tags: ['ended'] },
  },
};

/** Giving up does not withdraw, so that a late success can still count. */
const acceptsLate = (config: MachineConfig): MachineConfig => {
  const timeouts = config.states['Awaiting']?.on?.['ResponseTimeout'];
  if (!timeouts) return config; // without deadlines it never gives up
  const kept = timeouts.map((timeout) =>
    timeout.target === 'TimedOut'
      ? { ...timeout, actions: [issue('TrackPublishingTimeout'), alert('timedOut')] }
      : timeout,
  );
  const accepted: Transitions = {
    PublishingConfirmed: [
      { target: 'Confirmed', actions: ['noteListing', issue('TrackPublishingConfirmation', { late: true })] },
    ],
  };
  return varied(
    config,
    [true, transitions('Awaiting', { ResponseTimeout: kept })],
    [true, transitions('TimedOut', accepted)],
  );
};

const newestWins: Transitions = {
  PublishingRejected: [
    { target: 'Rejected', actions: ['noteReason', issue('TrackPublishingRejection', { late: true })] },
  ],
};

/** The machine under these settings. */
export const configOf = (settings: SagaSettings): MachineConfig =>
  settings.saga === 'eventSourced'
    ? asInTheBook
    : varied(
        guarded,
        [settings.tokens === 'off', withoutGuards('ofThisAttempt')],
        [settings.deadlines === 'off', withoutTimers],
        [settings.lateSuccess === 'accept', acceptsLate],
        [settings.contradiction === 'newestWins', transitions('Confirmed', newestWins)],
        [settings.notFound === 'create', transitions('New', { ...confirmed, ...rejected })],
      );

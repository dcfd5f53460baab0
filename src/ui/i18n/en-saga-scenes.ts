/** The scenes of sagas, process managers and boundaries in English. Fetched with the others. */
import type { SagaSceneId, Shown } from '../../scenes/scene.ts';
import type { SceneText, ShownText } from './scene-text.ts';

/** What there is to say where no promise is at stake. */
export const enShown: Record<Shown, ShownText> = {
  conflicts: {
    name: 'Conflicts',
    count: (n) => `Conflicts: ${n}`,
    found: (n) =>
      `No promise is broken, but ${n === 1 ? 'one commit' : `${n} commits`} met a newer version and had to be done again.`,
    none: 'No commit met a newer version.',
  },
};

export const enSagaScenes: Record<SagaSceneId, SceneText> = {
  F54: {
    title: 'A saga without a memory submits twice',
    watch:
      'The saga calls the publishing service for the activation and dies before it acknowledges. Watch what it makes of the redelivered activation, and how often the campaign is listed.',
    cure: 'The saga keeps an instance and the ids of the events it has had, so the second delivery is ignored. It costs the instance, its history and its ids to store, and a guard for every event.',
  },
  F55: {
    title: 'As in the book, and still twice',
    watch:
      'This saga stores what it receives and what it issues in one transaction, and dies before it acknowledges. Watch its history afterwards: the same event is there twice, with a submission for each.',
    cure: 'The event’s id is stored in the transaction that moves the instance, so the second delivery is ignored. It costs ids that are kept for longer than any redelivery can take.',
  },
  F60: {
    title: 'Nobody answers',
    watch:
      'The publishing service lists the advertisement and stays silent. Nothing has failed and nobody is told: look for anything that could wake the instance in Awaiting.',
    cure: 'At its deadline the saga asks again, under the same key, and this time it is answered. It costs the choice of a deadline: too short and it meets the answer, too long and the campaign waits.',
  },
  F61: {
    title: 'Confirmed, then rejected',
    watch:
      'The publishing service confirms, then takes the listing down and rejects. Watch the saga act on both, and the campaign being told both.',
    cure: 'Once confirmed the instance stays so, and alerts a person about the rejection. It costs that person: until then the campaign says confirmed, and the listing is gone.',
  },
  F56: {
    title: 'Two handlers save, one is forgotten',
    watch:
      'The approval and the traveler’s cancellation are handled at the same time, both on the same version. No failure is needed: watch which of the two saves last, and what is booked.',
    cure: 'Whoever saves second meets a newer version and decides again on that: the approval comes too late. It costs a second attempt, and nothing may have left the handler before its commit.',
  },
  F57: {
    title: 'Started twice',
    watch:
      'The traveler presses Book trip twice. Neither command finds an instance, so both begin one: watch the second be saved over the first, and the approver be asked twice.',
    cure: 'Only one of the two can save the first version; the other then finds the instance, and is ignored. It costs the loser a second attempt.',
  },
  F58: {
    title: 'The answer comes before the instance',
    watch:
      'The handler asks the approver by a direct call and saves the instance after that, slowly. Watch the answer arrive when there is no instance yet, and what the instance then waits for.',
    cure: 'The command leaves through the outbox once the instance is saved, so no answer can come before it. It costs a turn of the relay for each command.',
  },
  F62: {
    title: 'Ended, deleted and started again',
    watch:
      'The traveler cancels, the trip ends, and its instance is deleted. Then the first command comes once more, as from a client that tries again: watch what it finds.',
    cure: 'The ended instance stays, and knows the repeated command for one that comes too late. It costs rows that are kept for as long as anything may still come.',
  },
  F63: {
    title: 'A deadline of the route before',
    watch:
      'A route is rejected and another one proposed, but a timeout can’t be revoked. Watch the deadline of the first route come, and the approver be reminded of the second one.',
    cure: 'A timeout says which route and which attempt it was set for, and is ignored when that is over. It costs a token in each, and timeouts that come for nothing.',
  },
  F64: {
    title: 'The cancellation overtakes the booking',
    watch:
      'The booking is held up on its way to the airline, and its deadline passes. The cancellation arrives first, and there is nothing to cancel: watch the booking arrive after it.',
    cure: 'The airline remembers the cancellation of what it has never heard of, and refuses the booking when it comes. It costs a record of each, kept for as long as a booking can be late.',
  },
  F65: {
    title: 'Ended, and still booked',
    watch:
      'The flights are booked, the hotel stays silent, and at the deadline the trip just ends. Watch what is still booked then.',
    cure: 'Whatever may be booked is cancelled, again until that is confirmed, and the trip ends only then. It costs a state that cancels, with a deadline of its own.',
  },
  F66: {
    title: 'One approval, two flights',
    watch:
      'The bus delivers the approval twice, and the process manager, as in the book, takes it in whatever state it is. Watch what it books for each of the two.',
    cure: 'It knows the approval by the event’s id, and an approval counts in the state that waits for it only. It costs the ids, and a guard for every event.',
  },
  F67: {
    title: 'An approval of the rejected route',
    watch:
      'The first route is rejected and a second one proposed. Then somebody approves the first one after all: watch which route is booked.',
    cure: 'An answer names what it is for, and one about a route that is past is ignored. It costs a token in every request and every answer.',
  },
  F68: {
    title: 'Chosen again at each replay',
    watch:
      'The process manager chooses the cheapest route, and prices rise. Look for that choice in its history: whoever rebuilds the instance from it later chooses again, and not the route that was booked.',
    cure: 'The choice is an entry of the history, and a replay reads it instead of choosing. It costs an entry for each decision, and one has to know what is one.',
  },
  F71: {
    title: 'A saga for a rule that must always hold',
    watch:
      'Budget and campaigns are aggregates of their own, and a saga patches the rule between them. Two campaigns of 60 start on a budget of 100: watch for how long both are active.',
    cure: 'One aggregate keeps the rule in each of its transactions, and the second campaign is refused at once. It costs contention: all campaigns of a budget go through one aggregate.',
  },
  F71b: {
    title: 'Everything in one aggregate',
    watch:
      'The opposite mistake: budget, campaigns and views are one aggregate. Watch how often a commit meets a newer version, though views have nothing to do with the budget.',
    cure: 'The views are an aggregate of their own, and only what has to agree at once stays together. It costs that no transaction changes both.',
  },
  D6a: {
    title: 'Answer and deadline at the same instant',
    watch:
      'The confirmation comes as the deadline does, and both handlers load the same version. Watch which is saved last, what the saga still waits for, and what becomes of the listing in the end.',
    cure: 'The deadline meets a newer version, decides again and is ignored, since the answer is there. It costs a second attempt whenever the two meet.',
  },
  D6b: {
    title: 'Two starts at the same instant',
    watch:
      'Two relays publish the activation, and two consumers handle its copies side by side. No failure is needed: watch both find no instance, and both begin one.',
    cure: 'The event’s id is stored with the instance under a unique key, so only one of the two can commit. It costs an inbox in the database of the saga.',
  },
  D6c: {
    title: 'The hotel confirms while the traveler cancels',
    watch:
      'Both handlers have loaded the same state: one completes the trip, the other calls it off. Watch flights and hotel be cancelled for a trip that is Completed.',
    cure: 'The second handler waits until the first has saved, and then finds a trip that is being called off. It costs time: an instance has one handler at a time.',
  },
  D6d: {
    title: 'Decided twice, called twice',
    watch:
      'Commands are calls that nothing records beforehand. The approval meets the deadline: its handler calls the airline, meets a newer version at its commit and decides again. Watch how often it calls.',
    cure: 'Commands are stored with the instance and leave after the commit, so an attempt that fails has sent nothing. It costs a turn of the relay for each command.',
  },
  D6e: {
    title: 'All wait for one lock',
    watch:
      'A slow handler holds the lock of the instance from loading to saving. Watch the approval wait for it, longer than the bus waits for an acknowledgement.',
    cure: 'Nobody waits: the approval is handled at once, and the slow cancellation has to be decided again. It costs work in vain: what was booked meanwhile is cancelled.',
  },
  D6f: {
    title: 'A start meets the end',
    watch:
      'The traveler cancels, and Book trip comes once more while that is being saved. The instance is deleted at its end: watch whether the command looks for it just before that or just after.',
    cure: 'Before or after, the instance is there, and the command is ignored. It costs storage, until somebody decides when it is safe to delete.',
  },
};

/** The scenes in English: what each is called, what to watch in it, and what its cure costs. Fetched with the gallery. */
import type { EventSceneId, SceneGroup, SceneId } from '../../scenes/scene.ts';
import { enSagaScenes, enShown } from './en-saga-scenes.ts';
import type { SceneText } from './scene-text.ts';

const groups: Record<SceneGroup, string> = {
  publishing: 'Publishing without an outbox',
  relay: 'The relay',
  document: 'The outbox in the document',
  log: 'Cursor and log',
  bus: 'The bus',
  consumer: 'The consumer',
  saga: 'Sagas',
  processManager: 'Process manager',
  boundaries: 'Boundaries',
  races: 'Races',
};

const eventTexts: Record<EventSceneId, SceneText> = {
  F01: {
    title: 'The event leaves, the transaction rolls back',
    watch:
      'The aggregate publishes while its transaction is still open, and then the commit fails. Watch what the subscribers do about a change that never happened.',
    cure: 'The outbox row is rolled back together with the change. It costs a second write, a relay to run and up to one polling interval of delay.',
  },
  F02: {
    title: 'The event arrives before the commit',
    watch:
      'Nothing fails here: the message is faster than the commit. Watch a subscriber handle the event while the transaction is open; whoever reads the campaign at that moment sees the old state.',
    cure: 'Only a committed row can be published, so the event can’t be early. It costs the write, the relay and its delay; a consumer that reads again later would only hide the race.',
  },
  F03: {
    title: 'The bus took it, the confirmation is lost',
    watch:
      'The publish inside the transaction seems to have failed, so the service does the careful thing and rolls back. Watch the bus: it has the event all the same.',
    cure: 'With an outbox the publish is no part of the transaction any more: what is unclear is sent again. It costs the relay, its delay and a possible duplicate.',
  },
  F04: {
    title: 'The service dies between commit and publish',
    watch:
      'The change is committed, and the service dies before it publishes. When it is back, look for anything that remembers that an event must still be sent.',
    cure: 'The event is stored with the change, and the relay finds it after any crash. It costs a table and a relay, and events may arrive more than once.',
  },
  F05: {
    title: 'The bus refuses after the commit',
    watch:
      'The change is committed, and the bus refuses the event. Watch what the caller is told, and what the campaign’s state is by then.',
    cure: 'The command succeeds with its commit, and the relay tries until the bus takes the event. It costs the outbox, and success no longer means that the event is out.',
  },
  F06: {
    title: 'Two commits, published in the wrong order',
    watch:
      'Two commands on one campaign commit one after the other, but each publishes in its own time. Watch which of the two events the subscribers meet last.',
    cure: 'One relay publishes the rows in the order in which they were written. It costs parallelism: the events of a campaign go through one worker.',
  },
  F08: {
    title: 'The relay dies between publish and mark',
    watch:
      'The bus has taken the event, and the relay dies before it marks the row. Back again, it finds the row unpublished; compare the event ids of what it sends.',
    cure: 'The consumer stores the event’s id in the transaction of the effect and ignores what it knows. It costs a table whose ids must be kept longer than any redelivery can take.',
  },
  F09: {
    title: 'Marked first, never published',
    watch:
      'To avoid duplicates the relay marks the row before it publishes, and something goes wrong in between. Watch the outbox afterwards: nothing is left to be published.',
    cure: 'A row is marked only once the bus has acknowledged it. It costs a duplicate now and then: one chooses between duplicate and loss, never neither.',
  },
  F10: {
    title: 'Published without a confirmation',
    watch:
      'The relay hands the event over, waits for no confirmation and marks the row. Watch how tidy the outbox looks, whatever the bus has done with the message.',
    cure: 'The relay marks a row only when the bus has confirmed it, and publishes again what it refused. It costs the wait for every confirmation.',
  },
  F11: {
    title: 'Two relays on one outbox',
    watch:
      'Two relays poll the same table and know nothing of each other. No failure is needed: watch both of them fetch the same row.',
    cure: 'With claims a row belongs to one relay at a time. They cost a write before every batch and a lease, which can expire while its holder still works.',
  },
  F12: {
    title: 'Claims by row lose the order',
    watch:
      'Each relay claims single rows and skips those of the other, so nothing is published twice. Watch in which order two events of one campaign leave.',
    cure: 'With claims by campaign all rows of a campaign go through one relay. It costs parallelism, and a slow row holds up the others of its campaign.',
  },
  F13: {
    title: 'A relay outlives its lease',
    watch:
      'A relay stalls in the middle of its work, its lease expires, and the other one publishes its rows. Watch what the first does when it goes on.',
    cure: 'The consumer knows the id of the late copy and ignores it. It costs an inbox whose ids are kept for longer than a relay can stall; a longer lease would only make it rarer, and the pause after a real crash longer.',
  },
  F14: {
    title: 'The cursor passes a gap',
    watch:
      'Two transactions take a position each, and the one with the lower position commits last. Watch where the cursor stands when that row appears.',
    cure: 'The fence keeps the cursor behind the first position that an open transaction has taken. It costs patience: one long transaction holds up all that was written after it.',
  },
  F18: {
    title: 'One bad row stops the relay',
    watch:
      'The bus refuses one row again and again, and to keep the order the relay does not go past it. Watch the rows behind it, those of other campaigns too.',
    cure: 'After some attempts the row is put aside, and those behind it go on. It costs a hole: the event is missing until a person has seen to it, and by then later ones are out.',
  },
  F19: {
    title: 'The relay skips what fails',
    watch:
      'The bus refuses a row, and the relay goes on with the next one. Watch two events of one campaign change places; an inbox does not put that right.',
    cure: 'The relay stays at the row until the bus takes it. It costs time: all that was written after it waits, whichever campaign it belongs to.',
  },
  F21: {
    title: 'The batch is marked at its end',
    watch:
      'The relay publishes several rows, means to mark them together, and dies before that. Watch an older event come again after a newer one.',
    cure: 'Each row is marked right after it is published, so that at most one is sent again. It costs a write for every event instead of one for the batch.',
  },
  F25: {
    title: 'The outbox only grows',
    watch:
      'Published rows are marked and stay. Watch the number of stored rows, and how many of them the relay reads to find the few that are new.',
    cure: 'A job removes what was published a while ago. It costs deletes that the database has to tidy up after, and nobody can look up later what was sent.',
  },
  F30: {
    title: 'A published entry comes back',
    watch:
      'The relay marks an entry of the document without raising its version, while the service holds an older copy. Watch that entry when the service saves its copy.',
    cure: 'Relay and service write under one version check. It costs conflicts between the two: whoever comes second has to load and try again.',
  },
  F31: {
    title: 'The relay overwrites a business change',
    watch:
      'The relay loads the document, the service saves a newer one, and the relay writes its older copy over it. Watch the campaign’s state, and the newer event.',
    cure: 'The relay’s write fails if the version is no longer the one it has loaded. It costs a second attempt whenever the two meet.',
  },
  F36: {
    title: 'The log is gone before it is read',
    watch:
      'The relay is down for longer than the database keeps its change log. Watch from where it reads on when it is back.',
    cure: 'The log is kept until it has been read. It costs disk, without a limit for as long as the relay is down.',
  },
  F41: {
    title: 'Published while a subscriber is away',
    watch:
      'This bus delivers to whoever is connected, and one subscriber is down at that moment. Watch what the publisher learns of it.',
    cure: 'A queue keeps the message until the subscriber has acknowledged it. It costs storage in the bus, and a message may be delivered twice.',
  },
  F42: {
    title: 'Redelivered while the handler still works',
    watch:
      'The handler takes longer than the bus waits for its acknowledgement, so a second copy is handled beside the first. Nobody has crashed; watch both of them finish.',
    cure: 'The event’s id is written with the effect, under a unique key, so only one of the two can commit. It costs that the effect must live in the same database.',
  },
  F44: {
    title: 'Two consumers race',
    watch:
      'Two consumers share the messages of one subscription. No failure is needed: watch which of two events of a campaign is finished first.',
    cure: 'A single active consumer takes one message after the other. It costs throughput, and a slow message holds up those behind it.',
  },
  F45: {
    title: 'A retry goes to the tail',
    watch:
      'A handler fails once, and the bus puts the message back behind the next one. There is only one consumer and one retry: watch the order.',
    cure: 'The message goes back to the head of its queue. It costs safety against poison: a message that fails every time blocks all others.',
  },
  F46: {
    title: 'A dead letter is sent again too late',
    watch:
      'The handler fails until the message lies among the dead letters, and the campaign’s next event is handled without it. Then a person sends it again: watch which of the two takes effect last.',
    cure: 'The consumer stores the last version of each campaign and ignores what is not newer. It costs a version beside everything it writes, and the hole stays: the old event is never applied.',
  },
  F48: {
    title: 'The old owner of a partition finishes late',
    watch:
      'A slow consumer loses its partition, and the new owner starts again at the committed offset. Watch what is already done when the old one finishes.',
    cure: 'Each event’s id is committed with its effect, so what the new owner has done is not done again. It costs an inbox in the database of the effect.',
  },
  F49a: {
    title: 'The inbox is written first',
    watch:
      'The consumer commits the event’s id, and dies before the effect. Watch what it makes of the message when it is delivered again.',
    cure: 'Id and effect commit together or not at all. It costs that the effect must live in the consumer’s own database: an e-mail or a call can’t join in.',
  },
  F49b: {
    title: 'The inbox is written last',
    watch:
      'The consumer commits the effect, and dies before it stores the event’s id. Watch what it makes of the message when it is delivered again.',
    cure: 'Id and effect commit together or not at all. It costs that the effect must live in the consumer’s own database: an e-mail or a call can’t join in.',
  },
  F50: {
    title: 'The inbox forgets too soon',
    watch:
      'The consumer keeps the ids it has handled for a short time only, and a copy arrives later than that. Watch the inbox when it comes.',
    cure: 'Ids are kept for longer than a copy can be under way, those included that a person sends again. It costs storage.',
  },
};

const texts: Record<SceneId, SceneText> = { ...eventTexts, ...enSagaScenes };

export const enScenes = {
  title: 'Scenes',
  intro:
    'Each is a run that goes wrong, and has the option that mends it. It opens as a new run; the present one is kept.',
  filter: 'Filter scenes',
  none: 'No scene matches.',
  starred: 'See these first',
  notOpened: (id: string) => `${id} was not opened.`,
  groups,
  texts,
  shown: enShown,
  bar: {
    label: (id: string) => `Scene ${id}`,
    standings: { written: '', cured: 'with its cure', changed: 'changed' },
    changed: 'You have changed this run: it is no longer the scene as it is written.',
    cure: (options: string) => `Cure: ${options}`,
    judged: (promise: string, status: string) => `${promise}: ${status}.`,
    again: 'Break it again',
    next: 'Next scene',
    anew: (id: string) => `Open ${id} anew`,
    close: 'Close the scene’s notes',
  },
};

/** What every language says about scenes. */
export type SceneWords = typeof enScenes;

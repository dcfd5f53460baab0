/**
 * What a run is made of. A run is a pure function of its scenario: the same scenario gives the same trace, byte for byte.
 * These shapes are public (files, links, tests): extend them, don't rename them.
 */
import type { Payload } from '../base/payload.ts';

export type Flow = 'campaign' | 'trip' | 'budget';

/** Everything that decides a run. `at` of the inputs never decreases. */
export interface Scenario {
  format: 'sagascope/scenario';
  version: 1;
  title?: string;
  notes?: string;
  flow: Flow;
  /** Missing keys take the flow's defaults. */
  options?: Partial<Options>;
  /** uint32 */
  seed: number;
  inputs: Input[];
  /**
   * Scheduling choices, taken instead of the seed's: entry k answers the k-th moment at which more than one step could
   * come next, as an index into what could, earliest due first (modulo their number). After the last one the seed goes on.
   */
  choices?: number[];
}

/** How the parts of a flow are put together; each key is also a query parameter of the page's address. */
export interface Options {
  publish: 'insideAggregate' | 'afterCommit' | 'outbox';
  outbox: 'table' | 'document';
  relay: 'polling' | 'cursorPolling' | 'logTailing';
  relays: 1 | 2;
  claim: 'none' | 'row' | 'aggregate';
  afterPublish: 'mark' | 'delete' | 'markFirst';
  bus: 'pubsub' | 'queue' | 'log';
  requeue: 'head' | 'tail';
  consumers: 'single' | 'competing';
  /** `version`: the consumer stores the last version it has seen of each aggregate, and ignores what is not newer. */
  inbox: 'none' | 'sameTransaction' | 'before' | 'after' | 'version';
  /** How long inbox ids are kept. */
  dedupWindow: 'endless' | 'short';
  writes: 'serialised' | 'optimistic';
  /**
   * The saga of the flow, or its process manager: not there, without a memory, as the book has it (received events and issued
   * commands are recorded, and nothing is guarded), or with guards by state and token, deadlines and compensation.
   */
  saga: 'none' | 'stateless' | 'eventSourced' | 'guarded';
  /** External services and people answer yes by themselves, or wait for the reader. */
  answers: 'automatic' | 'manual';
  /** The budget flow: one aggregate keeps the rule, two and a saga patch it, or one aggregate holds everything there is. */
  boundary: 'together' | 'apart' | 'tooLarge';
  /** Whether the publisher waits for the bus to say that it has the message. A pub/sub bus never says so. */
  confirm: 'confirmed' | 'none';
  /** Published rows are marked (or deleted) one by one, or the batch at its end. */
  marking: 'each' | 'batch';
  /** What the relay does about a row that the bus refuses. */
  failingRow: 'block' | 'blockAggregate' | 'skip' | 'park';
  /** Polling reads unpublished rows by an index, or looks through the whole table. */
  polling: 'index' | 'scan';
  /** A job that removes rows that were published a while ago. */
  cleanup: 'off' | 'on';
  /** Cursor polling stops short of the first position that an open transaction holds. */
  fence: 'off' | 'on';
  /** How long the database keeps its change log. */
  retention: 'endless' | 'short';
  /** How the relay writes a document: under a version check that it raises, without raising it, or over whatever is there. */
  relayWrites: 'checked' | 'notRaised' | 'unchecked';
  /** A saga's commands leave through its outbox, or are sent by the handler before its state is saved. */
  sending: 'outbox' | 'direct';
  /** A message for an instance that is not there, and that may not start one. */
  notFound: 'discard' | 'retry' | 'create';
  /** How two handlers of one instance are kept apart: by a version check, not at all, or by a lock held from load to save. */
  instances: 'checked' | 'unchecked' | 'locked';
  /** Whether an instance that has ended stays, and so is known to what comes late. */
  finished: 'kept' | 'deleted';
  /** Whether waiting states have a deadline. */
  deadlines: 'on' | 'off';
  /** Whether answers and deadlines must match what the instance waits for now: the attempt, the route, the booking. */
  tokens: 'on' | 'off';
  /** Whether what was booked is cancelled when the trip can't go on. */
  compensation: 'on' | 'off';
  /** Whether a participant remembers a cancellation of what it has never heard of, and then refuses it. */
  tombstones: 'on' | 'off';
  /** Decisions such as the route are read from the history when it is replayed, or made again. */
  planning: 'recorded' | 'recomputed';
  /** A confirmation after the saga has given up: what was confirmed is withdrawn, or accepted. */
  lateSuccess: 'compensate' | 'accept';
  /** A rejection after a confirmation: a person is alerted, or the newest evidence counts. */
  contradiction: 'alert' | 'newestWins';
}

export type { Payload };

/**
 * What the reader did, and when. `at` is integer virtual milliseconds: the input is taken after every step of that time
 * or earlier and before any later one.
 */
export type Input =
  /** `payload.id` names the instance where there are several. */
  | { at: number; kind: 'command'; name: string; payload?: Payload }
  | { at: number; kind: 'failure'; failure: Failure }
  | { at: number; kind: 'intervention'; intervention: Intervention }
  /** Takes back the failure armed by the input with this index, unless it has struck. */
  | { at: number; kind: 'disarm'; input: number }
  /** No more failures; everything restarts; run until nothing is left to do. */
  | { at: number; kind: 'settle' };

/** What a person does to put things right. One that can't be done now is refused, with the reason. */
export type Intervention =
  /** Puts the dead letters of a subscription back at the tail of its queue; or only this one. */
  | { type: 'redrive'; subscription: string; message?: string }
  /** Makes the parked outbox rows unpublished again. */
  | { type: 'unpark' }
  /** Sets a subscription back to this offset of the log, in every partition. */
  | { type: 'replay'; subscription: string; offset: number };

/** What can go wrong. A failure that can't strike at once stays armed until its moment comes. */
export type Failure =
  /** `point` is `before:<effect>` or `after:<effect>`; none means now. Without `restartAfter` (ms) it stays down until settled. */
  | { type: 'crash'; process: string; point?: string; restartAfter?: number }
  | { type: 'restart'; process: string }
  | { type: 'abortTransaction'; process?: string }
  | { type: 'busDown'; for: number }
  | { type: 'refusePublish' }
  | { type: 'loseConfirmation' }
  | { type: 'drop' | 'duplicate' | 'delay' | 'deliverNow'; message?: string; subscription?: string; by?: number }
  | { type: 'consumerFails'; subscription: string; times: number }
  | { type: 'redeliver'; subscription: string }
  | { type: 'rebalance'; subscription: string }
  | { type: 'silence'; service: string }
  | { type: 'expireLease'; process: string }
  | { type: 'slow'; process: string; by: number };

export type FailureType = Failure['type'];

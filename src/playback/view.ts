/**
 * What is true at a step of a trace: the shape of the fold's result. The page draws this and nothing else.
 * Views are immutable and share what did not change, so comparing parts by identity tells what to redraw.
 */
import type { PersistentMap } from '../base/persistent-map.ts';
import type { EventRef, TraceRecord } from '../trace/record.ts';
import type { Failure, Payload } from '../trace/scenario.ts';
import type { LogView, QueueView } from './bus-view.ts';
import type { OutboxView } from './outbox-view.ts';
import type { SagaView } from './saga-view.ts';

export type * from './bus-view.ts';
export type * from './outbox-view.ts';
export type * from './saga-view.ts';

/** A part of the diagram: 'user', 'service', 'database', 'relay', 'relay-2', 'bus', 'consumer:adServing', … */
export type Part = string;

export interface View {
  /** How many records are folded: the step the page shows. */
  readonly length: number;
  /** Virtual time of the last folded record. */
  readonly at: number;
  readonly last: TraceRecord | null;
  readonly processes: Readonly<Record<string, ProcessView>>;
  readonly tables: Readonly<Record<string, TableView>>;
  readonly outbox: OutboxView;
  /** By subscription. */
  readonly queues: Readonly<Record<string, QueueView>>;
  /** The bus as a log; null until its first record, and where it is none. */
  readonly log: LogView | null;
  readonly bus: { readonly up: boolean; readonly downUntil: number | null };
  /** The transaction of each process that began or ended last. */
  readonly transactions: Readonly<Record<string, TransactionView>>;
  readonly subscribers: Readonly<Record<string, SubscriberView>>;
  /** Failures that wait for their moment, oldest first. */
  readonly armed: readonly ArmedView[];
  /** What is under way at this step; some may have arrived at a later time of the same step. */
  readonly flights: readonly Flight[];
  /** What was lost and where, newest last, at most eight. */
  readonly fallen: readonly Fallen[];
  /** Committed events that nobody has but the task that still must publish them: what a crash would lose. */
  readonly carried: readonly Carried[];
  /** Every domain event seen so far, by its id. */
  readonly events: PersistentMap<string, EventView>;
  /** The newest commands, oldest first, at most twenty. */
  readonly commands: readonly CommandView[];
  readonly sagas: SagaView;
  readonly settling: boolean;
  /** True from `run.settled` until the next input. */
  readonly settled: boolean;
}

export interface ProcessView {
  readonly up: boolean;
  /** While down: since when, and when it restarts by itself, if it does. */
  readonly downSince: number | null;
  readonly restartAt: number | null;
  /** Extra milliseconds for each of its effects. */
  readonly slowBy: number;
  /** The newest task that runs here: the last of `tasks`. */
  readonly task: TaskView | null;
  /** Every task that runs here, oldest first. */
  readonly tasks: readonly TaskView[];
  readonly crashes: number;
}

export interface TaskView {
  readonly task: string;
  readonly handler: string;
  /** The effect it is at: begun, and performed at `until`. */
  readonly effect: string | null;
  readonly until: number | null;
  /** It waits for another transaction on the same aggregate. */
  readonly waiting: boolean;
}

export interface TableView {
  readonly name: string;
  readonly rows: PersistentMap<string | number, RowView>;
  /** The largest numeric key so far; 0 where keys are not numbers. */
  readonly lastNumber: number;
  /** Keys that are not numbers, the last written first; at most 200, so that no table need be looked through. */
  readonly recent: readonly (string | number)[];
  /** Its rows are documents with an outbox of their own, in the field `outbox`; or one of them has been. */
  readonly documents: boolean;
}

export interface RowView {
  readonly key: string | number;
  readonly row: Payload;
  /** `seq` of the commit that wrote it last; -1 for a row that was there when the run started. */
  readonly writtenBy: number;
}

export interface TransactionView {
  readonly transactionId: string;
  readonly process: string;
  readonly status: 'open' | 'committed' | 'aborted';
  readonly reason: string | null;
  /** Tables it writes; known once it ended. */
  readonly tables: readonly string[];
  /** Keys of the rows it wrote, as `table/key`. */
  readonly rows: readonly string[];
  readonly since: number;
  /** Virtual time of commit or abort. */
  readonly endedAt: number | null;
}

export interface SubscriberView {
  /** Handlers started, effects applied, deliveries ignored: because the event was known, or its version not newer. */
  readonly handled: number;
  readonly applied: number;
  readonly ignored: number;
  /** Those among the ignored whose version was not newer. */
  readonly stale: number;
  /** Events whose effect was applied more than once. */
  readonly doubled: readonly string[];
  readonly lastSummary: string | null;
  readonly lastAt: number | null;
  /** What it has had of each event, by the event's id. */
  readonly events: PersistentMap<string, ReceptionView>;
}

/** How often one event was queued for a subscription, sent on its way, and applied there. */
export interface ReceptionView {
  readonly queued: number;
  readonly sent: number;
  readonly applied: number;
}

export interface ArmedView {
  /** Index of the input that armed it. */
  readonly input: number;
  readonly failure: Failure;
  readonly since: number;
}

export type FlightKind = 'command' | 'event' | 'load' | 'commit' | 'fetch' | 'mark' | 'acknowledge' | 'apply';

export interface Flight {
  /** Unique while it flies. */
  readonly id: string;
  readonly kind: FlightKind;
  readonly from: Part;
  readonly to: Part;
  /** A domain event's type, a command's name, or the effect's name. */
  readonly label: string;
  readonly at: number;
  readonly until: number;
  readonly task: string | null;
  readonly eventId: string | null;
  /** The message that travels, where the bus has given it a name: what a failure can be aimed at. */
  readonly message: string | null;
  /** Whose message it is. */
  readonly subscription: string | null;
  /** Of the log, where it comes from one. */
  readonly partition: number | null;
  /** 2 for the second time this event goes this way, and so on. */
  readonly copy: number;
}

/** A message that died: on the way (`progress` of the edge `from`→`to`) or inside a part (`from` and `to` are the same). */
export interface Fallen {
  readonly id: string;
  readonly kind: FlightKind;
  readonly label: string;
  readonly from: Part;
  readonly to: Part;
  /** 0 to 1 */
  readonly progress: number;
  readonly at: number;
  readonly seq: number;
  readonly reason: FallenReason;
}

/**
 * `offline`, `overflow`: by pub/sub, because nobody was there or the memory was full. `overwritten`: it was in the outbox of
 * a document, and another version of the document was written over it.
 */
export type FallenReason = 'crash' | 'refused' | 'dropped' | 'offline' | 'overflow' | 'overwritten' | 'serviceDown';

export interface Carried {
  readonly eventId: string;
  readonly task: string;
}

export interface EventView extends EventRef {
  /** Its transaction: still open, committed or rolled back. */
  readonly transaction: 'open' | 'committed' | 'aborted';
  readonly accepted: number;
  /** The bus refused it, and its publisher does not know: it is taken for published. */
  readonly unnoticed: boolean;
  /** `seq` of the record that made it known. */
  readonly seq: number;
}

export interface CommandView {
  readonly commandId: string;
  /** The task that handles it, once it has arrived. */
  readonly task: string | null;
  readonly name: string;
  /** The service, or a participant. */
  readonly to: string;
  readonly at: number;
  readonly status: 'sent' | 'received' | 'handled' | 'rejected' | 'refused' | 'killed';
  readonly reason: string | null;
}

/** The view as a fold over the trace: each field by a table of its own, from the kind of a record to its change. */
import type { FlowParts } from '../trace/control.ts';
import type { TraceRecord } from '../trace/record.ts';
import { foldFields, type Fold } from '../verdicts/fold.ts';
import { armedChanges, commandChanges } from './commands.ts';
import { eventChanges } from './events.ts';
import { carriedChanges, fallenChanges } from './fallen.ts';
import { flightChanges } from './flights.ts';
import { logChanges } from './log.ts';
import { outboxChanges } from './outbox.ts';
import { processChanges } from './processes.ts';
import { queueChanges } from './queues.ts';
import { sagaChanges } from './sagas.ts';
import { emptyView } from './start.ts';
import { subscriberChanges } from './subscribers.ts';
import { tableChanges } from './tables.ts';
import { transactionChanges } from './transactions.ts';
import type { View } from './view.ts';

export { emptyView } from './start.ts';

const stop = (): boolean => false;

const stepFields = foldFields<View>({
  processes: processChanges,
  tables: tableChanges,
  outbox: outboxChanges,
  queues: queueChanges,
  log: logChanges,
  bus: {
    'bus.wentDown': (_, { until }) => ({ up: false, downUntil: until }),
    'bus.cameUp': () => ({ up: true, downUntil: null }),
  },
  transactions: transactionChanges,
  subscribers: subscriberChanges,
  armed: armedChanges,
  flights: flightChanges,
  fallen: fallenChanges,
  carried: carriedChanges,
  events: eventChanges,
  commands: commandChanges,
  sagas: sagaChanges,
  // a failure ends the settling before it is through; a command is carried out within it
  settling: {
    'run.settling': () => true,
    'run.settled': stop,
    'failure.armed': stop,
    'failure.struck': stop,
    'failure.refused': stop,
  },
});

/**
 * The view after one more record. The view it was given stays as it was; what the record does not concern is shared. A
 * record of an unknown kind counts as a step, and so ends a rest; it changes nothing else.
 */
export function fold(view: View, record: TraceRecord): View {
  const changed = stepFields(view, record);
  // one copy a record: where a field has changed, `changed` is this step's own already
  const next: { -readonly [F in keyof View]: View[F] } = changed === view ? { ...view } : changed;
  next.length++;
  next.at = record.at;
  next.last = record;
  next.settled = record.kind === 'run.settled';
  return next;
}

/** The fold of views for a flow, to be sought like any other. */
export const viewFold = (parts: FlowParts): Fold<View> => ({ start: emptyView(parts), step: fold });

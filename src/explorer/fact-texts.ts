/**
 * The facts that promises are judged by, as text that is equal where the same promises can still break. Left out is what
 * only words a reason: who, when and why.
 */
import { pop, type Heap } from '../base/persistent-heap.ts';
import type { PersistentMap } from '../base/persistent-map.ts';
import type { EventFacts } from '../verdicts/event-history.ts';
import type { Facts, Reception, RowWriter } from '../verdicts/facts.ts';
import type { InstanceFacts, SagaFacts } from '../verdicts/saga-facts.ts';
import { canonical } from './canonical.ts';

/** What is asked about a subscription, by whose name the keys of its facts begin. */
type Wanted = (key: string) => boolean;

/** The text of what is known of transactions, the outbox and the relays. `now`: virtual ms. */
export function publishingText(facts: Facts, now: number): string {
  const { busUp, transactions, events, outbox, relay, claims, reads, written, commanded, boundary } = facts;
  return [
    busUp,
    texts(transactions, ({ outcome, process }) => (isPlumber(process) ? null : outcome)),
    texts(events, eventText),
    texts(outbox.waiting, ({ state }) => state),
    keysOf(outbox.published),
    texts(outbox.rows, (eventId) => eventId),
    canonical(outbox.documents),
    String(relay.cursor),
    canonical(relay.ahead),
    texts(claims.held, ({ process, until, era }) =>
      until > now && era === (claims.eras.get(process) ?? 0) ? process : null,
    ),
    // what was read is judged by whether it is still the newest
    texts(reads, (read) =>
      canonical(
        read.map(({ key, write }) => [key, written.has(key) && write === written.get(key)!.seq, written.has(key)]),
      ),
    ),
    texts(commanded, (_, key) => (isPlumber(key.replace(/^(task |tx-)/, '')) ? null : '')),
    canonical(boundary),
  ].join('|');
}

/** The text of what is known of sagas: what their promises ask, and not what only words a reason. */
export function sagasText({
  instances,
  commands,
  outstanding,
  asked,
  holdings,
  cancelled,
  calling,
  ...rest
}: SagaFacts): string {
  return [
    texts(instances, instanceText),
    texts(commands, ({ recorded, name, to, token, task }) =>
      [recorded, name, to, token, !recorded && calling.has(task)].join(','),
    ),
    keysOf(outstanding),
    canonical(asked),
    texts(
      holdings,
      ({ things, cancelled: gone }) => `${things.map(({ thing, token }) => `${thing} ${token}`).join()} ${gone}`,
    ),
    keysOf(cancelled),
    canonical(calling),
    canonical(rest.tracked),
    canonical(rest.open),
    keysOf(rest.activated),
  ].join('|');
}

function instanceText(instance: InstanceFacts): string {
  const { version, state, waiting, ended, endedBefore, calledOff, stored, completed, context, timers, accepted } =
    instance;
  const flags = [version, state, waiting, ended, endedBefore, calledOff, stored, completed];
  return [flags.join(','), canonical(context), canonical(timers), canonical(accepted)].join(';');
}

/** The text of what is asked of the other side by those behind the bus: which events there are, and what became of them. */
export const eventsText = ({ transactions, events }: Facts): string =>
  [
    texts(transactions, ({ outcome, process }) => (isPlumber(process) ? null : outcome)),
    texts(events, ({ ref, committed, accepted }) =>
      [identityText(ref), committed !== null, accepted !== null].join(','),
    ),
  ].join('|');

/** The text of what is known of messages, subscriptions and effects; of `wanted` subscriptions only. */
export function receivingText(facts: Facts, wanted: Wanted): string {
  const { receptions, handling, newest, missing, unapplied, dead, open, partitions, inbox, forgotten, effects } = facts;
  const { unresolved, gaps } = facts;
  const of = (text: (value: never) => string) => (value: unknown, key: string) =>
    wanted(key) ? text(value as never) : null;
  return [
    texts(receptions, of(receptionText)),
    texts(newest, of(newestText)),
    texts(
      missing,
      of(() => ''),
    ),
    texts(
      unapplied,
      of(() => ''),
    ),
    texts(gaps, of(heapText)),
    texts(handling, ({ subscription, message }) => (wanted(`${subscription}\n`) ? message : null)),
    texts(
      dead,
      of(() => ''),
    ),
    texts(open, ({ subscription }, message) => (wanted(`${subscription}\n`) ? message : null)),
    texts(
      partitions,
      of(({ end, committed }: { end: { offset: number } | null; committed: number }) => `${end?.offset},${committed}`),
    ),
    texts(
      inbox,
      of(() => ''),
    ),
    texts(
      forgotten,
      of(() => ''),
    ),
    texts(
      effects.rows,
      of(({ last }: { last: RowWriter }) => writersText(last)),
    ),
    texts(
      effects.doubled,
      of(() => ''),
    ),
    texts(
      effects.unbacked,
      of(() => ''),
    ),
    texts(unresolved, ({ subscription }) => (wanted(`${subscription}\n`) ? '' : null)),
  ].join('|');
}

const isPlumber = (process: string): boolean => /^(relay|consumer|cleaner)/.test(process);

const identityText = ({ eventType, aggregateId, aggregateVersion, transactionId }: EventFacts['ref']): string =>
  `${eventType} ${aggregateId} ${aggregateVersion} ${transactionId}`;

const eventText = ({ ref, committed, accepted, handedOver, row, tooLarge }: EventFacts): string =>
  [
    identityText(ref),
    committed !== null,
    accepted !== null,
    handedOver,
    row === null ? '' : `${row.position},${row.place},${row.finished},${row.parked !== null}`,
    tooLarge !== null,
  ].join(',');

const receptionText = ({ handled, applied, appended, ignored, dropped, finished }: Reception): string =>
  [handled !== null, applied !== null, Math.min(appended, 2), ignored?.seen, dropped !== null, finished].join(',');

const newestText = ({
  handled,
  applied,
}: {
  handled: { version: number } | null;
  applied: { version: number } | null;
}) => `${handled?.version},${applied?.version}`;

/** What is in a heap, whatever its shape. */
function heapText(heap: Heap<string> | null): string {
  const all: string[] = [];
  for (let rest = heap; rest !== null; rest = pop(rest)) all.push(`${rest.rank} ${rest.value}`);
  return all.join(',');
}

/** Who wrote a row, newest first; each once, as the last one and those before are all that is asked. */
function writersText(last: RowWriter): string {
  const ids: string[] = [];
  for (let writer: RowWriter | null = last; writer !== null; writer = writer.before)
    if (!ids.includes(writer.ref.eventId)) ids.push(writer.ref.eventId);
  const [newest, ...before] = ids;
  return `${newest};${before.sort().join(',')}`;
}

const keysOf = <V>(map: PersistentMap<string, V>): string => texts(map, () => '');

function texts<K extends string | number, V>(
  map: PersistentMap<K, V>,
  text: (value: V, key: string) => string | null,
): string {
  const all: string[] = [];
  map.forEach((value, key) => {
    const said = text(value, String(key));
    if (said !== null) all.push(`${key}=${said}`);
  });
  return all.sort().join(';');
}

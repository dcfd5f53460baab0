/**
 * The partitioned log, as data: records are appended and stay. Each subscription is a group of consumers that share the
 * partitions out among them; for each partition it has a position, up to where it has read, and a committed offset, up to
 * where it has said that it is done. Whoever takes a partition over starts at the committed offset. No record is
 * acknowledged by itself: one that can't be handled blocks its partition.
 * After Apache Kafka: key to partition, consumer groups, rebalance, the commit of a former owner turned down.
 */
import { assert } from '../../base/assert.ts';
import { hashString } from '../../base/hash.ts';
import type { Envelope } from '../../messaging/envelope.ts';

/** How many partitions a log has. */
export const partitionCount = 2;

/** Chosen so that the campaigns of the examples, 123 and 124, are in different partitions. */
const keySeed = 2;

/** The partition of an aggregate: all its events are in one, so their order is kept. */
export const partitionFor = (aggregateId: string): number => hashString(aggregateId, keySeed) % partitionCount;

export interface LogRecord {
  readonly event: Envelope;
  /** What each subscription calls it. */
  readonly messages: Readonly<Record<string, string>>;
  /** `seq` of the record that says it was appended. */
  readonly cause: number;
}

/** A partition as one group reads it. */
export interface Share {
  readonly owner: string;
  /** The owner went down, and nobody has taken over yet. */
  readonly orphaned: boolean;
  /** Offset of the record to read next. */
  readonly position: number;
  /** All records before this offset are done with. */
  readonly committed: number;
  /** The record at the position is on its way to the owner. */
  readonly travels: boolean;
  /** Virtual ms; the record at the position is not tried again before. */
  readonly notBefore: number;
  /** Records before `below` are read again because of the record `cause`. */
  readonly again: { readonly below: number; readonly cause: number };
  /** How often each record was delivered, by offset. */
  readonly attempts: readonly number[];
}

/** A handler that runs. */
export interface Handling {
  readonly task: string;
  readonly consumer: string;
  readonly partition: number;
  readonly offset: number;
  /**
   * Whether its commit counts. Not where it is a zombie: its partition was given away or set back behind its back; nor
   * where it was replaced by a new member in its own process, which does not wait for it.
   */
  readonly standing: 'member' | 'zombie' | 'replaced';
}

/** A subscription: a group of consumers. */
export interface Group {
  readonly subscription: string;
  readonly members: readonly string[];
  /** By partition. */
  readonly shares: readonly Share[];
  readonly handling: readonly Handling[];
}

export interface Log {
  /** The records of each partition, by offset. */
  readonly partitions: readonly (readonly LogRecord[])[];
  readonly groups: Readonly<Record<string, Group>>;
}

const indices = Array.from({ length: partitionCount }, (_, index) => index);

/** The member that a partition belongs to at first. */
export const firstOwner = ({ members }: Pick<Group, 'members'>, partition: number): string =>
  members[partition % members.length]!;

const newShare = (owner: string): Share => ({
  owner,
  orphaned: false,
  position: 0,
  committed: 0,
  travels: false,
  notBefore: 0,
  again: { below: 0, cause: 0 },
  attempts: [],
});

/** A log with nothing in it. `groups`: the members of each subscription. */
export const emptyLog = (groups: Readonly<Record<string, readonly string[]>>): Log => ({
  partitions: indices.map(() => []),
  groups: Object.fromEntries(
    Object.entries(groups).map(([subscription, members]) => {
      const shares = indices.map((partition) => newShare(firstOwner({ members }, partition)));
      return [subscription, { subscription, members, shares, handling: [] }];
    }),
  ),
});

/** Appends a record to the partition of its aggregate. */
export function append(log: Log, record: LogRecord): Log {
  const partition = partitionFor(record.event.aggregateId);
  return { ...log, partitions: log.partitions.map((all, index) => (index === partition ? [...all, record] : all)) };
}

/** The offset that the next record of a partition will have. */
export const endOf = ({ partitions }: Log, partition: number): number => partitions[partition]?.length ?? 0;

/** The partition's record at the offset. @throws Error where there is none */
export function recordAt({ partitions }: Log, partition: number, offset: number): LogRecord {
  const record = partitions[partition]?.[offset];
  assert(record, `a record at offset ${offset} of partition ${partition}`);
  return record;
}

/** The group's share of a partition. @throws Error where there is none */
export function shareOf({ shares }: Group, partition: number): Share {
  const share = shares[partition];
  assert(share, `a partition ${partition}`);
  return share;
}

function change(group: Group, partition: number, to: Partial<Share>): Group {
  return { ...group, shares: group.shares.map((share, index) => (index === partition ? { ...share, ...to } : share)) };
}

/** Whether a consumer can take a record: none is on its way to it, and it is handling none. */
export const isFree = ({ shares, handling }: Group, consumer: string): boolean =>
  !shares.some(({ owner, travels }) => owner === consumer && travels) &&
  !handling.some((other) => other.consumer === consumer && other.standing !== 'replaced');

/** Whether nobody works on a partition. */
export const isQuiet = (group: Group, partition: number): boolean =>
  !shareOf(group, partition).travels && handlingOf(group, partition) === undefined;

/** The handler that works on a partition for its owner. */
export const handlingOf = ({ handling }: Group, partition: number): Handling | undefined =>
  handling.find((other) => other.partition === partition && other.standing === 'member');

/**
 * The partition from which a consumer reads next, given that it is `now`: of its own that have more, the one whose record
 * is oldest. Or the time at which there is one; null where it has read everything.
 */
export function next(log: Log, group: Group, consumer: string, now: number): { partition: number } | number | null {
  let oldest: { partition: number; cause: number } | null = null;
  let soonest: number | null = null;
  for (const [partition, { owner, orphaned, position, notBefore }] of group.shares.entries()) {
    const record = log.partitions[partition]?.[position];
    if (owner !== consumer || orphaned || !record) continue;
    if (notBefore > now) soonest = Math.min(soonest ?? Infinity, notBefore);
    else if (oldest === null || record.cause < oldest.cause) oldest = { partition, cause: record.cause };
  }
  return oldest ? { partition: oldest.partition } : soonest;
}

/** The group with the records passed over that are not for its subscription: of a topic it does not read. */
export function passOver(log: Log, group: Group): Group {
  const unheard = (partition: number, offset: number): boolean => {
    const record = log.partitions[partition]?.[offset];
    return record !== undefined && record.messages[group.subscription] === undefined;
  };
  if (!group.shares.some(({ position }, partition) => unheard(partition, position))) return group;
  const shares = group.shares.map((share, partition) => {
    let { position, committed } = share;
    while (unheard(partition, position)) {
      if (committed === position) committed++;
      position++;
    }
    return { ...share, position, committed };
  });
  return { ...group, shares };
}

/** The record at the position is on its way to the owner. */
export const dispatch = (group: Group, partition: number): Group => change(group, partition, { travels: true });

/** What is on its way does not arrive. */
export const recall = (group: Group, partition: number): Group => change(group, partition, { travels: false });

/** The record at the position has arrived, and `task` handles it: the position moves on. */
export function deliver(
  group: Group,
  partition: number,
  task: string,
): { group: Group; offset: number; attempt: number } {
  const { owner, position: offset, attempts: before } = shareOf(group, partition);
  const attempt = (before[offset] ?? 0) + 1;
  // records that were passed over have no attempts
  const length = Math.max(before.length, offset + 1);
  const attempts = Array.from({ length }, (_, i) => (i === offset ? attempt : (before[i] ?? 0)));
  const handled = change(group, partition, { travels: false, position: offset + 1, attempts });
  const handling: Handling = { task, consumer: owner, partition, offset, standing: 'member' };
  return { group: { ...handled, handling: [...group.handling, handling] }, offset, attempt };
}

/** The handler of a task has ended, or died. */
export function end(group: Group, task: string): { group: Group; ended: Handling | null } {
  const ended = group.handling.find((other) => other.task === task);
  if (!ended) return { group, ended: null };
  return { group: { ...group, handling: group.handling.filter((other) => other !== ended) }, ended };
}

/** The task commits the offset of its record. Null where its commit is ignored. */
export function commit(group: Group, task: string): { group: Group; committed: Handling | null } {
  const { group: rest, ended } = end(group, task);
  if (ended?.standing !== 'member') return { group: rest, committed: null };
  return { group: change(rest, ended.partition, { committed: ended.offset + 1 }), committed: ended };
}

/** Sets a partition's position back. What is on its way does not arrive, and who handles it now becomes a zombie. */
export function setBack(
  group: Group,
  partition: number,
  to: Partial<Pick<Share, 'position' | 'committed' | 'notBefore'>>,
  cause: number,
): Group {
  const { committed, position, again } = shareOf(group, partition);
  const back = { position: committed, notBefore: 0, ...to };
  const below = Math.max(position, again.below);
  return depose(change(group, partition, { ...back, travels: false, again: { below, cause } }), partition, 'zombie');
}

/** Gives a partition to a consumer, who starts at the committed offset. */
export function assign(group: Group, partition: number, owner: string, cause: number): Group {
  const { owner: before } = shareOf(group, partition);
  const deposed = depose(group, partition, before === owner ? 'replaced' : 'zombie');
  return change(setBack(deposed, partition, {}, cause), partition, { owner, orphaned: false });
}

function depose(group: Group, partition: number, standing: Handling['standing']): Group {
  const current = handlingOf(group, partition);
  if (!current) return group;
  return {
    ...group,
    handling: group.handling.map((other) => (other === current ? { ...other, standing } : other)),
  };
}

/** A consumer went down: nobody reads its partitions for now. */
export function orphan(group: Group, consumer: string): Group {
  const shares = group.shares.map((share) =>
    share.owner === consumer ? { ...share, orphaned: true, travels: false } : share,
  );
  return { ...group, shares };
}

/** Why the record at a partition's position is read: it was appended, or something made the group read it again. */
export function causeOf(log: Log, group: Group, partition: number): number {
  const { position, again } = shareOf(group, partition);
  return position < again.below ? again.cause : recordAt(log, partition, position).cause;
}

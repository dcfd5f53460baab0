/** Which relay may publish what: claims on rows or on all of an aggregate's rows, and how they end. */
import type { Options } from '../trace/scenario.ts';
import type { Claim, ClaimFacts, Facts } from './facts.ts';
import type { Changes } from './fold.ts';

/** What is claimed: the row at a position, or the aggregate. */
export const claimKey = (claim: Options['claim'], position: number, aggregateId: string): string =>
  claim === 'row' ? `row ${position}` : `aggregate ${aggregateId}`;

/** A row or an aggregate, and its key. */
interface Claimed {
  readonly key: string;
  readonly position?: number;
  readonly aggregateId?: string;
}

/** What a record of a claim names. */
export const claimedIn = ({ positions, aggregates }: { positions: number[]; aggregates?: string[] }): Claimed[] =>
  aggregates?.map((aggregateId) => ({ key: claimKey('aggregate', 0, aggregateId), aggregateId })) ??
  positions.map((position) => ({ key: claimKey('row', position, ''), position }));

/** The claim that counts at virtual time `at`: neither ended, nor past its time, nor given back. */
export function claimAt({ held, eras }: ClaimFacts, key: string, at: number): Claim | null {
  const claim = held.get(key);
  if (claim === undefined || at >= claim.until) return null;
  return claim.era === (eras.get(claim.process) ?? 0) ? claim : null;
}

/** How claims change. */
export const claimChanges: Changes<ClaimFacts, Facts> = {
  'outbox.claimed': ({ held, eras }, record) => {
    const { process, until } = record;
    const claim = { process, until, era: eras.get(process) ?? 0 };
    return { held: claimedIn(record).reduce((all, { key }) => all.set(key, claim), held), eras };
  },
  'outbox.released': (claims, { process, aggregates }) =>
    end(claims, process, claimedIn({ positions: [], aggregates })),
  'outbox.leaseExpired': ({ held, eras }, { process }) => ({
    held,
    eras: eras.set(process, (eras.get(process) ?? 0) + 1),
  }),
  'outbox.marked': finished,
  'outbox.deleted': finished,
};

function end({ held, eras }: ClaimFacts, process: string, claimed: readonly Claimed[]): ClaimFacts {
  const rest = claimed.reduce((all, { key }) => (all.get(key)?.process === process ? all.delete(key) : all), held);
  return { held: rest, eras };
}

/** A row that is published is nobody's any more, whoever marked it. */
function finished(claims: ClaimFacts, { position, document }: { position: number; document?: string }): ClaimFacts {
  const held = document === undefined ? claims.held.delete(claimKey('row', position, '')) : claims.held;
  return held === claims.held ? claims : { held, eras: claims.eras };
}

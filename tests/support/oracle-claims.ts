/** The oracle on claims: S14. */
import type { RecordOf } from '../../src/trace/record.ts';
import type { Reading } from './oracle-reading.ts';

type Claimed = RecordOf<'outbox.claimed'>;
type Thing = { position: number } | { aggregate: string };

const things = ({ positions, aggregates }: Claimed): Thing[] =>
  aggregates ? aggregates.map((aggregate) => ({ aggregate })) : positions.map((position) => ({ position }));

const same = (a: Thing, b: Thing): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Who holds a thing when this record is written; null where nobody does. */
function holder(all: Reading, thing: Thing, now: { seq: number; at: number }): string | null {
  const claim = all
    .of('outbox.claimed')
    .filter((claimed) => claimed.seq < now.seq && things(claimed).some((one) => same(one, thing)))
    .at(-1);
  if (!claim || now.at >= claim.until) return null;
  const between = ({ seq }: { seq: number }): boolean => seq > claim.seq && seq < now.seq;
  const { process } = claim;
  const ended =
    all.of('outbox.leaseExpired').some((expired) => between(expired) && expired.process === process) ||
    all
      .of('outbox.released')
      .some(
        (released) =>
          between(released) &&
          released.process === process &&
          'aggregate' in thing &&
          released.aggregates.includes(thing.aggregate),
      ) ||
    [...all.of('outbox.marked'), ...all.of('outbox.deleted')].some(
      (finished) =>
        between(finished) &&
        finished.document === undefined &&
        'position' in thing &&
        finished.position === thing.position,
    );
  return ended ? null : process;
}

/** S14 is violated: claimed twice, or published by one who does not hold it. */
export function claimsBroken(all: Reading): boolean {
  const { claim } = all.judged.options;
  const claimedTwice = all.of('outbox.claimed').some((claimed) =>
    things(claimed).some((thing) => {
      const other = holder(all, thing, claimed);
      return other !== null && other !== claimed.process;
    }),
  );
  const unheld = [...all.of('relay.published'), ...all.of('bus.confirmationLost')].some((published) => {
    const row = all
      .of('outbox.appended')
      .filter(({ eventId, seq }) => eventId === published.eventId && seq < published.seq)
      .at(-1);
    if (!row) return false;
    const thing = claim === 'row' ? { position: row.position } : { aggregate: published.aggregateId };
    return holder(all, thing, published) !== published.process;
  });
  return claimedTwice || unheld;
}

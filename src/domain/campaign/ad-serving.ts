/** The subscriber that serves and stops advertisements. Doing it twice changes nothing; doing it in the wrong order does. */
import type { Reaction } from '../../messaging/effects.ts';
import type { Envelope } from '../../messaging/envelope.ts';

/** What ad serving writes about an event: one row of `ads` for each location. */
export function serveAds(event: Envelope): Reaction {
  const serving = event.type === 'CampaignActivated';
  const locations = Array.isArray(event.payload['locations']) ? (event.payload['locations'] as string[]) : [];
  return {
    summary: serving ? 'adsServed' : 'adsStopped',
    writes: locations.map((location) => ({
      op: 'put',
      table: 'ads',
      row: {
        id: `${event.aggregateId}/${location}`,
        campaign: event.aggregateId,
        location,
        status: serving ? 'SERVING' : 'STOPPED',
        version: event.aggregateVersion,
      },
    })),
  };
}

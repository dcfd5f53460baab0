/** The subscriber that writes invoices: an effect that is wrong when it is doubled. */
import type { Reaction } from '../../messaging/effects.ts';
import type { Envelope } from '../../messaging/envelope.ts';

/** What is charged for an event, in whole units of money. */
export const fees: Readonly<Record<string, number>> = { CampaignActivated: 100, CampaignDeactivated: 40 };

/** What billing writes about an event: one more invoice. */
export function writeInvoice(event: Envelope): Reaction {
  const activated = event.type === 'CampaignActivated';
  return {
    summary: activated ? 'activationBilled' : 'deactivationBilled',
    writes: [
      {
        op: 'append',
        table: 'invoices',
        row: {
          campaign: event.aggregateId,
          item: activated ? 'activation' : 'final settlement',
          amount: fees[event.type] ?? 0,
          event: event.id,
        },
      },
    ],
  };
}

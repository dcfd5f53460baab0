/** What no message bus of ours takes. */
import { canonical } from '../../base/canonical.ts';
import type { Envelope } from '../../messaging/envelope.ts';

/** The largest payload, in UTF-16 code units of its canonical JSON. Real ones allow some hundred kilobytes. */
export const maxMessageSize = 1024;

/** Whether an event's payload is larger than the bus takes. */
export const isTooLarge = ({ payload }: Envelope): boolean => canonical(payload).length > maxMessageSize;

/** Where relays that go by a position store it. */

/** The key of the row: one for all relays, as they run the same code. */
export const positionKey = 'relay';

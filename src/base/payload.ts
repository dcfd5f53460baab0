/** What messages and rows carry: plain JSON under names. */
export type Payload = { [key: string]: unknown };

/** Which part a saga, or a process manager, has in a flow under its options: for the simulation, the verdicts and the page alike. */
import type { Flow, Options } from './scenario.ts';

/** Whether one takes part. In the budget flow one is needed only where the rule is kept apart. */
export const hasSaga = ({ saga, boundary }: Options, flow: Flow): boolean =>
  saga !== 'none' && (flow !== 'budget' || boundary === 'apart');

/** Whether it keeps instances, and does not only react. */
export const keepsInstances = (options: Options, flow: Flow): boolean =>
  hasSaga(options, flow) && options.saga !== 'stateless';

/** Whether the relay sends its commands: they leave through an outbox. */
export const sendsByRelay = (options: Options, flow: Flow): boolean =>
  keepsInstances(options, flow) && options.sending === 'outbox';

/** Short words for telling a run with a saga or a process manager. */
import { simulate } from '../../src/simulation/simulate.ts';
import type { Failure, Flow, Input, Options, Payload } from '../../src/trace/scenario.ts';
import type { Trace } from '../../src/trace/trace.ts';
import { all } from './story.ts';

/** The reader sends a command. `at` in virtual ms. */
export const send = (name: string, at = 0, payload: Payload = {}): Input => ({ at, kind: 'command', name, payload });

/** Books a trip. */
export const book = (at = 0, payload: Payload = { destination: 'Seoul' }): Input => send('BookTrip', at, payload);

/** A service does what it is told once, and says nothing. */
export const silence = (service: string): Failure => ({ type: 'silence', service });

/** Runs the inputs of a flow, put into the order of their times. */
export const playFlow = (flow: Flow, options: Partial<Options>, ...inputs: Input[]): Trace =>
  simulate({
    format: 'sagascope/scenario',
    version: 1,
    flow,
    seed: 3,
    options,
    inputs: inputs.sort((a, b) => a.at - b.at),
  });

/** The states an instance went through, in order. */
export const states = (trace: Trace, instance: string): string[] =>
  all(trace, 'saga.moved').flatMap((record) => (record.instance === instance ? [record.to] : []));

/** What participants have done, in order: 'booked f1', 'cancelled f1', … */
export const deeds = (trace: Trace): string[] =>
  all(trace, 'participant.executed').map(({ effect, token }) => `${effect} ${token}`);

/** Why messages were ignored, in order: 'RouteConfirmed unexpected', … */
export const ignored = (trace: Trace): string[] =>
  all(trace, 'saga.ignored').map(({ received, reason }) => `${received.type} ${reason}`);

/** What the reader has asked about what else could become of a run, and the answers. They stay when the tab is left. */
import { equalJson } from '../../base/canonical.ts';
import type { ExploreAnswer, Fate, Strike } from '../../trace/exploration.ts';
import type { TraceRecord } from '../../trace/record.ts';
import type { Scenario } from '../../trace/scenario.ts';
import type { Run } from '../run.ts';
import { tellingRecord } from '../verify/telling.ts';
import { Inquiry, type Reading } from './inquiry.svelte.ts';
import { momentsOf, noReturnIn, type NoReturn } from './no-return.ts';
import type { Searched } from './outlook.ts';

/** Where in which run something was asked. */
export interface Moment {
  readonly scenario: Scenario;
  /** How many records were shown. */
  readonly step: number;
}

interface OutlookAsked extends Moment {
  readonly failures: number;
  /** The promises that are judged in the run, and the records that have broken some. */
  readonly judged: readonly string[];
  readonly brokenAt: Readonly<Record<string, number | undefined>>;
}

interface FatesAsked extends Moment {
  readonly promise: string;
  readonly failures: number;
  readonly moments: readonly number[];
  /** All moments of the run are among them. */
  readonly all: boolean;
  /** What was known of the run. */
  readonly records: readonly TraceRecord[];
}

/** States after which the search ahead is given up, and after which the share of one moment is. */
const mostStates = { ahead: 1_000_000, share: 20_000 } as const;

function readSearch(answer: ExploreAnswer): Reading<Searched> | null {
  if (answer.type === 'progress') return { told: { progress: answer.progress, report: null }, done: false };
  if (answer.type !== 'explored') return null;
  const { report } = answer;
  return { told: { progress: { states: report.states, broken: {} }, report }, done: true };
}

/** Where the point of no return of a run is marked. */
export interface Mark {
  readonly promise: string;
  readonly record: TraceRecord;
}

export class WhatIf {
  readonly #run: Run;
  readonly outlook = new Inquiry<OutlookAsked, Searched>(readSearch);
  readonly strikes = new Inquiry<Moment, readonly Strike[]>((answer) =>
    answer.type === 'strikes' ? { told: answer.strikes, done: answer.done } : null,
  );
  readonly fates = new Inquiry<FatesAsked, readonly Fate[]>((answer) =>
    answer.type === 'fates' ? { told: answer.fates, done: answer.done } : null,
  );

  constructor(run: Run) {
    this.#run = run;
  }

  // no derivations: one that is made while a component is set up would end with it

  /** Where the point of no return lies that was asked for last. Reactive, as the mark is. */
  get noReturn(): NoReturn {
    const { about, told } = this.fates;
    return about && told ? noReturnIn(about.moments, told) : { status: 'open' };
  }

  /** The record at which it lies; null where it lies at none, or nobody knows at which. */
  get decisive(): TraceRecord | null {
    const { noReturn } = this;
    const { about } = this.fates;
    if (!about?.all || noReturn.status !== 'found' || noReturn.before === null) return null;
    return tellingRecord(about.records.slice(noReturn.before, noReturn.at)) ?? null;
  }

  /** The mark it has among the records, as long as its run is on show. */
  get mark(): Mark | null {
    const { about } = this.fates;
    const record = about && this.isAboutThisRun(about) ? this.decisive : null;
    return about && record && { promise: about.promise, record };
  }

  /** Whether this was asked about the run on show. Reactive. */
  isAboutThisRun(asked: Moment | null): boolean {
    const { scenario } = this.#run;
    return asked !== null && (asked.scenario === scenario || equalJson(asked.scenario, scenario));
  }

  /** Looks ahead from the step shown: every order, and so many failures at most. `make` makes a worker, as in the others. */
  lookAhead(make: () => Worker, failures: number): void {
    const { scenario, cursor: step, verdicts } = this.#run;
    const judged = Object.keys(verdicts);
    const brokenAt = Object.fromEntries(judged.map((key) => [key, verdicts[key]!.at]));
    const from = { scenario, records: step };
    const request = { ...explored(scenario), failures, maxStates: mostStates.ahead, from };
    this.outlook.ask(make, { scenario, step, failures, judged, brokenAt }, { type: 'explore', request });
  }

  /** Strikes every failure at the step shown. */
  strikeAll(make: () => Worker): void {
    const { scenario, cursor: step } = this.#run;
    this.strikes.ask(make, { scenario, step }, { type: 'strikes', request: { scenario, records: step } });
  }

  /** Asks along the whole run what may become of a promise. */
  seekNoReturn(make: () => Worker, promise: string, failures: number): void {
    const { scenario, records } = this.#run;
    const { moments, all } = momentsOf(records);
    const request = { scenario, promise, moments, failures, maxStates: mostStates.share };
    const about = { scenario, step: records.length, promise, failures, moments, all, records };
    this.fates.ask(make, about, { type: 'fates', request });
  }

  /** Ends all that is under way. */
  stop(): void {
    this.outlook.stop();
    this.strikes.stop();
    this.fates.stop();
  }
}

const explored = ({ flow, options }: Scenario) => ({
  flow,
  ...(options && { options }),
});

const asked = new WeakMap<Run, WhatIf>();

/** What was asked about the runs of a page. */
export function whatIfOf(run: Run): WhatIf {
  let found = asked.get(run);
  if (!found) asked.set(run, (found = new WhatIf(run)));
  return found;
}

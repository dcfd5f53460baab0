/** A run without a worker, for component tests: every input is simulated to its end at once, and nothing plays. */
import { Judgement } from '../../../src/playback/judgement.ts';
import { Playback } from '../../../src/playback/timeline.ts';
import type { Missing } from '../../../src/playback/missing.ts';
import type { View } from '../../../src/playback/view.ts';
import { partsOf } from '../../../src/simulation/flow.ts';
import { machinesOf } from '../../../src/simulation/saga/settings.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import { completed } from '../../../src/trace/defaults.ts';
import { changeOptions } from '../../../src/trace/option-rules.ts';
import type { FlowParts, StorageState } from '../../../src/trace/control.ts';
import type { TraceRecord } from '../../../src/trace/record.ts';
import type { Failure, Flow, Input, Intervention, Options, Payload, Scenario } from '../../../src/trace/scenario.ts';
import type { Verdicts } from '../../../src/trace/trace.ts';
import type { ImportOutcome, Problem, Rebuilt, Run, Speed } from '../../../src/ui/run.ts';

type NewInput = Input extends infer I ? (I extends Input ? Omit<I, 'at'> : never) : never;

export class StillRun implements Run {
  scenario: Scenario = $state.raw({ format: 'sagascope/scenario', version: 1, flow: 'campaign', seed: 1, inputs: [] });
  cursor = $state(0);
  playing = $state(false);
  speed = $state<Speed>(1);
  link = $state<Run['link']>('running');
  storage = $state.raw<StorageState | null>({ kind: 'memory', reason: 'asked' });
  earlier = $state.raw<Run['earlier']>([]);
  outcome: ImportOutcome = { ok: true, differsFrom: null, recordedBy: null };
  readonly incomplete = false;
  readonly readBack = null;
  readonly problem = null;
  readonly refused = null;
  readonly #playback = $derived.by(() => {
    const playback = new Playback(this.parts);
    if (this.scenario.inputs.length > 0) playback.append(simulate(this.scenario).records);
    return playback;
  });
  readonly #judgement = $derived(new Judgement(this.parts, this.#playback.records));

  constructor(options: Partial<Options> = {}, flow: Flow = 'campaign') {
    this.scenario = { ...this.scenario, flow, options };
  }

  get options(): Options {
    return completed(this.scenario.flow, this.scenario.options);
  }
  get parts(): FlowParts {
    return partsOf(this.options, this.scenario.flow, machinesOf(this.scenario.flow, this.options));
  }
  get records(): readonly TraceRecord[] {
    return this.#playback.records;
  }
  get view(): View {
    return this.#playback.viewAt(this.cursor);
  }
  get verdicts(): Verdicts {
    return this.#judgement.at(this.cursor);
  }
  get missing(): readonly Missing[] {
    return this.#judgement.missingAt(this.cursor, this.view);
  }
  get time(): number {
    return this.records[this.cursor - 1]?.at ?? 0;
  }
  get atEnd(): boolean {
    return this.cursor === this.records.length;
  }
  get idle(): boolean {
    return this.atEnd && !this.playing;
  }

  rebuilt: Rebuilt | null = null;
  rebuild(): Promise<Rebuilt | null> {
    return Promise.resolve(this.rebuilt);
  }
  chainOf(seq: number): readonly TraceRecord[] {
    return this.#playback.chainOf(seq);
  }
  send(name: string, payload: Payload = {}): void {
    this.#take({ kind: 'command', name, payload });
  }
  fail(failure: Failure): void {
    this.#take({ kind: 'failure', failure });
  }
  intervene(intervention: Intervention): void {
    this.#take({ kind: 'intervention', intervention });
  }
  disarm(input: number): void {
    this.#take({ kind: 'disarm', input });
  }
  settle(): void {
    this.#take({ kind: 'settle' });
  }
  reset(): void {
    this.scenario = { ...this.scenario, inputs: [] };
    this.cursor = 0;
  }
  setOption<K extends keyof Options>(key: K, value: Options[K]): void {
    this.setOptions({ [key]: value });
  }
  setOptions(change: Partial<Options>): void {
    this.scenario = { ...this.scenario, options: changeOptions(this.scenario.options, change, this.scenario.flow) };
    this.last();
  }
  openScenario(scenario: Scenario, { from = 0 }: { play: boolean; from?: number }): Promise<Problem | null> {
    this.scenario = scenario;
    this.seek(from);
    return Promise.resolve(null);
  }
  resetOptions(): void {
    this.scenario = { ...this.scenario, options: {} };
    this.last();
  }
  setSeed(seed: number): void {
    this.scenario = { ...this.scenario, seed };
    this.last();
  }
  returnTo(): void {}
  play(): void {
    this.playing = true;
  }
  pause(): void {
    this.playing = false;
  }
  setSpeed(speed: Speed): void {
    this.speed = speed;
  }
  stepForward(): void {
    this.seek(this.cursor + 1);
  }
  stepBack(): void {
    this.seek(this.cursor - 1);
  }
  nextInteresting(): void {
    this.seek(this.#playback.nextInteresting(this.cursor, 'forward'));
  }
  first(): void {
    this.cursor = 0;
  }
  last(): void {
    this.cursor = this.records.length;
  }
  seek(cursor: number): void {
    this.cursor = Math.max(0, Math.min(cursor, this.records.length));
  }
  exportTrace(): Promise<{ name: string; text: string }> {
    return Promise.resolve({ name: 'run.sagascope.json', text: '{}' });
  }
  importTrace(): Promise<ImportOutcome> {
    return Promise.resolve(this.outcome);
  }
  shareLink(): Promise<string> {
    return Promise.resolve('https://example.test/#v1=abc');
  }

  #take(input: NewInput): void {
    const at = this.records.at(-1)?.at ?? 0;
    this.scenario = { ...this.scenario, inputs: [...this.scenario.inputs, { ...input, at }] };
    this.last();
  }
}

/** A run in which the relay died between publish and mark, and billing charged twice. */
export function brokenRun(): StillRun {
  const run = new StillRun();
  run.fail({ type: 'crash', process: 'relay', point: 'before:markPublished', restartAfter: 1500 });
  run.send('ActivateCampaign');
  run.settle();
  return run;
}

/** The cursor behind the first record of a kind. */
export function after(run: StillRun, kind: TraceRecord['kind']): number {
  return run.records.findIndex((record) => record.kind === kind) + 1;
}

/** So many commands on two campaigns, one after the other, and what fails before them. */
export function busyRun(options: Partial<Options>, commands: number, ...before: Input[]): StillRun {
  const run = new StillRun(options);
  const inputs = Array.from({ length: commands }, (_, index): Input => {
    const name = index % 4 < 2 ? 'ActivateCampaign' : 'DeactivateCampaign';
    return { at: 100 + index * 1400, kind: 'command', name, payload: { id: index % 2 ? '124' : '123' } };
  });
  run.scenario = { ...run.scenario, inputs: [...before, ...inputs] };
  run.last();
  return run;
}

/** Commands of a flow with a saga, every so often, and what fails before them. */
export function flowRun(
  flow: Flow,
  options: Partial<Options>,
  commands: readonly Command[],
  ...before: Input[]
): StillRun {
  const run = new StillRun(options, flow);
  const inputs = commands.map(([name, payload = {}, after = 1600], index): Input => ({
    at: 100 + index * after,
    kind: 'command',
    name,
    payload,
  }));
  run.scenario = { ...run.scenario, inputs: [...before, ...inputs].sort((a, b) => a.at - b.at) };
  run.last();
  return run;
}

/** A command's name, its payload, and after how many ms for each before it. */
export type Command = readonly [name: string, payload?: Payload, after?: number];

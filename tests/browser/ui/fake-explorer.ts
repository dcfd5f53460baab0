/** Workers that explore nothing and answer what a test tells them to. */
import { explore } from '../../../src/explorer/explore.ts';
import { fatesOf } from '../../../src/explorer/fate.ts';
import { strikesIn } from '../../../src/explorer/strikes.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import { completed } from '../../../src/trace/defaults.ts';
import type {
  ExploreAnswer,
  ExploreControl,
  ExploreReport,
  ExploreRequest,
  ExploreVerdict,
} from '../../../src/trace/exploration.ts';
import type { Scenario } from '../../../src/trace/scenario.ts';
import { promises } from '../../../src/verdicts/promises.ts';

type Question = Exclude<ExploreControl, { type: 'stop' }>;

const holds: ExploreVerdict = { status: 'holds' };

function drained<Found>(search: Generator<unknown, Found>): Found {
  for (;;) {
    const next = search.next();
    if (next.done) return next.value;
  }
}

/** One that waits: the test says what it answers. */
export class FakeWorker {
  onmessage: ((event: { data: ExploreAnswer }) => void) | null = null;
  onerror: ((event: { message: string; preventDefault(): void }) => void) | null = null;
  onmessageerror: (() => void) | null = null;
  ended = false;
  readonly asked: { id: number; request: ExploreRequest }[] = [];
  /** All it was asked, of whatever kind. */
  readonly questions: Question[] = [];

  postMessage(control: ExploreControl): void {
    if (control.type === 'stop') return;
    this.questions.push(control);
    if (control.type === 'explore') this.asked.push(control);
  }
  terminate(): void {
    this.ended = true;
  }

  get last(): { id: number; request: ExploreRequest } {
    return this.asked.at(-1)!;
  }
  /** Answers what it was asked last. */
  answer(broken: Record<string, ExploreVerdict> = {}, states = 4711, more: Partial<ExploreReport> = {}): void {
    const { id, request } = this.last;
    const options = completed(request.flow, request.options);
    const judged = promises.filter((promise) => promise.applies?.(options, request.flow) ?? true);
    const verdicts = Object.fromEntries(judged.map(({ id }) => [id, broken[id] ?? holds]));
    this.say({ type: 'explored', id, report: { verdicts, states, transitions: states, complete: true, ...more } });
  }
  /** Answers what it was asked last as the real one does, whatever the kind, up to the end or so many answers. */
  answerReally(most = Infinity): void {
    const asked = this.questions.at(-1)!;
    const { type, id } = asked;
    if (type === 'explore') {
      this.say({ type: 'explored', id, report: drained(explore(asked.request)) });
      return;
    }
    const search = type === 'fates' ? fatesOf(asked.request) : strikesIn(asked.request);
    for (let answers = 0; answers < most; answers++) {
      const next = search.next();
      const done = next.done === true;
      this.say({ type, id, [type]: next.value, done } as unknown as ExploreAnswer);
      if (done) return;
    }
  }
  progress(states: number, broken: Record<string, ExploreVerdict> = {}): void {
    const progress = { states, transitions: states, failures: 1, depth: 3, broken };
    this.say({ type: 'progress', id: this.last.id, progress });
  }
  fail(message: string): void {
    this.say({ type: 'failed', id: this.questions.at(-1)!.id, message });
  }
  die(message: string): void {
    this.onerror?.({ message, preventDefault: () => {} });
  }
  say(data: ExploreAnswer): void {
    this.onmessage?.({ data });
  }
}

/** All workers made in a test, in their order. */
export class FakeExplorers {
  readonly all: FakeWorker[] = [];
  readonly make = (): Worker => {
    const worker = new FakeWorker();
    this.all.push(worker);
    return worker as unknown as Worker;
  };

  /** Those that have something in hand. */
  get busy(): FakeWorker[] {
    return this.all.filter(({ ended, asked }) => !ended && asked.length > 0);
  }
  /** Answers until nobody asks any more. `broken`: what each row breaks. */
  answerAll(broken: (request: ExploreRequest) => Record<string, ExploreVerdict> = () => ({})): void {
    for (let worker = this.busy[0]; worker; worker = this.busy[0]) worker.answer(broken(worker.last.request));
  }
}

/** The relay dies between publish and mark, and an effect comes twice. Where there is no relay, an event is lost. */
export function doubled(request: ExploreRequest): Record<string, ExploreVerdict> {
  const { publish = 'outbox' } = request.options ?? {};
  if (publish !== 'outbox') return { delivered: { status: 'broken', failures: 1, steps: 5 } };
  const scenario: Scenario = {
    format: 'sagascope/scenario',
    version: 1,
    flow: 'campaign',
    ...(request.options && { options: request.options }),
    seed: 1,
    inputs: [
      {
        at: 0,
        kind: 'failure',
        failure: { type: 'crash', process: 'relay', point: 'before:markPublished', restartAfter: 1500 },
      },
      { at: 0, kind: 'command', name: 'ActivateCampaign' },
      { at: 9000, kind: 'settle' },
    ],
  };
  const { records, verdicts } = simulate(scenario);
  const verdict = verdicts['effectAtMostOnce'];
  if (verdict?.status !== 'broken') return {};
  const told = { records: records.slice(0, verdict.at! + 1), verdict };
  return { effectAtMostOnce: { status: 'broken', failures: 1, steps: 12, scenario, told } };
}

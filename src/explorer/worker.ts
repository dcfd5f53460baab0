/** The worker that explores: a slice at a time, so that it can be told to stop, and never without saying how far it is. */
import type { ExploreAnswer, ExploreControl, Fate, Strike } from '../trace/exploration.ts';
import { explore } from './explore.ts';
import { fatesOf } from './fate.ts';
import { strikesIn } from './strikes.ts';

type Asked = Exclude<ExploreControl, { type: 'stop' }>;

interface Run {
  readonly id: number;
  /** Says how far it is with every slice, and in the end what it has found. */
  readonly slices: Generator<ExploreAnswer, ExploreAnswer>;
}

let run: Run | null = null;
const turns = new MessageChannel();

const tell = (answer: ExploreAnswer): void => postMessage(answer);

const failed = (id: number, error: unknown): void =>
  tell({ type: 'failed', id, message: error instanceof Error ? error.message : String(error) });

function* slicesOf(asked: Asked): Generator<ExploreAnswer, ExploreAnswer> {
  const { type, id } = asked;
  switch (type) {
    case 'explore': {
      const search = explore(asked.request);
      let next = search.next();
      for (; !next.done; next = search.next()) yield { type: 'progress', id, progress: next.value };
      return { type: 'explored', id, report: next.value };
    }
    case 'fates': {
      let fates: readonly Fate[] = [];
      for (fates of fatesOf(asked.request)) yield { type, id, fates, done: false };
      return { type, id, fates, done: true };
    }
    case 'strikes': {
      let strikes: readonly Strike[] = [];
      for (strikes of strikesIn(asked.request)) yield { type, id, strikes, done: false };
      return { type, id, strikes, done: true };
    }
  }
}

/** Works for a slice, then lets messages in. */
function goOn(): void {
  if (run === null) return;
  const { id, slices } = run;
  try {
    const next = slices.next();
    if (next.done) run = null;
    else turns.port2.postMessage(null);
    tell(next.value);
  } catch (error) {
    run = null;
    failed(id, error);
  }
}

turns.port1.onmessage = goOn;

onmessage = ({ data }: MessageEvent<ExploreControl>) => {
  const works = run !== null;
  run = data.type === 'stop' ? null : { id: data.id, slices: slicesOf(data) };
  if (!works) goOn();
};

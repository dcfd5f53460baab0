/** The worker that explores: a slice at a time, so that it can be told to stop, and never without saying how far it is. */
import type { ExploreAnswer, ExploreControl, ExploreProgress, ExploreReport } from '../trace/exploration.ts';
import { explore } from './explore.ts';

interface Run {
  readonly id: number;
  readonly search: Generator<ExploreProgress, ExploreReport>;
}

let run: Run | null = null;
const turns = new MessageChannel();

const tell = (answer: ExploreAnswer): void => postMessage(answer);

const failed = (id: number, error: unknown): void =>
  tell({ type: 'failed', id, message: error instanceof Error ? error.message : String(error) });

/** Works for a slice, then lets messages in. */
function goOn(): void {
  if (run === null) return;
  const { id, search } = run;
  try {
    const next = search.next();
    if (!next.done) {
      tell({ type: 'progress', id, progress: next.value });
      turns.port2.postMessage(null);
      return;
    }
    run = null;
    tell({ type: 'explored', id, report: next.value });
  } catch (error) {
    run = null;
    failed(id, error);
  }
}

turns.port1.onmessage = goOn;

onmessage = ({ data }: MessageEvent<ExploreControl>) => {
  const works = run !== null;
  run = data.type === 'stop' ? null : { id: data.id, search: explore(data.request) };
  if (!works) goOn();
};

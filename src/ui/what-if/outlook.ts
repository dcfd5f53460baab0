/** What can still become of a run: its promises, by what can happen to them from one moment on. */
import type { ExploreProgress, ExploreReport, ExploreVerdict } from '../../trace/exploration.ts';
import { guarded } from '../promises.ts';

/** What a search has said: how far it is, and in the end what it found. */
export interface Searched {
  readonly progress: Pick<ExploreProgress, 'states' | 'broken'>;
  readonly report: ExploreReport | null;
}

/** A promise that can still be broken. */
export interface Breakable {
  readonly key: string;
  readonly verdict: ExploreVerdict;
  /** By itself it is no alarm: what it guards against cannot happen. */
  readonly harmless: boolean;
}

/** The promises, each in one of these. */
export interface Outlook {
  /** Broken before that moment. */
  readonly already: readonly string[];
  /** What matters first; of that, by fewest failures, then by fewest steps. */
  readonly breakable: readonly Breakable[];
  /** Not broken in any state seen; but not all were seen. */
  readonly unknown: readonly string[];
  readonly safe: readonly string[];
}

/** Divides the promises that are judged by what was found; a search that was stopped has left open what it has not broken. */
export function outlookOf(judged: readonly string[], { progress, report }: Searched): Outlook {
  const found = report?.verdicts ?? progress.broken;
  const verdictOf = (key: string): ExploreVerdict => found[key] ?? { status: 'unknown' };
  const keys = report ? judged.filter((key) => key in found) : judged;
  const such = (status: ExploreVerdict['status']) => keys.filter((key) => verdictOf(key).status === status);
  const isHarmless = (key: string): boolean =>
    guarded[key]?.every((other) => !keys.includes(other) || verdictOf(other).status === 'holds') ?? false;
  const broken = such('broken').map((key) => ({ key, verdict: verdictOf(key), harmless: isHarmless(key) }));
  return {
    already: broken.filter(({ verdict }) => isAlready(verdict)).map(({ key }) => key),
    breakable: broken.filter(({ verdict }) => !isAlready(verdict)).sort((a, b) => rankOf(a) - rankOf(b)),
    unknown: such('unknown'),
    safe: such('holds'),
  };
}

const isAlready = ({ failures, steps, scenario }: ExploreVerdict): boolean =>
  failures === 0 && steps === 0 && scenario === undefined;

const rankOf = ({ harmless, verdict: { failures = 0, steps = 0 } }: Breakable): number =>
  Number(harmless) * 1e12 + failures * 1e6 + steps;

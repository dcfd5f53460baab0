/** What a relay has beside its task: claims that run out, and a place in the outbox or the log. */
import type { ClaimsView, Part, View } from '../../../playback/view.ts';
import type { Options } from '../../../trace/scenario.ts';
import type { StageLate } from '../../i18n/en-stage-late.ts';
import { timeLeft } from '../time-left.ts';

interface Held {
  what: string[];
  /** The first of them to run out. */
  until: number;
}

type ByRelay = Map<Part, Held>;
const known = new WeakMap<ClaimsView, ByRelay>();

/** What each relay has claimed. Claims never change, so they are gone through once. */
function heldIn(claims: ClaimsView): ByRelay {
  let held = known.get(claims);
  if (held) return held;
  known.set(claims, (held = new Map<Part, Held>()));
  const all: ByRelay = held;
  const note = (what: string, { process, until }: { process: Part; until: number }) => {
    const before = all.get(process) ?? { what: [], until };
    all.set(process, { what: [...before.what, what], until: Math.min(before.until, until) });
  };
  const byNumber = [...claims.rows.keys()].sort((a, b) => a - b);
  for (const position of byNumber) note(String(position), claims.rows.get(position)!);
  claims.aggregates.forEach((claim, id) => note(id, claim));
  return all;
}

/** A line about a relay; `broken`: something is lost. */
export interface RelayLine {
  text: string;
  broken?: boolean;
}

/** The lines about a relay, the most telling first. `time`: null where no time is to run down in them. */
export function relayLines(
  part: Part,
  view: View,
  options: Options,
  time: number | null,
  words: StageLate,
): RelayLine[] {
  const { outbox } = view;
  const w = words.relay;
  const lines: RelayLine[] = [];
  const relay = outbox.relays[part];
  if (outbox.historyLost?.process === part) lines.push({ text: w.lost(outbox.historyLost.first), broken: true });
  if (options.relay !== 'polling') lines.push({ text: w.at(relay?.position ?? outbox.position) });
  if (relay && relay.fence !== null) lines.push({ text: w.stopped(relay.fence) });
  const held = heldIn(outbox.claims).get(part);
  if (held) {
    const left = time === null ? null : timeLeft(held.until, time);
    lines.push(left !== 0 ? { text: w.holds(held.what, left) } : { text: w.ranOut(held.what), broken: true });
  }
  return lines;
}

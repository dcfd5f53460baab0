/** Which instance the stage shows, and what is to be said of it. */
import type { InstanceView, ParticipantView, ThingView, View } from '../../../playback/view.ts';
import type { StageFlowWords } from '../../i18n/en-stage-flows.ts';

/** The instance that has done something last; of those that are still open, where there are any such. */
export function shownInstance({ sagas }: View): InstanceView | null {
  let newest: InstanceView | null = null;
  for (const id of sagas.order) {
    const one = sagas.instances.get(id);
    if (one && (!newest || lastSeq(one) >= lastSeq(newest))) newest = one;
  }
  return newest;
}

const lastSeq = ({ last, lastIgnored }: InstanceView): number => Math.max(last.seq, lastIgnored?.seq ?? 0);

/** What happened to an instance last: what it took, or what it passed over. */
export function lastWords(one: InstanceView, words: StageFlowWords): { text: string; ignored: boolean } {
  const { last, lastIgnored } = one;
  if (lastIgnored && lastIgnored.seq > last.seq)
    return { text: words.ignored(lastIgnored.type, words.reasons[lastIgnored.reason]), ignored: true };
  return { text: words.moved(last.type, last.from, last.to), ignored: false };
}

/** What went wrong with an instance, in the order of its weight. */
export function troubles(one: InstanceView, words: StageFlowWords): string[] {
  return [one.starts > 1 ? words.startedTwice : '', one.conflicts > 0 ? words.conflicts(one.conflicts) : ''].filter(
    Boolean,
  );
}

/** The thing as its participant and the page call it: by the token of the command, where it has one. */
export const thingName = ({ token, thing, instance }: ThingView): string =>
  token !== '' && token !== instance ? token : thing || instance;

/** Whether an answer is a yes: those that are a no say so in their type. */
export const isYes = (eventType: string): boolean => !/Rejected|Failed|Refused/.test(eventType);

/** One thing in a few words: what became of it, and what was said about it. */
export function thingWords(thing: ThingView, words: StageFlowWords): string {
  const name = thingName(thing);
  if (thing.effect === 'notified') return words.told(name);
  const answered = thing.answer !== null && (thing.effect === 'asked' || !isYes(thing.answer));
  return answered ? words.answered(name, isYes(thing.answer)) : `${name} ${words.effects[thing.effect]}`;
}

/** What a participant did last, where that is more than what it was asked for. */
export function lastDone({ last }: ParticipantView, words: StageFlowWords): string {
  switch (last?.what) {
    case 'silent':
      return words.participant.silent;
    case 'delayed':
      return words.participant.delayed(last.label);
    case 'dropped':
      return words.participant.dropped(last.label);
    case 'ignored':
      return words.participant.ignored[last.label] ?? '';
    default:
      return '';
  }
}

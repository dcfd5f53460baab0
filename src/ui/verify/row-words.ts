/** What a row is called: by the option its flow is about, and by whatever is off the defaults. */
import { offDefault } from '../../trace/defaults.ts';
import type { Flow, Options } from '../../trace/scenario.ts';
import { wantedChoices } from '../i18n/choices.ts';
import { t } from '../i18n/i18n.svelte.ts';
import { verifyWords } from '../i18n/verify.ts';
import { cureWords } from '../scenes/cure-words.ts';

export interface RowWords {
  readonly title: string;
  /** What else is off the defaults; '' where nothing is. */
  readonly more: string;
}

/** The options that the title says. */
const titled: Readonly<Record<Flow, readonly (keyof Options)[]>> = {
  campaign: ['publish', 'outbox', 'relay', 'afterPublish', 'saga'],
  trip: ['saga'],
  budget: ['boundary'],
};

/** A line may end after the point, not before it. */
const joint = '\u00a0· ';

/** The words of a row, in the reader's language. Reactive. */
export function rowWords(flow: Flow, options: Options): RowWords {
  const left = Object.entries(offDefault(options, flow)).filter(
    ([name]) => !titled[flow].includes(name as keyof Options),
  );
  return { title: titleOf(flow, options), more: cureWords(Object.fromEntries(left)) ?? '' };
}

/** The same in one line. */
export function rowLine(flow: Flow, options: Options): string {
  const { title, more } = rowWords(flow, options);
  return more ? `${title}, ${more}` : title;
}

function titleOf(flow: Flow, options: Options): string {
  const m = t().pattern.options;
  if (flow === 'budget') return wantedChoices()?.fine.boundary.values[options.boundary].name ?? '…';
  const saga = m.saga.values[options.saga].name;
  if (flow === 'trip') return saga;
  const publishing =
    options.publish === 'outbox'
      ? [
          m.outbox.values[options.outbox].name,
          m.relay.values[options.relay].name,
          m.afterPublish.values[options.afterPublish].name,
        ].join(joint)
      : verifyWords().publish(m.publish.values[options.publish].name);
  return options.saga === 'none' ? publishing : `${m.saga.label}: ${saga}${joint}${publishing}`;
}

/** What a choice of options needs said about it, in any language. */
import type { OptionReason } from '../../trace/option-rules.ts';
import type { Options } from '../../trace/scenario.ts';

/** The options whose words are on the first picture. */
export type MainOption = 'publish' | 'outbox' | 'relay' | 'afterPublish' | 'bus' | 'inbox' | 'saga';
/** Those whose words are fetched: they unfold, or are shown where a saga takes part. */
export type FineOption = Exclude<keyof Options, MainOption>;
export type ShownOption = MainOption | FineOption;

/** `label` as there is room for it; `name` where that says too little by itself. */
export interface OptionWords<Value extends string | number> {
  label: string;
  name?: string;
  values: Record<Value, { short: string; name: string }>;
}

export type MainWords = { [K in MainOption]: OptionWords<Options[K]> };
/** The options about sagas among those that are fetched. */
export type SagaOption =
  | 'answers'
  | 'boundary'
  | 'sending'
  | 'notFound'
  | 'instances'
  | 'finished'
  | 'deadlines'
  | 'tokens'
  | 'compensation'
  | 'tombstones'
  | 'planning'
  | 'lateSuccess'
  | 'contradiction';
export type FineWords = { [K in FineOption]: OptionWords<Options[K]> };
export type SagaFineWords = Pick<FineWords, SagaOption>;

/** One line about an option, and one about each of its values. */
export type OptionHints = { [K in ShownOption]: { about: string; values: Record<Options[K], string> } };
export type SagaHints = Pick<OptionHints, SagaOption | 'saga'>;

/** Why a value can't be chosen beside the others. */
export type OptionReasons = Record<OptionReason, string>;

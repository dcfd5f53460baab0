/** What a choice of options needs said about it, in any language. */
import type { OptionReason } from '../../trace/option-rules.ts';
import type { Options } from '../../trace/scenario.ts';

/** The options that the page always shows. */
export type MainOption = 'publish' | 'outbox' | 'relay' | 'afterPublish' | 'bus' | 'inbox';
/** Those that unfold beneath them. */
export type FineOption = Exclude<keyof Options, MainOption | 'saga' | 'answers' | 'boundary'>;
export type ShownOption = MainOption | FineOption;

/** `label` as there is room for it; `name` where that says too little by itself. */
export interface OptionWords<Value extends string | number> {
  label: string;
  name?: string;
  values: Record<Value, { short: string; name: string }>;
}

export type MainWords = { [K in MainOption]: OptionWords<Options[K]> };
export type FineWords = { [K in FineOption]: OptionWords<Options[K]> };

/** One line about an option, and one about each of its values. */
export type OptionHints = { [K in ShownOption]: { about: string; values: Record<Options[K], string> } };

/** Why a value can't be chosen beside the others. */
export type OptionReasons = Record<OptionReason, string>;

/**
 * The query of the page's address: `?flow=campaign&view=play&lang=ko&scene=F08&step=3&embed=1`, and every option by its
 * name. Other tools link to us with these, so the names stay.
 */
import { flows, optionNames, optionValues } from './option-values.ts';
import type { Flow, Options } from './scenario.ts';

export const views = ['play', 'compare', 'verify', 'learn'] as const;
export const languages = ['en', 'ko'] as const;

export interface Address {
  flow?: Flow;
  view?: (typeof views)[number];
  lang?: (typeof languages)[number];
  /** The id of a scene to open; options that are named too lie over its own. */
  scene?: string;
  /** How many records are shown. */
  step?: number;
  /** True in the address of a frame inside another page; not there otherwise. */
  embed?: true;
  options: Partial<Options>;
}

/** A parameter that is passed over: nobody knows its name, or its value, or it is there a second time. */
export interface AddressProblem {
  code: 'unknownName' | 'unknownValue' | 'repeated';
  name: string;
  value: string;
}

const maxShown = 120;

/** Whether a text is made like the id of a scene. Whether there is that scene, only the catalogue knows. */
export const isSceneId = (text: string | undefined): text is string => /^(F\d\d[a-z]?|D6[a-f])$/.test(text ?? '');

/** What a name can be, as it is written. */
const choices: ReadonlyMap<string, readonly (string | number)[]> = new Map(
  Object.entries({ flow: flows, view: views, lang: languages, embed: [1], ...optionValues }),
);

/** Those with more values than can be listed, each with how its value is read. */
const readers: ReadonlyMap<string, (value: string) => unknown> = new Map<string, (value: string) => unknown>([
  ['step', readStep],
  ['scene', (value) => (isSceneId(value) ? value : undefined)],
]);

/** Reads the query of an address, with or without `?`. What it doesn't understand is passed over and named. Never throws. */
export function readAddress(search: string): Address & { problems: AddressProblem[] } {
  const read = new Map<string, unknown>();
  const problems: AddressProblem[] = [];
  for (const [name, value] of new URLSearchParams(search)) {
    const reader = readers.get(name);
    const known = reader !== undefined || choices.has(name);
    const meant = reader ? reader(value) : choices.get(name)?.find((choice) => `${choice}` === value);
    if (known && meant !== undefined && !read.has(name)) read.set(name, name === 'embed' ? true : meant);
    else {
      const code = !known ? 'unknownName' : meant === undefined ? 'unknownValue' : 'repeated';
      problems.push({ code, name: name.slice(0, maxShown), value: value.slice(0, maxShown) });
    }
  }
  const isOption = (name: string) => name in optionValues;
  const address = Object.fromEntries([...read].filter(([name]) => !isOption(name))) as Omit<Address, 'options'>;
  const options = Object.fromEntries([...read].filter(([name]) => isOption(name))) as Partial<Options>;
  return { ...address, options, problems };
}

/**
 * The query for an address, with `?`, its parameters always in the same order; empty if there is nothing to say.
 * `readAddress` gives the same back.
 */
export function writeAddress({ flow, view, lang, scene, step, embed, options = {} }: Partial<Address>): string {
  const all = { flow, view, lang, scene, step, embed: embed ? 1 : undefined };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(all)) if (value !== undefined) query.set(name, `${value}`);
  for (const name of optionNames) if (options[name] !== undefined) query.set(name, `${options[name]}`);
  return query.size === 0 ? '' : `?${query}`;
}

function readStep(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** The page's address and the run's options: each says what the other does. */
import { readAddress, writeAddress } from '../../trace/address.ts';
import { defaultOptions, offDefault } from '../../trace/defaults.ts';
import { optionNames } from '../../trace/option-values.ts';
import type { Options } from '../../trace/scenario.ts';

/** Whether an address that names options means those of a run; one that names none means any. */
export const meansTheSame = (asked: Partial<Options>, options: Partial<Options> = {}): boolean =>
  Object.keys(asked).length === 0 || areEqual(asked, options);

/** Writes the options that differ from the defaults into the address, so that it can be passed on and comes back after a reload. */
export function showInAddress(options: Options): void {
  const { problems: _, step: __, options: asked, ...rest } = readAddress(location.search);
  if (areEqual(asked, options)) return;
  const query = writeAddress({ ...rest, options: offDefault(options) });
  try {
    history.replaceState(null, '', location.pathname + query + location.hash);
  } catch {
    // a browser that counts how often is told too often: the address lags behind, nothing else does
  }
}

function areEqual(first: Partial<Options>, second: Partial<Options>): boolean {
  const [a, b] = [
    { ...defaultOptions, ...first },
    { ...defaultOptions, ...second },
  ];
  return optionNames.every((name) => a[name] === b[name]);
}

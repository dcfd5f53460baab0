/** The page's address and the run on it: each says what the other does. */
import { equalJson } from '../../base/canonical.ts';
import { isSceneId, readAddress, writeAddress, type Address } from '../../trace/address.ts';
import { defaultOptions, offDefault } from '../../trace/defaults.ts';
import { optionNames } from '../../trace/option-values.ts';
import type { Options, Scenario } from '../../trace/scenario.ts';

/** Whether an address means a run: it may name the scene, and options; one that names neither means any run. */
export function meansTheSame({ scene, options: asked }: Address, { title, options }: Scenario): boolean {
  if (scene !== undefined && scene !== title) return false;
  return Object.keys(asked).length === 0 || areEqual(asked, options);
}

/**
 * Writes the scene and the options into the address, so that it can be passed on and comes back after a reload. Beside a
 * scene, which has options of its own, every option that the run names; else those that are off their defaults.
 */
export function showInAddress({ title, options = {} }: Scenario): void {
  const { problems: _, step: __, scene: asked, options: named, ...rest } = readAddress(location.search);
  const scene = isSceneId(title) ? title : undefined;
  if (scene === asked && (scene ? equalJson(named, options) : areEqual(named, options))) return;
  const said = scene ? options : offDefault({ ...defaultOptions, ...options });
  const query = writeAddress({ ...rest, ...(scene && { scene }), options: said });
  try {
    history.replaceState(null, '', location.pathname + query + location.hash);
  } catch {
    // a browser that counts how often is told too often: the address lags behind, nothing else does
  }
}

/** The page's address with the scenario in it. */
export async function shareLink(scenario: Scenario): Promise<string> {
  const { encodeLink } = await import('../../trace/link.ts');
  const { origin, pathname } = location;
  return `${origin}${pathname}${writeAddress({ flow: scenario.flow })}#${await encodeLink(scenario)}`;
}

function areEqual(first: Partial<Options> = {}, second: Partial<Options> = {}): boolean {
  const [a, b] = [
    { ...defaultOptions, ...first },
    { ...defaultOptions, ...second },
  ];
  return optionNames.every((name) => a[name] === b[name]);
}

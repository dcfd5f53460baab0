/** The page's address and the run on it: each says what the other does. */
import { equalJson } from '../../base/canonical.ts';
import { isSceneId, readAddress, writeAddress, type Address } from '../../trace/address.ts';
import { completed, offDefault } from '../../trace/defaults.ts';
import { optionNames } from '../../trace/option-values.ts';
import type { Flow, Options, Scenario } from '../../trace/scenario.ts';

/** Whether an address means a run: it may name the scene, the flow, and options; one that names none of them means any run. */
export function meansTheSame(
  { scene, flow, options: asked }: Address,
  { title, flow: shown, options }: Scenario,
): boolean {
  if (scene !== undefined && scene !== title) return false;
  if (flow !== undefined && flow !== shown) return false;
  if (Object.keys(asked).length === 0) return true;
  // options without a flow are the campaign's, unless a scene says which flow it is
  return (scene ?? flow ?? (shown === 'campaign' || undefined)) !== undefined && areEqual(shown, asked, options);
}

/**
 * Writes the scene, the flow and the options into the address, so that it can be passed on and comes back after a reload.
 * Beside a scene, which has options of its own, every option that the run names; else those that are off their defaults.
 */
export function showInAddress({ title, flow, options = {} }: Scenario): void {
  const {
    problems: _,
    step: __,
    view,
    scene: asked,
    flow: before,
    options: named,
    ...rest
  } = readAddress(location.search);
  const scene = isSceneId(title) ? title : undefined;
  // the campaign is what an address means that names no flow
  const said = flow === 'campaign' && before !== flow ? undefined : flow;
  const same = scene ? equalJson(named, options) : areEqual(flow, named, options);
  // the view that shows runs is the one an address means that names none
  if (view === undefined && scene === asked && said === before && same) return;
  const told = scene ? options : offDefault(completed(flow, options), flow);
  const query = writeAddress({ ...rest, ...(scene && { scene }), ...(said && { flow: said }), options: told });
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

function areEqual(flow: Flow, first: Partial<Options> = {}, second: Partial<Options> = {}): boolean {
  const [a, b] = [completed(flow, first), completed(flow, second)];
  return optionNames.every((name) => a[name] === b[name]);
}

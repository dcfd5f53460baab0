/** What tests of the explorer ask of it. */
import { explore } from '../../src/explorer/explore.ts';
import type { Manner } from '../../src/explorer/prepare.ts';
import type { ExploreReport, ExploreRequest, ExploreVerdict } from '../../src/trace/exploration.ts';
import type { Options } from '../../src/trace/scenario.ts';

/** Two commands on one campaign. */
export const twoCommands = [
  { name: 'ActivateCampaign' },
  { name: 'DeactivateCampaign', payload: { reason: 'budget' } },
];

/** Explores to the end. */
export function explored(request: ExploreRequest, manner?: Manner): ExploreReport {
  const search = explore(request, manner);
  for (;;) {
    const next = search.next();
    if (next.done) return next.value;
  }
}

/** Explores the campaign flow with two commands. */
export const campaign = (
  options: Partial<Options>,
  failures: number,
  { manner, ...rest }: Partial<ExploreRequest> & { manner?: Manner } = {},
): ExploreReport => explored({ flow: 'campaign', options, commands: twoCommands, failures, ...rest }, manner);

/** The verdicts in short: `holds`, or by how many failures and in how many steps a promise is broken. */
export const inShort = ({ verdicts }: ExploreReport): Record<string, string> =>
  Object.fromEntries(Object.entries(verdicts).map(([id, verdict]) => [id, shortly(verdict)]));

const shortly = ({ status, failures, steps }: ExploreVerdict): string =>
  status === 'broken' ? `${failures} in ${steps}` : status;

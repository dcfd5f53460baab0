/**
 * Runs whose hashes are written down: the same in Node and in a browser, today and in the next version. A change of the
 * simulation that changes a run changes these, and that has to be meant: links and files refer to them.
 */
import type { Scenario } from '../../src/trace/scenario.ts';

const base = { format: 'sagascope/scenario', version: 1, flow: 'campaign', seed: 11 } as const;

export const pinned: { scenario: Scenario; hash: string }[] = [
  {
    hash: '1279611773465a',
    scenario: {
      ...base,
      title: 'nothing goes wrong',
      inputs: [
        { at: 0, kind: 'command', name: 'ActivateCampaign' },
        { at: 9000, kind: 'settle' },
      ],
    },
  },
  {
    hash: '0f413c4264fd16',
    scenario: {
      ...base,
      title: 'much goes wrong',
      options: { publish: 'outbox', inbox: 'sameTransaction', writes: 'optimistic' },
      inputs: [
        {
          at: 0,
          kind: 'failure',
          failure: { type: 'crash', process: 'relay', point: 'before:markPublished', restartAfter: 800 },
        },
        { at: 0, kind: 'failure', failure: { type: 'consumerFails', subscription: 'billing', times: 2 } },
        { at: 10, kind: 'command', name: 'ActivateCampaign' },
        { at: 20, kind: 'command', name: 'DeactivateCampaign', payload: { reason: '예산 소진' } },
        { at: 3000, kind: 'failure', failure: { type: 'busDown', for: 1200 } },
        { at: 5000, kind: 'failure', failure: { type: 'duplicate', subscription: 'adServing' } },
        { at: 9000, kind: 'settle' },
      ],
      choices: [1, 0, 2, 1],
    },
  },
];

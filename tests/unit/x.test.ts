import { test } from 'vitest';
import { explore } from '../../src/explorer/explore.ts';
import { simulate } from '../../src/simulation/simulate.ts';
const commands = [{ name: 'ActivateCampaign' }, { name: 'DeactivateCampaign', payload: { reason: 'x' } }];
const go = (options: object, failures: number, show?: string) => {
  const t = performance.now();
  const it = explore({ flow: 'campaign', options, commands, failures, maxStates: 300000 });
  let r = it.next();
  while (!r.done) r = it.next();
  const { verdicts, ...rest } = r.value as any;
  const ms = performance.now() - t;
  console.log(JSON.stringify(options), failures, JSON.stringify(rest), Math.round(ms), 'ms', Object.entries(verdicts).map(([id, v]: any) => v.status === 'broken' ? `${id} ${v.failures}F/${v.steps}${v.scenario ? '' : ' NOT REPLAYED'}` : '').filter(Boolean).join(', '));
  if (show) console.log(JSON.stringify(verdicts[show]), simulate(verdicts[show].scenario).records.map((r: any) => `${r.at} ${r.kind} ${r.process} ${r.effect ?? ''} ${r.eventId ?? ''} ${r.message ?? ''}`).join('\n'), JSON.stringify(simulate(verdicts[show].scenario).verdicts[show]));
};
test('x', () => {
  for (const bus of ['queue', 'pubsub']) for (const o of [{}, { outbox: 'document' }, { relay: 'logTailing' }, {relays: 2, claim: 'row'}, {relays: 2, claim: 'aggregate'}, {relays: 2, claim: 'aggregate', outbox: 'document'}, {relays: 2, outbox: 'document'}]) go({ bus, ...o }, 1);
}, 600000);

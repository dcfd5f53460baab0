import { test } from 'vitest';
import { appendFileSync } from 'node:fs';
import { explore } from '../../src/explorer/explore.ts';
const say = (...a: unknown[]) => appendFileSync('/tmp/x.log', a.join(' ') + '\n');
const commands = [{ name: 'ActivateCampaign' }, { name: 'DeactivateCampaign', payload: { reason: 'x' } }];
const go = (options: object, failures: number, manner?: any) => {
  const t = performance.now();
  const it = explore({ flow: 'campaign', options, commands, failures, maxStates: 1000000 }, manner);
  let r = it.next();
  while (!r.done) r = it.next();
  const { verdicts, ...rest } = r.value as any;
  const ms = performance.now() - t;
  say(JSON.stringify(options), failures, manner ? 'unreduced':'', JSON.stringify(rest), Math.round(ms), 'ms', Object.entries(verdicts).map(([id, v]: any) => v.status === 'broken' ? `${id} ${v.failures}F/${v.steps}${v.scenario ? '' : ' NOT REPLAYED'}` : '').filter(Boolean).join(', '));
};
test('x', () => {
  for (const bus of ['queue', 'log']) for (const o of [{}, {consumers: 'competing'}, { outbox: 'document' }, { relay: 'logTailing' }, {inbox:'sameTransaction'}, {afterPublish:'markFirst'}])  { go({ bus, ...o }, 1); go({ bus, ...o }, 1, { apart: true, halves: false, memo: true }); }
  for (const o of [{}, {relays: 2}, {relays: 2, claim: 'row'}, {relays: 2, claim: 'aggregate'}, {relays: 2, claim: 'aggregate', outbox: 'document'}, {relays: 2, outbox: 'document', consumers: 'competing'}]) for (const f of [1, 2]) go(o, f);
}, 600000);

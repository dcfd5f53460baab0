
import { appendFileSync } from 'node:fs';
import { explore } from '../../src/explorer/explore.ts';
const say = (...a: unknown[]) => console.log(a.join(' '));
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
const [options, failures] = [JSON.parse(process.argv[2]!), Number(process.argv[3])];
go(options, failures, process.argv[4] ? JSON.parse(process.argv[4]) : undefined);

import { test, expect } from 'vitest';
import { simulate } from '../../../src/simulation/simulate.ts';
import { oracle } from '../../support/oracle.ts';
import { verdictFold, judgeAll } from '../../../src/verdicts/judge.ts';
import { Playback } from '../../../src/playback/timeline.ts';
import { emptyView, fold, viewFold } from '../../../src/playback/fold.ts';
const subs = ['adServing', 'billing'];
let x = 12345;
const rnd = (n: number) => { x = (Math.imul(x, 1103515245) + 12345) >>> 0; return (x >>> 8) % n; };
const pick = <T>(a: T[]) => a[rnd(a.length)]!;
const failures = (): any => pick<any>([
  { type: 'crash', process: pick(['service', 'relay', 'consumer:billing', 'consumer:adServing']), ...(rnd(2) ? { point: pick(['before:publish', 'after:publish', 'before:commit', 'after:commit', 'before:apply', 'after:apply', 'before:acknowledge', 'before:markPublished', 'after:markPublished']) } : {}), ...(rnd(2) ? { restartAfter: 100 + rnd(3000) } : {}) },
  { type: 'abortTransaction', ...(rnd(2) ? { process: pick(['service', 'relay', 'consumer:billing']) } : {}) },
  { type: 'busDown', for: 500 + rnd(4000) }, { type: 'refusePublish' }, { type: 'loseConfirmation' },
  { type: 'drop', subscription: pick(subs) }, { type: 'duplicate', subscription: pick(subs) }, { type: 'delay', subscription: pick(subs), by: 1000 + rnd(4000) }, { type: 'deliverNow', subscription: pick(subs) },
  { type: 'consumerFails', subscription: pick(subs), times: 1 + rnd(6) }, { type: 'redeliver', subscription: pick(subs) }, { type: 'slow', process: pick(['relay', 'service']), by: rnd(900) }]);
test('oracle', () => {
  const seen = new Map<string, number>();
  const codes = new Map<string, number>();
  for (let i = 0; i < 1500; i++) {
    const inputs: any[] = [];
    let at = 0;
    const n = 2 + rnd(9);
    for (let k = 0; k < n; k++) {
      at += rnd(2500);
      const w = rnd(10);
      if (w < 4) inputs.push({ at, kind: 'command', name: pick(['ActivateCampaign', 'DeactivateCampaign']), payload: { reason: 'x', ...(rnd(3) ? {} : { id: pick(['123', '7']) }) } });
      else if (w < 9) inputs.push({ at, kind: 'failure', failure: failures() });
      else inputs.push({ at, kind: 'settle' });
    }
    if (rnd(4)) inputs.push({ at: at + rnd(5000), kind: 'settle' });
    const trace = simulate({ format: 'sagascope/scenario', version: 1, flow: 'campaign', seed: i, options: { publish: pick(['outbox', 'outbox', 'afterCommit', 'insideAggregate']), inbox: pick(['none', 'sameTransaction']), writes: pick(['serialised', 'optimistic']) }, inputs });
    const expected = oracle(trace.records, subs);
    const actual = Object.fromEntries(Object.entries(trace.verdicts).map(([k, v]) => [k, v.status]));
    expect(actual, JSON.stringify(inputs)).toEqual(expected);
    for (const [k, v] of Object.entries(trace.verdicts)) { const key = k + ' ' + v.status; seen.set(key, (seen.get(key) ?? 0) + 1); if (v.reason) { const c = v.reason.code + '/' + (v.reason['cause'] ?? ''); if (!codes.has(c)) console.log(v.because); codes.set(c, (codes.get(c) ?? 0) + 1); } }
    const p = new Playback({ processes: ['user', 'service', 'relay', 'bus', 'consumer:adServing', 'consumer:billing'], subscriptions: subs, tables: {} });
    p.append(trace.records);
    const v = p.viewAt(trace.records.length);
    if (v.settled) { if (v.flights.length || v.carried.length || Object.values(v.processes).some((q) => q.tasks.length)) console.log('LEFT', i, JSON.stringify(v.flights), v.carried, JSON.stringify(v.processes)); }
  }
  console.log([...seen].sort().join('\n'), [...codes].sort().join('\n'));
}, 120000);
test('speed', () => {
  const inputs: any[] = [];
  for (let k = 0; k < 400; k++) inputs.push({ at: k * 3000, kind: 'command', name: k % 2 ? 'DeactivateCampaign' : 'ActivateCampaign', payload: { reason: 'x', id: String(k >> 3) } });
  const { records } = simulate({ format: 'sagascope/scenario', version: 1, flow: 'campaign', seed: 1, inputs });
  console.log(records.length);
  for (let round = 0; round < 6; round++) {
    const time = (f: any) => { const t = performance.now(); let s = f.start; for (const r of records) s = f.step(s, r); return ((performance.now() - t) * 1000 / records.length).toFixed(2); };
    const parts = { processes: ['user', 'service', 'relay', 'bus', 'consumer:adServing', 'consumer:billing'], subscriptions: subs, tables: {} };
    console.log('view', time(viewFold(parts)), 'verdicts', time(verdictFold(subs)));
  }
});

/** Parts that only some patterns have: what they are called, what they say, what can be done there. */
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../src/ui/theme/base.css';
import Stage from '../../../src/ui/stage/Stage.svelte';
import type { Input, Options } from '../../../src/trace/scenario.ts';
import { after, busyRun, type StillRun } from './still-run.svelte.ts';
import { drawn } from './drawn.ts';

async function show(options: Partial<Options>, commands: number, ...before: Input[]): Promise<StillRun> {
  const run = busyRun(options, commands, ...before);
  await render(Stage, { run });
  await drawn();
  return run;
}

const part = (name: RegExp) => page.getByRole('button', { name });
const strike = (failure: (Input & { kind: 'failure' })['failure']): Input => ({ at: 0, kind: 'failure', failure });

test('two relays say what each has claimed', async () => {
  const run = await show({ relays: 2, claim: 'row' }, 2, strike({ type: 'slow', process: 'relay', by: 2000 }));
  run.seek(after(run, 'outbox.claimed'));
  await expect.element(part(/^Message relay 2, .*holds 1/)).toBeInTheDocument();
  await expect.element(part(/^Message relay, /)).toBeInTheDocument();
  await expect.element(page.getByText(/^Relay 2 · \d/)).toBeInTheDocument();
});

test('a relay with a cursor says where it is, and rows it has passed over say so', async () => {
  const run = await show({ relay: 'cursorPolling' }, 3);
  await expect.element(part(/^Message relay, .*position 3/)).toBeInTheDocument();
  await expect.element(part(/^Database, .*cursor 3/)).toBeInTheDocument();
  run.seek(after(run, 'outbox.reserved'));
  await expect.element(page.getByText('1 position taken')).toBeInTheDocument();
  await expect.element(part(/^Database, .*positions taken, rows not there yet: 1/)).toBeInTheDocument();
});

test('the clean-up is a part of its own', async () => {
  await show({ cleanup: 'on' }, 1);
  await part(/^Clean-up/).click();
  await expect.element(page.getByRole('dialog', { name: 'What can happen to Clean-up' })).toBeVisible();
  await userEvent.keyboard('{Escape}');
});

test('each of two consumers has a menu, and says what it has', async () => {
  const run = await show({ consumers: 'competing', bus: 'log' }, 4);
  await expect.element(part(/^Message bus, .*partition 0: 2 records, partition 1: 2 records/)).toBeInTheDocument();
  await expect.element(part(/^Billing, .*reads partition 0, up to 2, committed 2/)).toBeInTheDocument();
  await part(/^Billing 2, .*reads partition 1, up to 2, committed 2/).click();
  await page.getByRole('button', { name: 'Billing 2 crashes now' }).click();
  expect(run.scenario.inputs.at(-1)).toMatchObject({ failure: { type: 'crash', process: 'consumer:billing-2' } });
  run.seek(after(run, 'process.crashed'));
  await expect.element(part(/^Billing 2, crashed/)).toBeInTheDocument();
});

test('an empty log has its partitions already', async () => {
  await show({ bus: 'log' }, 0);
  expect(document.querySelectorAll('.board .next')).toHaveLength(2);
  await expect.element(part(/^Message bus, .*partition 0: 0 records/)).toBeInTheDocument();
});

test('pub/sub has no queue, but lines on which something can be lost', async () => {
  await show({ bus: 'pubsub' }, 1);
  await part(/^Line to Billing, nothing kept/).click();
  await expect.element(page.getByRole('button', { name: 'Lose the next message for Billing' })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(part(/queue/)).not.toBeInTheDocument();
});

test('a handler that has lost its message says so', async () => {
  const run = await show({ consumers: 'competing' }, 1, strike({ type: 'redeliver', subscription: 'billing' }));
  run.seek(after(run, 'bus.redelivered'));
  await expect.element(part(/^Billing, .*still handles CampaignActivated, which it has lost/)).toBeInTheDocument();
  await expect.element(page.getByText('still at Activated')).toBeInTheDocument();
});

test('the list says what the picture shows inside its parts', async () => {
  const down = strike({ type: 'crash', process: 'consumer:billing' });
  const run = await show({ relays: 2, claim: 'row' }, 3, down);
  await page.getByRole('button', { name: 'List view' }).click();
  const list = () => document.querySelector('.list')?.textContent ?? '';
  await expect.poll(list).toContain('Queue of Billing');
  expect(list()).toContain('3 CampaignDeactivated, published');
  expect(list()).toContain('CampaignActivated, 123 v2');
  expect(list()).toContain('What Ad serving has written');
  expect(list()).toContain('Message relay 2');
  run.seek(after(run, 'outbox.claimed'));
  await expect.poll(list).toMatch(/1 CampaignActivated, not published, Relay( 2)?/);
});

test('the list tells of logs, positions and memories', async () => {
  const run = await show({ bus: 'log', relay: 'logTailing' }, 4);
  await page.getByRole('button', { name: 'List view' }).click();
  const list = () => document.querySelector('.list')?.textContent ?? '';
  await expect.poll(list).toContain('Partition 0 of the log: next offset 2');
  expect(list()).toContain('0: CampaignActivated, 123 v2');
  expect(list()).toContain('Change log');
  expect(list()).toMatch(/relay at \d+/);
  run.scenario = { ...run.scenario, options: { bus: 'pubsub' } };
  run.seek(after(run, 'bus.delivered'));
  await expect.poll(list).toContain('In the hands of');
});

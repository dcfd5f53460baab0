/** What leads where in the flows with a saga: what arrow keys follow. */
import type { FlowParts } from '../../../trace/control.ts';
import type { Way } from '../roving.ts';
import { handlersOf } from './common.ts';
import { answers, settingOf } from './setting.ts';

/** The ways of a flow, in its order. */
export function waysOf(parts: FlowParts): Way[] {
  const setting = settingOf(parts);
  const { relayed, relays, outbox, flow, cleaner, participants, direct, remembers } = setting;
  const relay: string[] = relays === 2 ? ['relay', 'relay-2'] : relayed ? ['relay'] : [];
  const publishes = flow !== 'trip' && outbox;
  const askers = direct ? handlersOf(setting) : relay.slice(0, 1);
  const all: Way[] = [
    ...(flow === 'campaign' && !outbox ? [['service', 'bus'] as const] : []),
    ['service', 'database'],
    ...relay.flatMap((one): Way[] => [['database', one], ...(publishes ? [[one, 'bus'] as const] : [])]),
    ...(cleaner ? [['database', 'cleaner'] as const] : []),
    // a trip may begin with its service asking somebody itself
    ...(flow === 'trip' && direct ? participants.map((name): Way => ['service', name]) : []),
    ...(direct || !remembers ? [] : askers.flatMap((asker) => participants.map((name): Way => [asker, name]))),
    ...participants.filter(answers).map((name): Way => [name, 'bus']),
    ...afterBus(parts),
    ...(direct ? askers.flatMap((asker) => participants.map((name): Way => [asker, name])) : []),
  ];
  return all;
}

/** What leads from the bus to those who consume; a log has no part of its own for each subscription. */
function afterBus({ subscriptions, options, processes }: FlowParts): Way[] {
  return subscriptions.flatMap((subscription): Way[] => {
    const consumers = processes.filter((process) => process.replace(/-2$/, '') === `consumer:${subscription}`);
    if (options.bus === 'log') return consumers.map((consumer) => ['bus', consumer]);
    const queue = `queue:${subscription}`;
    return [['bus', queue], ...consumers.map((consumer): Way => [queue, consumer])];
  });
}

/** What can go wrong at each part, as failures to strike or to arm. The picker and the stage's menus both offer these. */
import { effectsOf } from '../../trace/crash-points.ts';
import type { Failure, Options } from '../../trace/scenario.ts';
import type { MessageView, Part, View } from '../../playback/view.ts';
import { untilDeadLetter } from '../format.ts';
import { playable } from './asked.ts';
import {
  busDown,
  crash,
  flowOf,
  isGone,
  later,
  now,
  slow,
  type Choice,
  type Disabled,
  type Situation,
} from './common-failures.ts';
import { silence } from './flow-failures.ts';

/**
 * Parts that something can happen to, in the order of the flow. The relay is named even where there is none.
 * `participants`: the external services and people of the flow.
 */
export function breakable(view: View, participants: readonly string[] = []): Part[] {
  const processes = Object.keys(view.processes);
  const consumers = processes.filter((process) => process.startsWith('consumer:'));
  const subscriptions = consumers.filter((process) => !isSecond(process)).map(subscriptionOf);
  return [
    'service',
    'database',
    'relay',
    ...processes.filter((process) => process === 'relay-2' || process === 'cleaner'),
    'bus',
    ...subscriptions.map((subscription) => `queue:${subscription}`),
    ...consumers,
    ...participants,
  ];
}

const isSecond = (process: string): boolean => /-\d+$/.test(process);
const subscriptionOf = (process: string): string => process.slice('consumer:'.length).replace(/-\d+$/, '');

/** Everything that can happen to a part. */
export function choicesFor(part: Part, situation: Situation): Choice[] {
  const [kind, subscription = ''] = part.split(':');
  if (situation.parts?.participants.includes(part)) return participant(part);
  switch (kind) {
    case 'database':
      return [abort('service'), later({ type: 'abortTransaction' })];
    case 'bus':
      return bus(situation);
    case 'queue':
      return queue(subscription, situation);
    case 'consumer':
      return [...(isSecond(part) ? [] : subscriber(subscription, situation.options)), ...process(part, situation)];
    default:
      return process(part, situation);
  }
}

/** Every part with what can happen to it; nothing is named twice. */
export function everyChoice(situation: Situation): { part: Part; choices: Choice[] }[] {
  const named = new Set<string>();
  return breakable(situation.view, situation.parts?.participants)
    .map((part) => ({
      part,
      choices: choicesFor(part, situation).filter(({ failure }) => {
        const name = JSON.stringify(failure);
        return !named.has(name) && named.add(name);
      }),
    }))
    .filter(({ choices }) => choices.length > 0);
}

/** The crash points among the choices, effect by effect, and the other choices. */
export function byEffect(choices: readonly Choice[]) {
  const effects = new Map<string, { when: 'before' | 'after'; choice: Choice }[]>();
  const others: Choice[] = [];
  for (const choice of choices) {
    const [, when, effect] =
      /^(before|after):(.+)$/.exec((choice.failure.type === 'crash' && choice.failure.point) || '') ?? [];
    if (!when || !effect) others.push(choice);
    else effects.set(effect, [...(effects.get(effect) ?? []), { when: when as 'before' | 'after', choice }]);
  }
  return {
    others,
    effects: [...effects].map(([effect, points]) => ({ effect, points, disabled: points[0]!.choice.disabled })),
  };
}

/** What can happen to messages that wait behind the first: only a queue lets them be reached. At most four. */
export function waitingChoices(
  subscription: string,
  { options, view }: Situation,
): { place: number; message: MessageView; choices: Choice[] }[] {
  if (options.bus !== 'queue') return [];
  const behind = view.queues[subscription]?.waiting.slice(1, 5) ?? [];
  return behind.map((message, index) => ({
    place: index + 2,
    message,
    choices: (['deliverNow', 'drop'] as const).map((type) => now({ type, subscription, message: message.message })),
  }));
}

const abort = (process: string): Choice => later({ type: 'abortTransaction', process });

function process(id: string, situation: Situation): Choice[] {
  const { options, view } = situation;
  const flow = flowOf(situation);
  const state = view.processes[id];
  const gone: Disabled | null = isGone(id, view) ? 'noRelay' : null;
  // of a relay that is not there: what it would do
  const effects: string[] = effectsOf(id, gone ? { ...options, publish: 'outbox' } : options, flow);
  // greyed with the reason: whoever looks for it learns something
  if (id === 'service' && flow === 'campaign' && !effects.includes('publish')) effects.push('publish');
  const points = effects.flatMap((effect) => [`before:${effect}`, `after:${effect}`]);
  return [
    crash(id, undefined, situation),
    ...points.map((point) => crash(id, point, situation)),
    gone ? { ...abort(id), disabled: gone } : abort(id),
    ...(id.startsWith('relay') && flow !== 'trip' ? [lease(id, options, gone)] : []),
    slow(id, situation),
    now({ type: 'restart', process: id }, gone ?? (state?.up === false ? null : 'isUp')),
  ];
}

const lease = (relay: string, { claim }: Options, gone: Disabled | null): Choice =>
  later({ type: 'expireLease', process: relay }, gone ?? (claim === 'none' ? 'nothingIsClaimed' : null));

function bus(situation: Situation): Choice[] {
  const { options } = situation;
  const silent = options.bus === 'pubsub' || options.confirm === 'none';
  return [
    busDown(3000, situation),
    later({ type: 'refusePublish' }),
    later({ type: 'loseConfirmation' }, silent ? 'nothingToLose' : null),
  ];
}

/** What a bus does not do by its nature, nobody can make it do. */
const unlessOn = (buses: readonly Options['bus'][], { bus }: Options): Disabled | null =>
  buses.includes(bus) ? null : 'notOnThisBus';

function subscriber(subscription: string, options: Options): Choice[] {
  const throws = [1, 3, untilDeadLetter].map((times) => later({ type: 'consumerFails', subscription, times }));
  return [
    ...throws,
    later({ type: 'redeliver', subscription }, unlessOn(['queue'], options)),
    later({ type: 'rebalance', subscription }, unlessOn(['log'], options)),
  ];
}

/** What a participant can do amiss, and what is on its way to it. */
function participant(name: string): Choice[] {
  const lost: Failure[] = [
    { type: 'drop', subscription: name },
    { type: 'duplicate', subscription: name },
    { type: 'delay', subscription: name, by: 6000 },
  ];
  return [...playable([name]).map(silence), ...lost.map((failure) => later(failure))];
}

function queue(subscription: string, { options, view }: Situation): Choice[] {
  const waits = (view.queues[subscription]?.waiting.length ?? 0) > 0;
  const queued = unlessOn(['queue'], options);
  const one = (failure: Failure, buses: readonly Options['bus'][]): Choice => later(failure, unlessOn(buses, options));
  return [
    one({ type: 'drop', subscription }, ['queue', 'pubsub']),
    one({ type: 'duplicate', subscription }, ['queue']),
    one({ type: 'delay', subscription, by: 2000 }, ['queue']),
    now({ type: 'deliverNow', subscription }, queued ?? (waits ? null : 'nothingWaits')),
  ];
}

/** The parts of a situation as text, equal for what is the same in all that matters. */
import { isConsumer, subscriptionOf } from '../simulation/flow.ts';
import type { Envelope } from '../messaging/envelope.ts';
import type { Model } from '../simulation/model.ts';
import { canonical } from './canonical.ts';
import { publishingText, receivingText, sagasText } from './fact-texts.ts';
import { isLater, type Agenda, type PartName, type PartTypes, type Processes } from './situation.ts';

/** The text of each part. `now`: virtual ms. */
export type Texts = { readonly [N in PartName]: (part: PartTypes[N], now: number) => string };

/** The texts where these subscriptions are explored. */
export function textsFor(explored: (subscription: string) => boolean): Texts {
  const wanted = (key: string): boolean => explored(key.slice(0, key.indexOf('\n')));
  return {
    service: ({ agenda, processes, waiting, locks, units, interrupted }) =>
      canonical([agendaTexts(agenda), processes, waiting, locks, units, interrupted]),
    relay: relayText,
    otherRelay: relayText,
    storage: canonical,
    bus: ({ bus, agenda }) => canonical([waysOf(bus), agendaTexts(agenda)]),
    consumers: ({ agenda, processes }) => canonical([agendaTexts(agenda), standings(processes, explored)]),
    subscribers: canonical,
    instances: ({ agenda, tables, overdue }) => canonical([agendaTexts(agenda), tables, overdue]),
    sending: ({ tables, relay }) => canonical([tables, relay]),
    participants: ({ agenda, participants, answers }) => canonical([agendaTexts(agenda), participants, answers]),
    published: publishingText,
    received: (facts) => receivingText(facts, wanted),
    told: ({ sagas }) => sagasText(sagas),
    bounds: ({ now, sent, struck }) => `${now},${sent},${struck}`,
  };
}

function relayText({ agenda, processes, pollers }: PartTypes['relay'], now: number): string {
  // what is due much later waits for a time to be over, and does not come before
  const later = agenda.filter(({ due }) => isLater(due, now)).map(({ due }) => due);
  return canonical([now, agendaTexts(agenda), later, standings(processes, () => true), pollers]);
}

/** The order in which things came on the agenda means nothing where any of them may come next. */
const agendaTexts = (agenda: Agenda): string[] => agenda.map(({ what }) => canonical(what)).sort();

/** How many tasks a process has had is of no account: what is under way has its name. */
const standings = (processes: Processes, explored: (subscription: string) => boolean) =>
  Object.entries(processes).flatMap(([name, { up, slowBy }]) =>
    isConsumer(name) && !explored(subscriptionOf(name)) ? [] : [[name, up, slowBy]],
  );

const named = ({ id, event }: { id: string; event: Envelope }) => [id, event];

/** When what travels arrives means nothing where it may arrive at any time. */
function waysOf({ up, queues, channels, log }: Model['bus']) {
  const lines = Object.values(channels).map(({ turn, connections }) => [
    turn,
    connections.map(({ consumer, travelling, buffered, task }) => [
      consumer,
      travelling.map(named),
      buffered.map(named),
      task,
    ]),
  ]);
  return [up, queues, lines, log];
}

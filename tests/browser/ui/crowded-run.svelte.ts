/** A run with very many messages in flight, and a clock that the test turns. */
import type { Flight, View } from '../../../src/playback/view.ts';
import { StillRun } from './still-run.svelte.ts';

const ways = [
  ['relay', 'bus'],
  ['bus', 'consumer:adServing'],
  ['bus', 'consumer:billing'],
] as const;

const flight = (i: number): Flight => {
  const [from, to] = ways[i % ways.length]!;
  const common = {
    kind: 'event',
    label: 'CampaignActivated',
    task: null,
    eventId: null,
    message: null,
    subscription: null,
    partition: null,
    copy: 1,
  } as const;
  return { ...common, id: `flight ${i}`, from, to, at: i, until: i + 1000 };
};

export class CrowdedRun extends StillRun {
  now = $state(0);
  readonly #view: View;

  constructor(count: number) {
    super();
    this.#view = { ...super.view, flights: Array.from({ length: count }, (_, i) => flight(i)) };
  }

  override get time(): number {
    return this.now;
  }
  override get view(): View {
    return this.#view;
  }
}

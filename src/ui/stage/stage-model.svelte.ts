/** What the parts of the stage share: the layout, who has the focus, which menu is open, what is marked. */
import type { Component } from 'svelte';
import type { Part } from '../../playback/view.ts';
import type { FlowParts } from '../../trace/control.ts';
import type { StageFlowWords } from '../i18n/en-stage-flows.ts';
import type { Messages } from '../i18n/en.ts';
import { stageLate } from '../i18n/stage-late.ts';
import { t } from '../i18n/i18n.svelte.ts';
import { late } from '../late.svelte.ts';
import type { Run } from '../run.ts';
import { layoutFor, litEdges, nameFor, subscriptions, type Layout } from './geometry.ts';
import type { Section } from './late/sections.ts';
import { armedByPart, breaks } from './marks.ts';
import { neighbour, partsOf, waysOf, type Way } from './roving.ts';

const moreFacts = late(() => import('./late/facts.ts'));

/** What draws and says a flow that the first picture does not have. Its drawings speak of the stage, so it comes from outside. */
export interface FlowStage {
  layoutOf(name: Layout['name'], parts: FlowParts): Layout;
  waysOf(parts: FlowParts): Way[];
  stageFlowWords(): StageFlowWords;
  flowName(part: Part, run: Run, words: StageFlowWords): string | null;
  flowFacts(part: Part, run: Run, m: Messages, words: StageFlowWords): string[] | null;
  flowSections(run: Run, m: Messages, words: StageFlowWords): Section[];
  patternWords(parts: FlowParts): string;
  relayWords(parts: FlowParts): string | null;
  legendOf(parts: FlowParts): (keyof Messages['stage']['legend'])[];
  readonly Aggregates: Component<{ stage: StageModel; written: ReadonlySet<string> }>;
  readonly PartAnswers: Component<{ stage: StageModel; name: string; onchoose: () => void }>;
  readonly Picture: Component<{ stage: StageModel }>;
  readonly SagaTables: Component<{ stage: StageModel }>;
}

/** Fetches that; reactive. */
interface FlowLoader {
  readonly loaded: FlowStage | null;
  readonly failed: boolean;
  want(): void;
}

export class StageModel {
  readonly run: Run;
  readonly #flows: FlowLoader;
  width = $state(900);
  height = $state(700);
  /** The part that Tab comes to. */
  active = $state<Part>('service');
  menu = $state.raw<{ part: Part; anchor: Element } | null>(null);
  /** Somebody wants to know what there is to say of parts beyond the first picture; fetched with their drawings. */
  #asked = $state(false);

  readonly outbox = $derived.by(() => this.run.options.publish === 'outbox');
  /** The campaign without a saga: all that the first picture has. */
  readonly plain = $derived.by(() => this.run.scenario.flow === 'campaign' && this.run.options.saga === 'none');
  /** What draws and says another flow; null where there is none, until it is fetched, and until the run is open. */
  readonly flow = $derived.by(() => {
    if (this.plain) return null;
    this.#flows.want();
    const { parts, scenario } = this.run;
    return parts.flow === scenario.flow && parts.processes.length > 0 ? this.#flows.loaded : null;
  });
  readonly layout = $derived.by(() =>
    this.flow
      ? this.flow.layoutOf(nameFor(this.width, this.height), this.run.parts)
      : layoutFor(this.width, this.height, this.run.options),
  );
  readonly ways = $derived.by(() => (this.flow ? this.flow.waysOf(this.run.parts) : waysOf(this.run.options)));
  readonly parts = $derived.by(() => partsOf(this.ways));
  /** Who hears of events by the bus. */
  readonly subscriptions = $derived.by(() => (this.flow ? this.run.parts.subscriptions : subscriptions));
  readonly armed = $derived.by(() => armedByPart(this.run.view.armed, this.run.parts.participants));
  readonly breaks = $derived.by(() => breaks(this.run.verdicts, this.run.records));
  /** Edges something travels on, as `from>to`. */
  readonly lit = $derived.by(() => litEdges(this.run.view.flights));

  constructor(run: Run, flows: FlowLoader) {
    this.run = run;
    this.#flows = flows;
  }

  /** The flow's drawings could not be fetched. */
  get missing(): boolean {
    return !this.plain && this.#flows.failed;
  }

  /** Fetches what there is to say beyond the first picture. */
  fetchFacts(): void {
    this.#asked = true;
    moreFacts.load().catch(() => {});
  }

  /** What is to be said of a part beyond what every picture has; nothing before that is fetched. */
  moreAbout(part: Part): string[] {
    const facts = this.#asked ? moreFacts.loaded : null;
    const words = facts && stageLate.wanted;
    return words ? facts.factsOf(part, this.run, t(), words) : [];
  }

  /** Whether the pattern asks for more than the first picture has. */
  get isVariant(): boolean {
    const { relay, relays, outbox, claim, bus, consumers, cleanup } = this.run.options;
    const first = [relay === 'polling', relays === 1, outbox === 'table', claim === 'none', bus === 'queue'];
    return !first.every(Boolean) || consumers !== 'single' || cleanup !== 'off';
  }

  /** Opens what can be done at a part; the same part again closes it. */
  open(part: Part, anchor: Element): void {
    this.active = part;
    this.menu = this.menu?.part === part ? null : { part, anchor };
  }

  /** The part that has the tab stop: the active one, unless the pattern has it no more. */
  get stop(): Part {
    return this.parts.includes(this.active) ? this.active : 'service';
  }

  /** Moves along the edges. Returns whether the key was one that moves. */
  move(part: Part, key: string): boolean {
    if (!/^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(key)) return false;
    this.active = neighbour(part, key, this.ways);
    return true;
  }

  isBroken(part: Part): boolean {
    return this.breaks.some((each) => each.part === part);
  }
}

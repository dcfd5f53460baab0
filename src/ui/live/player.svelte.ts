/**
 * Where the reader stands in the trace, and how that moves. Virtual time is never wall time: a frame adds what the speed
 * says, at most a tenth of a second's worth, and a hidden page stands still. The player asks for more of the run shortly
 * before it gets there; the run itself does not wait for pictures.
 */
import type { Speed } from '../run.ts';
import { settings } from '../theme/settings.svelte.ts';
import { Glide } from './glide.ts';
import type { Stage } from './player-stage.ts';
import { StandingStill } from './standing-still.ts';

/** Virtual ms asked for ahead of the time shown, at 1×. */
const lookahead = 200;
/** A stretch in which nothing happens is shortened to this. Virtual ms. */
const longestPause = 1600;
/** How much faster it goes once the reader wants the outcome. */
const hurrySpeed = 10;

export class Player {
  readonly #stage: Stage;
  #cursor = $state(0);
  #time = $state(0);
  #playing = $state(false);
  #next = $state<number | null>(null);
  speed = $state<Speed>(1);
  /** The cursor goes along with the run; what the reader does happens at its end. */
  following = $state(true);
  /** The reader has taken the controls: nothing plays by itself. */
  #held = false;
  /** Plays until nothing is left to do, and quickly; or until the next interesting record. */
  #errand: 'rest' | 'interesting' | null = null;
  #afterHurry: (() => void) | null = null;
  #suspended: (() => void) | null = null;
  #stepping = false;
  readonly #standing = new StandingStill((cursor) => this.#stage.asked?.(cursor) ?? null);
  /** Inputs on their way to the run. */
  #expected = 0;
  #glide: Glide | null = null;
  #frame = 0;
  #lastFrame: number | null = null;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** How many records are shown. */
  get cursor(): number {
    return this.#cursor;
  }
  /** Virtual ms. */
  get time(): number {
    return this.#time;
  }
  get playing(): boolean {
    return this.#playing;
  }
  /** When the run's next step is due; null at rest. */
  get next(): number | null {
    return this.#next;
  }

  play(): void {
    this.#held = false;
    this.#start();
  }
  pause(): void {
    this.#held = true;
    this.stop();
    this.#stage.rested();
  }
  /** Ends whatever moves. */
  stop(): void {
    this.#playing = false;
    this.#errand = null;
    this.#afterHurry = null;
    this.#suspended = null;
    this.#stepping = false;
    this.#land();
  }
  /** Ends whatever moves, for `resume` to take it up again unless the reader does something else before. */
  suspend(): void {
    const [playing, held, errand, afterHurry] = [this.#playing, this.#held, this.#errand, this.#afterHurry];
    const resume = () => {
      this.#held = held;
      this.#errand = errand;
      this.#afterHurry = afterHurry;
      if (playing) this.#start();
    };
    const suspended = this.#suspended ?? resume;
    this.stop();
    this.#suspended = suspended;
  }
  /** Takes up what was suspended. */
  resume(): void {
    const suspended = this.#suspended;
    this.#suspended = null;
    suspended?.();
  }
  /** Plays on, unless the reader has taken the controls. */
  follow(): void {
    this.following = true;
    if (!this.#held) this.#start();
  }
  /** Plays quickly to where nothing is left to do; `then` follows, unless the reader does something else before. */
  hurry(then: (() => void) | null = null): void {
    this.following = true;
    this.#errand = 'rest';
    this.#afterHurry = then;
    this.#start();
  }

  /** Another run: shows so many records of it. */
  install(cursor: number, next: number | null): void {
    this.#next = next;
    this.#expected = 0;
    this.#held = false;
    this.#standing.forget();
    this.#show(cursor);
    this.following = cursor === this.#length;
  }
  /** The run has come further. */
  learn(next: number | null): void {
    this.#next = next;
    if (this.#stepping && this.#cursor < this.#length) {
      this.#stepping = false;
      this.#glideTo(this.#groupEnd());
    }
    if (this.#playing && this.speed === 'max' && this.#errand !== 'interesting') this.#show(this.#length);
  }
  /** The reader does something at the end of the run: there is more to come, whatever is known. */
  expect(): void {
    this.#expected++;
  }
  /** What the reader did has been taken: it is shown at once. */
  caughtUp(): void {
    this.#expected--;
    if (!this.#playing) this.#show(this.#length);
  }

  /** Shows the first `cursor` records, and stays there. */
  seek(cursor: number): void {
    this.#held = cursor !== this.#length || this.#held;
    this.stop();
    this.#show(Math.max(0, Math.min(cursor, this.#length)));
    this.following = this.#cursor === this.#length;
  }
  /** One step of the run: everything that happens at one virtual time. */
  stepForward(): void {
    this.#held = true;
    this.stop();
    if (this.#cursor < this.#length) this.#glideTo(this.#groupEnd());
    else if (this.#next !== null) {
      this.#stepping = true;
      this.following = true;
      this.#stage.advance(null, 1);
    }
  }
  /** To the next interesting record: glides there, or where none is known yet, plays until there is one. */
  nextInteresting(): void {
    this.#held = true;
    this.stop();
    const found = this.#interesting();
    if (found !== null || this.#next === null) return this.#glideTo(found ?? this.#length);
    this.#errand = 'interesting';
    this.#start();
  }
  stepBack(): void {
    this.#held = true;
    this.stop();
    const { records } = this.#stage.playback();
    let cursor = this.#cursor - 1;
    while (cursor > 0 && records[cursor - 1]?.at === records[cursor]?.at) cursor--;
    this.#show(Math.max(0, cursor));
    this.following = false;
  }

  get #length(): number {
    return this.#stage.playback().records.length;
  }

  /** The nearest cursor ahead that shows an interesting record; null while none is known. */
  #interesting(): number | null {
    const playback = this.#stage.playback();
    const cursor = playback.nextInteresting(this.#cursor, 'forward');
    return cursor > this.#cursor && playback.stopsAt(cursor) ? cursor : null;
  }

  #groupEnd(): number {
    const { records } = this.#stage.playback();
    const at = records[this.#cursor]?.at;
    let end = this.#cursor;
    while (end < records.length && records[end]?.at === at) end++;
    return end;
  }

  #show(cursor: number): void {
    this.#glide = null;
    this.#cursor = cursor;
    this.#time = this.#stage.playback().records[cursor - 1]?.at ?? 0;
  }

  #glideTo(cursor: number): void {
    const to = this.#stage.playback().records[cursor - 1]?.at ?? 0;
    if (settings.calm || to <= this.#time) return this.#show(cursor);
    this.#glide = new Glide(this.#time, to, cursor);
    this.#run();
  }

  #land(): void {
    if (this.#glide) this.#show(this.#glide.cursor);
  }

  #start(): void {
    this.#land();
    this.#playing = true;
    this.#run();
  }

  #run(): void {
    if (this.#frame !== 0) return;
    this.#lastFrame = null;
    this.#frame = requestAnimationFrame((now) => this.#tick(now));
  }

  #tick(now: number): void {
    const passed = this.#lastFrame === null ? 0 : Math.min(100, now - this.#lastFrame);
    this.#lastFrame = now;
    if (this.#glide) this.#glideOn(this.#glide, passed);
    // what the reader did comes before whatever is due: no time passes until it is taken
    else if (this.#playing && (this.#expected === 0 || this.#cursor < this.#length)) this.#playOn(passed);
    this.#frame = this.#playing || this.#glide ? requestAnimationFrame((then) => this.#tick(then)) : 0;
  }

  #glideOn(glide: Glide, passed: number): void {
    const time = glide.after(passed);
    if (time === null) this.#land();
    else this.#time = time;
  }

  #playOn(passed: number): void {
    if (this.speed === 'max' && this.#errand === null) return this.#rush();
    const rate = this.#errand === 'rest' || this.speed === 'max' ? hurrySpeed : this.speed;
    const playback = this.#stage.playback();
    let time = this.#time + passed * rate;
    // every step before the next one is known, so time may pass up to there
    const due = playback.records[this.#cursor]?.at ?? this.#next;
    if (due === null) return this.#rest();
    const passes = this.#pauseUntil(due);
    if (passes === 'unknown') return;
    if (passes === 'stands') return this.#arrive(this.#cursor);
    if (
      passes === 'leaps' &&
      due - this.#time > longestPause &&
      !playback.viewAt(this.#cursor).flights.some(({ until }) => until > this.#time)
    )
      time = due - longestPause / 4;
    const limit = this.#next === null ? Infinity : this.#next - 1;
    time = Math.min(time, Math.max(limit, this.#time), Number.MAX_SAFE_INTEGER);
    const cursor = playback.recordAtTime(time);
    const found = this.#errand === 'interesting' ? this.#interesting() : null;
    if (found !== null && found <= cursor) return this.#arrive(found);
    this.#time = time;
    this.#cursor = cursor;
    if (this.#cursor === this.#length) this.following = true;
    const ahead = this.#time + lookahead * rate;
    if (this.#next !== null && this.#next <= ahead) this.#stage.advance(ahead, 400);
  }

  #rush(): void {
    this.following = true;
    this.#show(this.#length);
    if (this.#next === null) return this.#rest();
    const passes = this.#pauseUntil(this.#next);
    if (passes === 'stands') this.#arrive(this.#cursor);
    else if (passes !== 'unknown') this.#stage.advance(null, this.#standing.stride(this.#cursor));
  }

  /** What time does at the end of what is known, with nothing to come until `due`. */
  #pauseUntil(due: number): ReturnType<StandingStill['here']> {
    if (this.#errand !== null || this.#cursor < this.#length) return 'leaps';
    return this.#standing.here(this.#stage.playback(), this.#cursor, this.#time, due);
  }

  #rest(): void {
    if (this.#expected > 0) return;
    const then = this.#afterHurry;
    this.#arrive(this.#length);
    then?.();
  }

  /** Comes to stand there. */
  #arrive(cursor: number): void {
    this.stop();
    this.#show(cursor);
    if (cursor === this.#length) this.following = true;
    this.#stage.rested();
  }
}

/**
 * The page's end of the wall: sends controls to the worker, hands its reports on, and watches that it is alive. A worker
 * that died or fell silent is replaced; one that keeps dying is given up.
 */
import type { Control, Report } from '../../trace/control.ts';
import { late } from '../late.svelte.ts';

/** A control without what the link adds. */
export type Order = Control extends infer C ? (C extends Control ? Omit<C, 'id'> : never) : never;

export interface LinkEvents {
  report(report: Report): void;
  /** The worker died and a new one is there; it knows nothing. */
  restarted(why: string): void;
  /** It died too often. */
  stopped(why: string): void;
}

/** Real milliseconds: a ping each so often, and how long an answer may take. */
const heartbeat = { every: 1000, patience: 5000 } as const;
/** So many restarts within so many real milliseconds are too many. */
const restarts = { most: 3, within: 60_000 } as const;

export class Link {
  readonly #make: () => Worker;
  readonly #events: LinkEvents;
  #worker: Worker;
  #nextId = 1;
  #heard = performance.now();
  #deaths: number[] = [];
  #timer: ReturnType<typeof setInterval>;

  /** `make` starts a worker. */
  constructor(make: () => Worker, events: LinkEvents) {
    this.#make = make;
    this.#events = events;
    this.#worker = this.#start();
    this.#timer = setInterval(() => this.#beat(), heartbeat.every);
    // what the worker does not need for the first picture it fetches when the page fetches the like
    late(() => Promise.resolve(this.send({ type: 'prepare', epoch: 0 })), 'first');
  }

  /** Sends a control and returns its id. */
  send(order: Order): number {
    const id = this.#nextId++;
    this.#worker.postMessage({ ...order, id } satisfies Control);
    return id;
  }

  /** Ends the worker for good. */
  close(): void {
    clearInterval(this.#timer);
    this.#worker.terminate();
  }

  #start(): Worker {
    const worker = this.#make();
    this.#heard = performance.now();
    // one death is told in several ways; by the second, this worker may have been replaced, and counts no more
    const died = (why: string) => {
      if (worker === this.#worker) this.#died(why);
    };
    worker.onmessage = ({ data }: MessageEvent<Report>) => {
      if (worker !== this.#worker) return;
      this.#heard = performance.now();
      if (data.type === 'failed' && data.code === 'defect') died(data.message);
      else if (data.type !== 'pong') this.#events.report(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      died(event.message);
    };
    worker.onmessageerror = () => died('a message could not be read');
    return worker;
  }

  #beat(): void {
    // a hidden page's timers stand still, and so would this clock: only a visible page judges
    if (document.hidden) this.#heard = performance.now();
    else if (performance.now() - this.#heard > heartbeat.patience) return this.#died('no answer');
    this.#worker.postMessage({ type: 'ping', id: 0, epoch: 0 } satisfies Control);
  }

  #died(why: string): void {
    this.#worker.terminate();
    const now = performance.now();
    this.#deaths = [...this.#deaths.filter((time) => now - time < restarts.within), now];
    if (this.#deaths.length > restarts.most) {
      clearInterval(this.#timer);
      this.#events.stopped(why);
      return;
    }
    this.#worker = this.#start();
    this.#events.restarted(why);
  }
}

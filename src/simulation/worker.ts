/** The worker's entry: the door behind messages, and behind that a live run. It says so when it dies, so that the page can start another. */
import { openIndexedDb, sweepDatabases } from '../database/indexeddb.ts';
import type { Control, Report } from '../trace/control.ts';
import { databasePrefix } from '../trace/database-name.ts';
import { Door } from './door.ts';
import type { Outside } from './live.ts';
import { schema } from './schema.ts';

const post = (report: Report): void => self.postMessage(report);
const fatal = (message: string): void => post({ type: 'failed', id: null, epoch: -1, code: 'defect', message });

/** Real ms from the first run to the sweep: by then the page has begun, and has other things to do than look on. */
const sweepAfter = 5000;
let sweeps = false;

/** Once: the databases of tabs that are gone go too. Without locks nobody can tell which those are. */
function sweepLater(): void {
  if (sweeps || !('locks' in navigator)) return;
  sweeps = true;
  const whileFree = (name: string, work: () => Promise<void>): Promise<unknown> =>
    navigator.locks.request(name, { ifAvailable: true }, (lock) => lock && work());
  setTimeout(() => void sweepDatabases(databasePrefix, whileFree), sweepAfter);
}

const outside: Outside = {
  post,
  async openDatabase(name) {
    const database = await openIndexedDb(name, schema);
    sweepLater();
    return database;
  },
  breathe: () => new Promise((resolve) => setTimeout(resolve)),
};
const door = new Door(outside, () => import('./engine.ts'));

self.addEventListener('message', ({ data }: MessageEvent<Control>) => void door.handle(data));
self.addEventListener('unhandledrejection', (event) => fatal(String(event.reason)));
self.addEventListener('error', (event) => fatal(event.message));

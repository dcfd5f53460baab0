/** The worker's entry: a live run behind messages. It says so when it dies, so that the page can start another. */
import { openIndexedDb } from '../database/indexeddb.ts';
import type { Control, Report } from '../trace/control.ts';
import { schema } from './campaign-flow.ts';
import { LiveRun } from './live.ts';

const post = (report: Report): void => self.postMessage(report);
const fatal = (message: string): void => post({ type: 'failed', id: null, epoch: -1, code: 'defect', message });

const live = new LiveRun({
  post,
  openDatabase: (name) => openIndexedDb(name, schema),
  breathe: () => new Promise((resolve) => setTimeout(resolve)),
});

self.addEventListener('message', ({ data }: MessageEvent<Control>) => void live.handle(data));
self.addEventListener('unhandledrejection', (event) => fatal(String(event.reason)));
self.addEventListener('error', (event) => fatal(event.message));

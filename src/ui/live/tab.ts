/**
 * What belongs to this tab alone: its database, held by a lock as long as the page lives, and its run over a reload. A
 * frame inside another page has neither.
 */
import { databasePrefix } from '../../trace/database-name.ts';
import type { Scenario } from '../../trace/scenario.ts';
import { embedded } from '../embedded.ts';

const nameKey = 'sagascope:database';
const runKey = 'sagascope:run';

/** What a reload needs to come back to the same step. */
export interface Kept {
  scenario: Scenario;
  /** How far the run had come, and how much of it was shown. */
  records: number;
  cursor: number;
}

/**
 * The name of a database that no other tab uses. A duplicated tab inherits the name but not the lock, and gets a name of
 * its own; the same after a reload. Null in a frame.
 */
export async function claimDatabase(): Promise<string | null> {
  if (embedded) return null;
  const before = read(nameKey);
  if (before !== null && (await hold(before))) return before;
  const fresh = `${databasePrefix}${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;
  await hold(fresh);
  write(nameKey, fresh);
  return fresh;
}

/** Keeps the run for a reload of this tab. Where the storage refuses, the run is only in the page. */
export const keepRun = (kept: Kept): void => write(runKey, JSON.stringify(kept));

/** The run kept before a reload, unchecked, or null. */
export function keptRun(): unknown {
  const text = read(runKey);
  if (text === null) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** Takes a link out of the page's address, so that a reload comes back to what was done with it since. Null without one. */
export function takeLink(): string | null {
  const fragment = location.hash;
  if (!/^#v\d{1,6}=/.test(fragment)) return null;
  // in a frame nothing is kept, and a reload comes back to the link
  if (!embedded) history.replaceState(null, '', location.pathname + location.search);
  return fragment;
}

/** Takes a lock until the page goes; false where somebody else has it. Without locks (no secure context) nobody can tell. */
function hold(name: string): Promise<boolean> {
  if (!('locks' in navigator)) return Promise.resolve(true);
  return new Promise((resolve) => {
    const whole = navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      // held until the page goes: a promise that stays open
      return lock === null ? undefined : new Promise<void>(() => {});
    });
    whole.catch(() => resolve(false));
  });
}

function read(key: string): string | null {
  if (embedded) return null;
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  if (embedded) return;
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // full or forbidden: the page goes on, and a reload starts anew
  }
}

/** Small settings that outlive the page. Private windows and full disks are no reason to fail. */
import { embedded } from '../embedded.ts';

const prefix = 'sagascope:';

/** What was remembered under this name, or null. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(prefix + name);
  } catch {
    return null;
  }
}

/** Remembers it, if the browser lets us. */
export function remember(name: string, value: string): void {
  if (embedded) return;
  try {
    localStorage.setItem(prefix + name, value);
  } catch {
    // the setting still holds for this page
  }
}

/** The page's keys. A key never does two things: whoever has the focus and needs it, keeps it. */
import { keyed } from '../controls/command-keys.ts';
import type { Run } from '../run.ts';

export type Action =
  'playPause' | 'back' | 'forward' | 'first' | 'last' | 'next' | 'command' | 'settle' | 'reset' | 'help';

const keys: Readonly<Record<string, Action>> = {
  ' ': 'playPause',
  ArrowLeft: 'back',
  ArrowRight: 'forward',
  Home: 'first',
  End: 'last',
  n: 'next',
  s: 'settle',
  r: 'reset',
  '?': 'help',
};

const typing = 'input:not([type="radio"], [type="checkbox"], [type="range"]), textarea, select, [contenteditable]';
const pressing = 'button, a[href], summary, input, [role="button"], [role="tab"]';
const moving = 'input, select, [role="tab"], [data-arrows], [popover], dialog';

/** What this key press asks of the page, or null. `letters`: single letters count too. */
export function actionOf(event: KeyboardEvent, letters: boolean): Action | null {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null;
  const target = event.target instanceof Element ? event.target : document.body;
  if (target.closest(typing) || target.closest('dialog')) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const action = keys[key] ?? (keyed(key) ? 'command' : null);
  if (!action || (event.key.length === 1 && !letters)) return null;
  if (event.key === ' ' && target.closest(pressing)) return null;
  if (/^(Arrow|Home|End)/.test(event.key) && target.closest(moving)) return null;
  if (event.repeat && action !== 'back' && action !== 'forward') return null;
  return action;
}

/** Does to the run what a key asks for. */
export function perform(action: Exclude<Action, 'help'>, run: Run, key: string): void {
  switch (action) {
    case 'playPause':
      return run.playing ? run.pause() : run.play();
    case 'back':
      return run.stepBack();
    case 'forward':
      return run.stepForward();
    case 'first':
      return run.first();
    case 'last':
      return run.last();
    case 'next':
      return run.nextInteresting();
    case 'command':
      return keyed(key.toLowerCase())?.();
    case 'settle':
      return run.settle();
    case 'reset':
      return run.reset();
  }
}

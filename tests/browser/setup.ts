import { beforeEach } from 'vitest';
import { commands } from 'vitest/browser';

declare module 'vitest/browser' {
  interface BrowserCommands {
    parkMouse: () => Promise<void>;
  }
}

// the pointer outlives a test file: a hover left behind changes pictures and opens tooltips
beforeEach(() => commands.parkMouse());

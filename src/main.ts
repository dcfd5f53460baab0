/** The page's entry. It names the workers by their addresses, so that no import crosses the wall. */
import { mount } from 'svelte';
import explorerUrl from './explorer/worker.ts?worker&url';
import workerUrl from './simulation/worker.ts?worker&url';
import { fetchWhenUsed } from './ui/late.svelte.ts';
import App from './ui/shell/App.svelte';

/** What the browser's trusted types offer, as far as we use it. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): { createScriptURL(address: string): URL };
}

// under the policy of the page only addresses that pass this become workers; browsers without trusted types go without
const policy = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('app-worker-url', {
  createScriptURL(address) {
    if (new URL(address, location.href).origin !== location.origin) throw new TypeError('a worker of another host');
    return address;
  },
});

const make = (address: string, name: string): Worker =>
  new Worker(policy?.createScriptURL(address) ?? address, { type: 'module', name });
const makeWorker = () => make(workerUrl, 'simulation');
const makeExplorer = () => make(explorerUrl, 'explorer');

fetchWhenUsed();
mount(App, { target: document.body, props: { makeWorker, makeExplorer } });

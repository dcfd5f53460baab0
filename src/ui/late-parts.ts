/** What is seen later. Most of it comes all at once: each part is small, and what is there needs no network. */
import { late } from './late.svelte.ts';

export const parts = late(() => import('./parts.ts'));
export const sagaParts = late(() => import('./saga-parts.ts'));
export const drawings = late(() => import('./stage/late/drawings.ts'));
export const sceneBar = late(() => import('./scenes/SceneBar.svelte'));
export const verify = late(() => import('./verify/Verify.svelte'));
export const whatIf = late(() => import('./what-if/WhatIfTab.svelte'));
export const gallery = late(() => import('./scenes/Gallery.svelte'));

/** Signs and weights that the first picture does not show, as fonts.css has them. */
const faces: [font: string, text: string][] = [
  ["13px 'Inter'", '→✕'],
  ["13px 'JetBrains Mono'", '→'],
  ["600 13px 'JetBrains Mono'", 'a'],
];
late(() => Promise.all(faces.map(([font, text]) => document.fonts.load(font, text))));

/** What a scene is: a ready situation in which a promise breaks, and the options under which it holds. */
import type { Options } from '../trace/scenario.ts';

/** The entries of the failure catalogue that have a scene or are to have one. */
export type SceneId =
  | 'F01'
  | 'F02'
  | 'F03'
  | 'F04'
  | 'F05'
  | 'F06'
  | 'F08'
  | 'F09'
  | 'F10'
  | 'F11'
  | 'F12'
  | 'F13'
  | 'F14'
  | 'F18'
  | 'F19'
  | 'F21'
  | 'F25'
  | 'F30'
  | 'F31'
  | 'F36'
  | 'F41'
  | 'F42'
  | 'F44'
  | 'F45'
  | 'F46'
  | 'F48'
  | 'F49a'
  | 'F49b'
  | 'F50';

/** In the order in which they are taught: the way of an event. */
export const sceneGroups = ['publishing', 'relay', 'document', 'log', 'bus', 'consumer'] as const;

export type SceneGroup = (typeof sceneGroups)[number];

export interface Scene {
  readonly id: SceneId;
  readonly group: SceneGroup;
  /** Among the most instructive. */
  readonly starred: boolean;
  /** The public name of the promise at stake: broken as the scene is written, kept with the cure. */
  readonly promise: string;
  /** The options to change, and nothing else. */
  readonly cure: Partial<Options>;
}

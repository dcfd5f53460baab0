/** What a scene is: a ready situation in which a promise breaks, and the options under which it holds. */
import type { Options } from '../trace/scenario.ts';

/** The entries of the failure catalogue about events that have a scene or are to have one. */
export type EventSceneId =
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

/** Those about sagas, process managers and boundaries; D6 are the cases in which two handlers meet. */
export type SagaSceneId =
  | 'F54'
  | 'F55'
  | 'F56'
  | 'F57'
  | 'F58'
  | 'F60'
  | 'F61'
  | 'F62'
  | 'F63'
  | 'F64'
  | 'F65'
  | 'F66'
  | 'F67'
  | 'F68'
  | 'F71'
  | 'F71b'
  | 'D6a'
  | 'D6b'
  | 'D6c'
  | 'D6d'
  | 'D6e'
  | 'D6f';

export type SceneId = EventSceneId | SagaSceneId;

/** In the order in which they are taught: the way of an event, then what is built on events. */
export const sceneGroups = [
  ...(['publishing', 'relay', 'document', 'log', 'bus', 'consumer'] as const),
  ...(['saga', 'processManager', 'boundaries', 'races'] as const),
] as const;

export type SceneGroup = (typeof sceneGroups)[number];

/** What a run can show that no promise speaks of, because nothing is wrong with it: it only costs. */
export type Shown = 'conflicts';

interface Told {
  readonly id: SceneId;
  readonly group: SceneGroup;
  /** Among the most instructive. */
  readonly starred: boolean;
  /** The options to change, and nothing else. */
  readonly cure: Partial<Options>;
}

/** A scene in which something goes wrong. */
export interface BreakingScene extends Told {
  /** The public name of the promise at stake: broken as the scene is written, kept with the cure. */
  readonly promise: string;
  readonly shows?: undefined;
}

/** A scene in which every promise at stake is kept, and something shows what that costs. */
export interface ShowingScene extends Told {
  /** What is there as the scene is written, and not there with the cure. */
  readonly shows: Shown;
  readonly promise?: undefined;
}

export type Scene = BreakingScene | ShowingScene;

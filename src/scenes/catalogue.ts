/**
 * All scenes, in the order in which they are taught. Each is a scenario file beside this one, named by its id in small
 * letters and titled by it: so a reload, a link and an exported file still know which scene they are.
 */
import type { Scenario } from '../trace/scenario.ts';
import type { Scene, SceneId } from './scene.ts';

export const scenes: readonly Scene[] = [
  { id: 'F01', group: 'publishing', starred: true, promise: 'noPhantom', cure: { publish: 'outbox' } },
  { id: 'F02', group: 'publishing', starred: true, promise: 'noEarlyDelivery', cure: { publish: 'outbox' } },
  { id: 'F03', group: 'publishing', starred: false, promise: 'noPhantom', cure: { publish: 'outbox' } },
  { id: 'F04', group: 'publishing', starred: true, promise: 'delivered', cure: { publish: 'outbox' } },
  { id: 'F05', group: 'publishing', starred: false, promise: 'delivered', cure: { publish: 'outbox' } },
  { id: 'F06', group: 'publishing', starred: true, promise: 'firstOrder', cure: { publish: 'outbox' } },
  { id: 'F08', group: 'relay', starred: true, promise: 'effectAtMostOnce', cure: { inbox: 'sameTransaction' } },
  { id: 'F09', group: 'relay', starred: true, promise: 'delivered', cure: { afterPublish: 'mark' } },
  { id: 'F10', group: 'relay', starred: false, promise: 'delivered', cure: { confirm: 'confirmed' } },
  { id: 'F11', group: 'relay', starred: true, promise: 'effectAtMostOnce', cure: { claim: 'aggregate' } },
  { id: 'F12', group: 'relay', starred: true, promise: 'firstOrder', cure: { claim: 'aggregate' } },
  { id: 'F13', group: 'relay', starred: true, promise: 'effectOrder', cure: { inbox: 'sameTransaction' } },
  { id: 'F18', group: 'relay', starred: true, promise: 'noForeignBlock', cure: { failingRow: 'park' } },
  { id: 'F19', group: 'relay', starred: false, promise: 'firstOrder', cure: { failingRow: 'block' } },
  { id: 'F21', group: 'relay', starred: false, promise: 'monotone', cure: { marking: 'each' } },
  { id: 'F25', group: 'relay', starred: false, promise: 'boundedOutbox', cure: { cleanup: 'on' } },
  { id: 'F30', group: 'document', starred: true, promise: 'noResurrection', cure: { relayWrites: 'checked' } },
  { id: 'F31', group: 'document', starred: false, promise: 'noLostUpdate', cure: { relayWrites: 'checked' } },
  { id: 'F14', group: 'log', starred: true, promise: 'delivered', cure: { fence: 'on' } },
  { id: 'F36', group: 'log', starred: false, promise: 'delivered', cure: { retention: 'endless' } },
  { id: 'F41', group: 'bus', starred: false, promise: 'delivered', cure: { bus: 'queue' } },
  { id: 'F42', group: 'bus', starred: true, promise: 'effectAtMostOnce', cure: { inbox: 'sameTransaction' } },
  { id: 'F44', group: 'bus', starred: true, promise: 'effectOrder', cure: { consumers: 'single' } },
  { id: 'F45', group: 'bus', starred: false, promise: 'effectOrder', cure: { requeue: 'head' } },
  { id: 'F46', group: 'bus', starred: false, promise: 'effectOrder', cure: { inbox: 'version' } },
  { id: 'F48', group: 'bus', starred: false, promise: 'effectOrder', cure: { inbox: 'sameTransaction' } },
  { id: 'F49a', group: 'consumer', starred: true, promise: 'effectAtLeastOnce', cure: { inbox: 'sameTransaction' } },
  { id: 'F49b', group: 'consumer', starred: true, promise: 'effectAtMostOnce', cure: { inbox: 'sameTransaction' } },
  { id: 'F50', group: 'consumer', starred: false, promise: 'effectAtMostOnce', cure: { dedupWindow: 'endless' } },
  { id: 'F54', group: 'saga', starred: true, promise: 'noContradiction', cure: { saga: 'guarded' } },
  { id: 'F55', group: 'saga', starred: false, promise: 'noContradiction', cure: { saga: 'guarded' } },
  { id: 'F60', group: 'saga', starred: true, promise: 'processEnds', cure: { deadlines: 'on' } },
  { id: 'F61', group: 'saga', starred: false, promise: 'noContradiction', cure: { saga: 'guarded' } },
  { id: 'F56', group: 'processManager', starred: false, promise: 'sagaSerial', cure: { instances: 'checked' } },
  { id: 'F57', group: 'processManager', starred: false, promise: 'oneInstance', cure: { instances: 'checked' } },
  { id: 'F58', group: 'processManager', starred: true, promise: 'processEnds', cure: { sending: 'outbox' } },
  { id: 'F62', group: 'processManager', starred: false, promise: 'oneInstance', cure: { finished: 'kept' } },
  { id: 'F63', group: 'processManager', starred: false, promise: 'timerToken', cure: { tokens: 'on' } },
  { id: 'F64', group: 'processManager', starred: true, promise: 'compensationSound', cure: { tombstones: 'on' } },
  { id: 'F65', group: 'processManager', starred: false, promise: 'compensationEnds', cure: { compensation: 'on' } },
  { id: 'F66', group: 'processManager', starred: false, promise: 'noContradiction', cure: { saga: 'guarded' } },
  { id: 'F67', group: 'processManager', starred: false, promise: 'noContradiction', cure: { saga: 'guarded' } },
  { id: 'F68', group: 'processManager', starred: false, promise: 'replayDeterminism', cure: { planning: 'recorded' } },
  { id: 'F71', group: 'boundaries', starred: true, promise: 'boundaryKept', cure: { boundary: 'together' } },
  { id: 'F71b', group: 'boundaries', starred: false, shows: 'conflicts', cure: { boundary: 'together' } },
  { id: 'D6a', group: 'races', starred: false, promise: 'sagaSerial', cure: { instances: 'checked' } },
  { id: 'D6b', group: 'races', starred: false, promise: 'oneInstance', cure: { saga: 'guarded' } },
  { id: 'D6c', group: 'races', starred: false, promise: 'noContradiction', cure: { instances: 'locked' } },
  { id: 'D6d', group: 'races', starred: false, promise: 'commandRecorded', cure: { sending: 'outbox' } },
  { id: 'D6e', group: 'races', starred: false, promise: 'noDuplicateDelivery', cure: { instances: 'checked' } },
  { id: 'D6f', group: 'races', starred: false, promise: 'oneInstance', cure: { finished: 'kept' } },
];

const files = import.meta.glob<Scenario>('./*.json', { import: 'default' });

/** The scene with this id; null where there is none. */
export const findScene = (id: string | undefined): Scene | null => scenes.find((scene) => scene.id === id) ?? null;

/** The scene that a run is of, however far it has been changed since. */
export const sceneOf = ({ title }: Pick<Scenario, 'title'>): Scene | null => findScene(title);

/** The scene taught after this one; null after the last. */
export const sceneAfter = (scene: Scene): Scene | null => scenes[scenes.indexOf(scene) + 1] ?? null;

/** Fetches a scene's scenario, as it is written. Rejects where it can't be fetched. */
export async function loadScene(id: SceneId): Promise<Scenario> {
  const load = files[`./${id.toLowerCase()}.json`];
  if (!load) throw new Error(`the scene ${id} has no file`);
  return load();
}

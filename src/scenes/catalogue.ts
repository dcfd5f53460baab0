/**
 * All scenes, in the order in which they are taught. Each is a scenario file beside this one, named by its id in small
 * letters and titled by it: so a reload, a link and an exported file still know which scene they are.
 */
import type { Scenario } from '../trace/scenario.ts';
import type { Scene, SceneId } from './scene.ts';

export const scenes: readonly Scene[] = [
  { id: 'F01', group: 'publishing', starred: true, promise: 'noPhantom', cure: { publish: 'outbox' } },
  { id: 'F04', group: 'publishing', starred: true, promise: 'delivered', cure: { publish: 'outbox' } },
  { id: 'F08', group: 'relay', starred: true, promise: 'effectAtMostOnce', cure: { inbox: 'sameTransaction' } },
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

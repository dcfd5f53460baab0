/** Scenes that the page's address asks for: fetched when one does. */
import { findScene, loadScene } from '../../scenes/catalogue.ts';
import { changeOptions } from '../../trace/option-rules.ts';
import type { Options } from '../../trace/scenario.ts';
import type { Opening } from './opening.ts';

/** A scene before its first step, the options asked for laid over its own; null where there is none. Rejects where it can't be fetched. */
export async function openingOf(id: string, asked: Partial<Options>): Promise<Opening | null> {
  const scene = findScene(id);
  if (!scene) return null;
  const written = await loadScene(scene.id);
  const options = changeOptions(written.options, asked, written.flow);
  return { scenario: { ...written, options }, upTo: { records: 0 }, cursor: 0 };
}

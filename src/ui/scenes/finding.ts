/** Finding one's way among the scenes: by words, and by arrow keys. */
import type { Scene } from '../../scenes/scene.ts';
import type { SceneWords } from '../i18n/en-scenes.ts';

/** The scenes in which every word of the filter occurs. `promise` gives a promise's name in the reader's language. */
export function matching(
  scenes: readonly Scene[],
  filter: string,
  words: SceneWords,
  promise: (key: string) => string,
): Scene[] {
  const wanted = filter.toLowerCase().split(/\s+/);
  return scenes.filter((scene) => {
    const { title, watch } = words.texts[scene.id];
    const said = [scene.id, title, watch, words.groups[scene.group], aboutOf(scene, words, promise)];
    const all = said.join(' ').toLowerCase();
    return wanted.every((word) => all.includes(word));
  });
}

/** What a scene is about: the promise at stake, or what it shows. */
export const aboutOf = (scene: Scene, { shown }: SceneWords, promise: (key: string) => string): string =>
  scene.shows ? shown[scene.shows].name : promise(scene.promise);

type Box = Pick<DOMRect, 'left' | 'top' | 'width'>;

/** Which of some boxes an arrow key leads to from one of them: along the order, or to the nearest in the row above or below. */
export function besideOf(boxes: readonly Box[], from: number, key: string): number {
  if (key === 'ArrowRight') return Math.min(from + 1, boxes.length - 1);
  if (key === 'ArrowLeft') return Math.max(from - 1, 0);
  const here = boxes[from]!;
  const middle = ({ left, width }: Box) => left + width / 2;
  const down = key === 'ArrowDown';
  const beyond = boxes.filter(({ top }) => (down ? top > here.top + 1 : top < here.top - 1));
  const row = down ? Math.min(...beyond.map(({ top }) => top)) : Math.max(...beyond.map(({ top }) => top));
  const [nearest] = beyond
    .filter(({ top }) => Math.abs(top - row) <= 1)
    .sort((a, b) => Math.abs(middle(a) - middle(here)) - Math.abs(middle(b) - middle(here)));
  return nearest ? boxes.indexOf(nearest) : from;
}

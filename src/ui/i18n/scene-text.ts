/** The shape of what a language says about scenes. */

/** What a language says about one scene. How it ends is judged, not written. */
export interface SceneText {
  title: string;
  /** What happens, and where to look. */
  watch: string;
  /** What the cure does and what it costs. */
  cure: string;
}

/** What a language says of something that runs show. */
export interface ShownText {
  name: string;
  /** At a step: `n` times so far. */
  count: (n: number) => string;
  /** At rest: `n` times, at least once; or never. */
  found: (n: number) => string;
  none: string;
}

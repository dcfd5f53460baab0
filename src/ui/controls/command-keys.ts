/** Letters that send a command: each flow has its own, and whoever shows the commands says which. */
type Keys = Readonly<Record<string, () => void>>;

const known: Keys[] = [];

/** Lets letters send commands as long as they are on the page. Returns what ends that. */
export function withKeys(keys: Keys): () => void {
  known.push(keys);
  return () => void known.splice(known.indexOf(keys), 1);
}

/** What a letter sends now, if it sends anything. */
export const keyed = (letter: string): (() => void) | undefined => known.findLast((keys) => letter in keys)?.[letter];

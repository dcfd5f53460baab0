/**
 * What a dictionary holds under a key that comes from a record: nothing it merely inherits, whatever a stranger's file
 * calls its parts.
 */
export const own = <V>(dictionary: Readonly<Record<string, V>>, key: string): V | undefined =>
  Object.hasOwn(dictionary, key) ? dictionary[key] : undefined;

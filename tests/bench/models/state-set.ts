/**
 * A set of states of three 32-bit words each, in the order they were found: a breadth-first search needs no other queue.
 * Open addressing with linear probing (Knuth, The Art of Computer Programming, 3, 6.4, algorithm L) over indices into
 * the states; the hash is MurmurHash3's (Appleby, public domain) for three blocks.
 */
export class StateSet {
  /** State i is in the words 3i, 3i + 1 and 3i + 2. A new array whenever there are too many for the old. */
  words = new Int32Array(3 * 512);
  size = 0;
  /** 0, or 1 more than the index of a state. At most half of them are taken. */
  #slots = new Int32Array(1024);

  /** Bytes of the typed arrays, what is not yet used of them included. */
  get bytes(): number {
    return this.words.byteLength + this.#slots.byteLength;
  }

  /** Whether it is new. */
  add(a: number, b: number, c: number): boolean {
    const slots = this.#slots;
    const words = this.words;
    const mask = slots.length - 1;
    let slot = hash(a, b, c) & mask;
    for (let held = slots[slot]!; held !== 0; held = slots[slot]!) {
      const at = 3 * held - 3;
      if (words[at] === a && words[at + 1] === b && words[at + 2] === c) return false;
      slot = (slot + 1) & mask;
    }
    const at = 3 * this.size;
    words[at] = a;
    words[at + 1] = b;
    words[at + 2] = c;
    slots[slot] = ++this.size;
    if (2 * this.size === slots.length) this.#grow();
    return true;
  }

  /** Twice the room. The slots are found anew from the states, which are in order and need no comparing. */
  #grow(): void {
    const words = new Int32Array(2 * this.words.length);
    words.set(this.words);
    const slots = new Int32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (let i = 0; i < this.size; i++) {
      let slot = hash(words[3 * i]!, words[3 * i + 1]!, words[3 * i + 2]!) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = i + 1;
    }
    this.words = words;
    this.#slots = slots;
  }
}

function hash(a: number, b: number, c: number): number {
  let h = block(block(block(0, a), b), c);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function block(h: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  const mixed = h ^ k;
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

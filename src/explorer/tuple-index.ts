/** Tuples of integers, each known by its number: one typed array, searched by open addressing. */

/** How long an array becomes that has become too short: what is not used costs memory. */
export const longer = (length: number): number => Math.ceil((length * 3) / 2);

/** A longer array that begins with what a shorter one holds. */
export function lengthened<A extends Int32Array | Int16Array>(short: A, long: A): A {
  long.set(short);
  return long;
}

/** Numbers count from 0 in the order in which tuples came. */
export class TupleIndex {
  readonly width: number;
  #tuples: Int32Array;
  #slots = new Int32Array(4096).fill(-1);
  #size = 0;

  /** `width`: how many integers make a tuple. */
  constructor(width: number) {
    this.width = width;
    this.#tuples = new Int32Array(1024 * width);
  }

  get size(): number {
    return this.#size;
  }
  /** Bytes that all of it takes. */
  get bytes(): number {
    return this.#tuples.byteLength + this.#slots.byteLength;
  }

  /** The integers of a tuple, copied. */
  read(number: number, into: Int32Array): void {
    const start = number * this.width;
    for (let i = 0; i < this.width; i++) into[i] = this.#tuples[start + i]!;
  }

  /** The number of a tuple; a new one, equal to the size before, where it has not been seen. */
  numberOf(tuple: Int32Array): number {
    if (this.#size * 4 >= this.#slots.length * 3) this.#widen();
    let slot = this.#slotOf(tuple, 0);
    for (; this.#slots[slot] !== -1; slot = (slot + 1) & (this.#slots.length - 1)) {
      const number = this.#slots[slot]!;
      if (this.#holds(number, tuple)) return number;
    }
    const number = this.#size++;
    if (this.#size * this.width > this.#tuples.length)
      this.#tuples = lengthened(this.#tuples, new Int32Array(longer(this.#tuples.length)));
    this.#slots[slot] = number;
    const start = number * this.width;
    for (let i = 0; i < this.width; i++) this.#tuples[start + i] = tuple[i]!;
    return number;
  }

  #holds(number: number, tuple: Int32Array): boolean {
    const start = number * this.width;
    for (let i = 0; i < this.width; i++) if (this.#tuples[start + i] !== tuple[i]) return false;
    return true;
  }

  #slotOf(tuple: Int32Array, start: number): number {
    let hash = 0x811c9dc5;
    for (let i = start; i < start + this.width; i++) {
      hash = Math.imul(hash ^ tuple[i]!, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return (hash >>> 0) & (this.#slots.length - 1);
  }

  #widen(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    for (let number = 0; number < this.#size; number++) {
      let slot = this.#slotOf(this.#tuples, number * this.width);
      while (this.#slots[slot] !== -1) slot = (slot + 1) & (this.#slots.length - 1);
      this.#slots[slot] = number;
    }
  }
}

/**
 * The model of outbox-configs.ts packed by hand into three words a state: the fast end of the scale, what one gets for
 * giving up every object. What a step means is said in outbox-naive.ts; here is how it is done to bits.
 *
 * - control: for each aggregate its handler (2 bits) and its next command; crashes, lost acknowledgements, what the
 *   relay does next, the marked events as a bit set, and on top the rows the relay holds, the first one lowest
 * - rows: the committed events as a bit set, above them the outbox, the first row lowest
 * - messages: for each subscriber and event how many are under way, above them how often it was applied
 *
 * In rows an event is its number from 1, so that 0 is the end of a list; elsewhere it counts from 0.
 */
import type { Found, Invariant, OutboxModel } from './outbox-configs.ts';
import { StateSet } from './state-set.ts';

const [idle, work, pub] = [0, 1, 2];
const handlerMask = 3;

/** Bits that hold the numbers from 0 to `most`. */
const bitsFor = (most: number): number => 32 - Math.clz32(most);

/** Where each part of a state is. Widths are bits, `…At` is the lowest bit, masks are of a part moved down to bit 0. */
function layoutOf({ N, M, S, F, R, BATCH, INBOX }: OutboxModel) {
  const events = N * M;
  const cells = S * events;
  const aggregateBits = 2 + bitsFor(M);
  const crashesAt = N * aggregateBits;
  const lostAt = crashesAt + bitsFor(F);
  const markingAt = lostAt + bitsFor(R);
  const markedAt = markingAt + 1;
  const heldAt = markedAt + events;
  const eventBits = bitsFor(events);
  // each crash makes the one event in hand be published once more, and no other
  const busBits = bitsFor(1 + F);
  const timesBits = INBOX ? 1 : bitsFor(1 + F + R);
  const appliedAt = cells * busBits;
  const sizes = [heldAt + BATCH * eventBits, events * (1 + eventBits), appliedAt + cells * timesBits];
  // 31, so that no sum of parts is ever negative
  if (sizes.some((size) => size > 31)) throw new RangeError(`a state of ${sizes.join(' + ')} bits is too big`);
  let oneToEach = 0;
  for (let s = 0; s < S; s++) oneToEach |= 1 << (s * events * busBits);
  return {
    events,
    cells,
    aggregateBits,
    nextMask: (1 << bitsFor(M)) - 1,
    crashesAt,
    crashesMask: (1 << bitsFor(F)) - 1,
    lostAt,
    lostMask: (1 << bitsFor(R)) - 1,
    markingAt,
    markedAt,
    heldAt,
    eventBits,
    eventMask: (1 << eventBits) - 1,
    eventSetMask: (1 << events) - 1,
    busBits,
    busMask: (1 << busBits) - 1,
    oneToEach,
    appliedAt,
    timesBits,
    timesMask: (1 << timesBits) - 1,
  };
}

class PackedSearch {
  readonly states = new StateSet();
  generated = 0;
  broken: Invariant | undefined;
  readonly #model: OutboxModel;
  readonly #layout: ReturnType<typeof layoutOf>;
  readonly #invariants: readonly Invariant[];

  constructor(model: OutboxModel, invariants: readonly Invariant[]) {
    this.#model = model;
    this.#layout = layoutOf(model);
    this.#invariants = invariants;
  }

  reach(control: number, rows: number, messages: number): void {
    this.generated++;
    if (!this.states.add(control, rows, messages) || this.#invariants.length === 0) return;
    this.broken ??= this.#invariants.find((name) => !this.#holds(name, control, rows, messages));
  }

  /** All steps from the state found as the i-th. */
  expand(i: number): void {
    const { words } = this.states;
    const control = words[3 * i]!;
    const rows = words[3 * i + 1]!;
    const messages = words[3 * i + 2]!;
    this.#handlers(control, rows, messages);
    this.#relay(control, rows, messages);
    this.#crashes(control, rows, messages);
    this.#deliveries(control, rows, messages);
  }

  #handlers(control: number, rows: number, messages: number): void {
    const { N, M, Strategy } = this.#model;
    const { aggregateBits, nextMask } = this.#layout;
    for (let a = 0, at = 0; a < N; a++, at += aggregateBits) {
      const pc = (control >>> at) & handlerMask;
      const next = (control >>> (at + 2)) & nextMask;
      const event = a * M + next;
      const onward = control + (1 << at); // idle to work, work to pub
      const ended = control - (pc << at) + (1 << (at + 2));
      if (pc === idle) {
        if (next < M) this.reach(onward, rows, messages);
      } else if (Strategy === 'outbox') {
        this.reach(ended, this.#appended(rows | (1 << event), event), messages);
      } else if (Strategy === 'afterCommit') {
        if (pc === work) this.reach(onward, rows | (1 << event), messages);
        else this.reach(ended, rows, this.#sent(messages, event));
      } else if (pc === work) {
        this.reach(onward, rows, this.#sent(messages, event));
      } else {
        this.reach(ended, rows | (1 << event), messages);
        this.reach(ended, rows, messages);
      }
    }
  }

  #appended(rows: number, event: number): number {
    const { events, eventBits } = this.#layout;
    const length = Math.ceil((32 - Math.clz32(rows >>> events)) / eventBits);
    return rows | ((event + 1) << (events + length * eventBits));
  }

  #sent(messages: number, event: number): number {
    const { oneToEach, busBits } = this.#layout;
    return messages + (oneToEach << (event * busBits));
  }

  #relay(control: number, rows: number, messages: number): void {
    const { heldAt, eventBits, eventMask, markingAt, markedAt } = this.#layout;
    const held = control >>> heldAt;
    if (held === 0) {
      const fetched = this.#unmarked(control, rows);
      if (fetched !== 0) this.reach(control | (fetched << heldAt), rows, messages);
      return;
    }
    const head = (held & eventMask) - 1;
    const marking = 1 << markingAt;
    if ((control & marking) === 0) {
      this.reach(control | marking, rows, this.#sent(messages, head));
    } else {
      const others = control & ~marking & ((1 << heldAt) - 1);
      this.reach(others | (1 << (markedAt + head)) | ((held >>> eventBits) << heldAt), rows, messages);
    }
  }

  /** The first rows that are not marked, as the relay would hold them. */
  #unmarked(control: number, rows: number): number {
    const { BATCH } = this.#model;
    const { events, eventBits, eventMask, markedAt } = this.#layout;
    let fetched = 0;
    let width = 0;
    for (let rest = rows >>> events; rest !== 0 && width < BATCH * eventBits; rest >>>= eventBits) {
      const number = rest & eventMask;
      if (((control >>> (markedAt + number - 1)) & 1) !== 0) continue;
      fetched |= number << width;
      width += eventBits;
    }
    return fetched;
  }

  #crashes(control: number, rows: number, messages: number): void {
    const { N, F, Strategy } = this.#model;
    const { aggregateBits, crashesAt, crashesMask, heldAt, markingAt } = this.#layout;
    if (((control >>> crashesAt) & crashesMask) >= F) return;
    const counted = control + (1 << crashesAt);
    let restarted = counted;
    for (let a = 0, at = 0; a < N; a++, at += aggregateBits) {
      const pc = (control >>> at) & handlerMask;
      restarted -= pc << at;
      if (pc === pub && Strategy === 'afterCommit') restarted += 1 << (at + 2);
    }
    if (restarted !== counted) this.reach(restarted, rows, messages);
    if (control >>> heldAt !== 0) this.reach(counted & ~(1 << markingAt) & ((1 << heldAt) - 1), rows, messages);
  }

  #deliveries(control: number, rows: number, messages: number): void {
    const { INBOX, R } = this.#model;
    const { cells, busBits, busMask, appliedAt, timesBits, timesMask, lostAt, lostMask } = this.#layout;
    const canLose = ((control >>> lostAt) & lostMask) < R;
    for (let cell = 0; cell < cells; cell++) {
      const at = cell * busBits;
      if (((messages >>> at) & busMask) === 0) continue;
      const timesAt = appliedAt + cell * timesBits;
      const again = INBOX && ((messages >>> timesAt) & timesMask) !== 0;
      const applied = again ? messages : messages + (1 << timesAt);
      this.reach(control, rows, applied - (1 << at));
      if (canLose) this.reach(control + (1 << lostAt), rows, applied);
    }
  }

  #holds(invariant: Invariant, control: number, rows: number, messages: number): boolean {
    const { events, cells, appliedAt, timesBits, timesMask } = this.#layout;
    if (invariant === 'NoLoss' && !this.#isQuiescent(control, rows, messages)) return true;
    for (let cell = 0; cell < cells; cell++) {
      const times = (messages >>> (appliedAt + cell * timesBits)) & timesMask;
      const committed = ((rows >>> (cell % events)) & 1) !== 0;
      if (invariant === 'NoDuplicateEffect' && times > 1) return false;
      if (invariant === 'NoPhantom' && times > 0 && !committed) return false;
      if (invariant === 'NoLoss' && times === 0 && committed) return false;
    }
    return true;
  }

  #isQuiescent(control: number, rows: number, messages: number): boolean {
    const { N, M } = this.#model;
    const { aggregateBits, appliedAt, heldAt } = this.#layout;
    for (let a = 0; a < N; a++) {
      const aggregate = (control >>> (a * aggregateBits)) & ((1 << aggregateBits) - 1);
      if (aggregate !== M << 2) return false; // that is: idle, and no command left
    }
    const underWay = messages & ((1 << appliedAt) - 1);
    return control >>> heldAt === 0 && this.#unmarked(control, rows) === 0 && underWay === 0;
  }
}

/** What was found, and the bytes of the typed arrays that hold it at the end. */
export interface PackedFound extends Found {
  bytes: number;
}

/**
 * Searches breadth first, all there is, or until one of the `invariants` breaks: then on a shortest way.
 * @throws RangeError if a state of the model needs more than 31 bits in one of the three words
 */
export function searchPacked(model: OutboxModel, invariants: readonly Invariant[] = []): PackedFound {
  const search = new PackedSearch(model, invariants);
  const { states } = search;
  search.reach(0, 0, 0);
  let depth = 0;
  for (let from = 0, to = 1; from < to && !search.broken; from = to, to = states.size, depth++)
    for (let i = from; i < to && !search.broken; i++) search.expand(i);
  return {
    distinct: states.size,
    generated: search.generated,
    depth,
    bytes: states.bytes,
    ...(search.broken && { violation: { invariant: search.broken, shortestTraceStates: depth + 1 } }),
  };
}

/** Real ms that a step forward takes to glide there. */
const glideTime = 320;

/** A step forward that is seen: the time shown glides to that of the step. */
export class Glide {
  #passed = 0;

  constructor(
    readonly from: number,
    readonly to: number,
    readonly cursor: number,
  ) {}

  /** The virtual time to show after so many more real ms; null once it is there. */
  after(passed: number): number | null {
    this.#passed += passed;
    const share = this.#passed / glideTime;
    return share >= 1 ? null : this.from + (this.to - this.from) * share;
  }
}

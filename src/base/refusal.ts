/**
 * An expected no: a rule of the domain refused a command, or an effect could not be performed. `code` is what programs
 * read; the page turns it into a sentence. Anything else that is thrown is a defect and is not caught by the simulation.
 */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** The elements of the notes in flight, moved by hand: one attribute each a frame, whatever else the page does. */
import type { Flight } from '../../playback/view.ts';
import { courseOf, pointAt, progressAt, type Layout } from './geometry.ts';

/** When and where notes are drawn. `still`: nothing may travel, and a note stands in the middle of its way. */
export interface Moment {
  layout: Layout;
  time: number;
  still: boolean;
}

/** A note's place as an SVG transform: a pure function of its flight and the moment. */
export function transformOf(flight: Flight, { layout, time, still }: Moment): string {
  const { x, y } = pointAt(courseOf(layout, flight), still ? 0.5 : progressAt(flight, time));
  return `translate(${x.toFixed(1)} ${y.toFixed(1)})`;
}

export class FlightNodes {
  readonly #nodes = new Map<string, SVGElement>();
  #moment: Moment | null = null;

  /** An attachment that knows the flight's element as long as it is there. */
  keep(flight: Flight): (node: SVGElement) => () => void {
    return (node) => {
      this.#nodes.set(flight.id, node);
      // it may come after the others of its step have been placed
      if (this.#moment) node.setAttribute('transform', transformOf(flight, this.#moment));
      return () => {
        if (this.#nodes.get(flight.id) === node) this.#nodes.delete(flight.id);
      };
    };
  }

  /** Puts every note where it is at this moment. */
  place(flights: readonly Flight[], moment: Moment): void {
    this.#moment = moment;
    for (const flight of flights) this.#nodes.get(flight.id)?.setAttribute('transform', transformOf(flight, moment));
  }
}

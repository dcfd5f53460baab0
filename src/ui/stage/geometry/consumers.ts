/** The ways between the bus and its consumers, wherever these stand. */
import { line, type Box, type Edge } from './shapes.ts';

/** From the bus to each consumer, and back with what it acknowledges. */
export function consumerEdges(boxes: Readonly<Record<string, Box>>): Edge[] {
  const from = boxes['bus']!.y + boxes['bus']!.h;
  return Object.keys(boxes)
    .filter((part) => part.startsWith('consumer:'))
    .flatMap((part): Edge[] => {
      const { x, y, w } = boxes[part]!;
      const at = x + w / 2;
      return [
        { from: 'bus', to: part, curve: line(at - 10, from, at - 10, y) },
        { from: part, to: 'bus', quiet: true, curve: line(at + 16, y, at + 16, from) },
      ];
    });
}

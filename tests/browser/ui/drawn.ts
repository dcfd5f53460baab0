/** What is drawn on the stage, as boxes on the screen: to find what lies over something else, or sticks out. */

/** How much two texts may touch: their boxes are higher than their letters. CSS pixels. */
const tolerance = 3;

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/** Waits until everything is there that the stage fetches, with its fonts, and has its place. */
export async function drawn(): Promise<void> {
  await document.fonts.ready;
  for (let last = ''; ;) {
    for (let frames = 0; frames < 3; frames++) await frame();
    const picture = document.querySelector('.stage svg');
    const now = picture ? new XMLSerializer().serializeToString(picture) : '';
    if (now === last && now !== '' && !document.querySelector('.waiting')) return;
    last = now;
  }
}

/** Makes the stage so large. */
export async function resize(width: number, height: number): Promise<void> {
  const stage = document.querySelector<HTMLElement>('.stage')!;
  stage.style.width = `${width}px`;
  stage.style.height = `${height}px`;
  document.querySelector<HTMLElement>('.board')!.style.minHeight = `${height - 60}px`;
  await drawn();
}

const picture = () => document.querySelector<SVGSVGElement>('.board > svg[role="group"]')!;

/** Elements of the picture as boxes, those without a size left out. */
export const boxesOf = (selector: string): { element: Element; box: DOMRect }[] =>
  [...picture().querySelectorAll(selector)]
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && box.height > 0);

const across = (a: DOMRect, b: DOMRect) => Math.min(a.right, b.right) - Math.max(a.left, b.left);
const down = (a: DOMRect, b: DOMRect) => Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);

/** Pairs of elements that lie over each other by more than they may. */
export function overlaps(selector: string, may = 0.5): string[] {
  const all = boxesOf(selector);
  const found: string[] = [];
  for (const [index, a] of all.entries()) {
    for (const b of all.slice(index + 1)) {
      const [x, y] = [across(a.box, b.box), down(a.box, b.box)];
      if (x > may && y > may) found.push(`${say(a.element)} / ${say(b.element)} by ${x.toFixed(1)}×${y.toFixed(1)}`);
    }
  }
  return found;
}

const say = (element: Element): string =>
  element.textContent.trim().replace(/\s+/g, ' ') || `${element.tagName} ${element.getAttribute('class') ?? ''}`;

/** Texts of the picture that lie over each other. A badge may touch the note it belongs to. */
export const textOverlaps = (): string[] => overlaps('text:not(.badge)', tolerance);

/** Words at edges that lie over a part. */
export function wordsOverParts(): string[] {
  const parts = boxesOf('.part').filter(({ element }) => {
    const part = element.querySelector('[data-part]')?.getAttribute('data-part') ?? '';
    return !/^(service|database|queue:.*)$/.test(part);
  });
  return boxesOf('.edges text').flatMap(({ element, box }) =>
    parts.flatMap(({ element: part }) => {
      const ring = part.querySelector('.marks > .ring')!.getBoundingClientRect();
      // the ring is drawn 4 units outside of the part
      const [x, y] = [across(box, ring) - 5, down(box, ring) - 5];
      return x > 0 && y > tolerance ? [`${say(element)} over ${say(part.querySelector('text')!)}`] : [];
    }),
  );
}

/** What has to hold a text: its row or note, the part it is in (as its ring says), or the picture. */
function holderOf(text: Element): DOMRect {
  const own = text.closest('.row, .entry, .cell, .note')?.querySelector(':scope > rect');
  const part = text.closest('.part')?.querySelector('.marks > .ring');
  return (own ?? part ?? picture()).getBoundingClientRect();
}

/** Texts that stick out of what has to hold them. */
export function sticksOut(): string[] {
  return boxesOf('text').flatMap(({ element, box }) => {
    const outer = holderOf(element);
    const by = Math.max(outer.left - box.left, box.right - outer.right, box.bottom - outer.bottom - 2);
    return by > 1.5 && !element.classList.contains('badge') ? [`${say(element)} by ${by.toFixed(1)}`] : [];
  });
}

/** Walks through a run in so many parts, and tells what `look` finds on the way: each thing with the cursor it was first seen at. */
export async function foundAlong(
  run: { readonly records: readonly unknown[]; seek(cursor: number): void },
  parts: number,
  look: () => string[],
): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (let part = 0; part <= parts; part++) {
    const cursor = Math.floor((run.records.length * part) / parts);
    run.seek(cursor);
    await drawn();
    for (const what of look()) if (!found.has(what)) found.set(what, cursor);
  }
  return found;
}

/** What lies over something else on the stage, or sticks out of it. */
export const crowded = (): string[] => [
  ...textOverlaps(),
  ...wordsOverParts(),
  ...sticksOut(),
  ...overlaps('.row > rect, .entry > rect, .cell > rect, .handler'),
];

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { top } from '../../support/tree.ts';

const tokens = readFileSync(join(top, 'src/ui/theme/tokens.css'), 'utf8');
const themes = ['light', 'dark'] as const;

/** A colour token in both themes. */
function token(name: string): Record<(typeof themes)[number], string> {
  const pair = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(tokens);
  if (pair) return { light: pair[1]!, dark: pair[2]! };
  const single = new RegExp(`--${name}: (#\\w{6})`).exec(tokens)?.[1];
  if (!single) throw new Error(`no token --${name}`);
  return { light: single, dark: single };
}

/** WCAG 2: the luminance of a colour, and the contrast of two. */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

test('contrast is measured as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 1);
});

const grounds = ['paper', 'panel', 'recess', 'raised'];
const text: [ink: string, ground: string][] = [
  ...grounds.flatMap((ground): [string, string][] => [
    ['ink', ground],
    ['soft', ground],
  ]),
  ['command-ink', 'command'],
  ['event-ink', 'event'],
  ['event-soft-ink', 'event-soft'],
  ['aggregate-ink', 'aggregate'],
  ['read-ink', 'read'],
  ['read-broken-ink', 'read'],
  ['broken-ink', 'panel'],
  ['broken-ink', 'paper'],
  ['broken-ink', 'broken-soft'],
  ['broken-ink', 'recess'],
  ['on-broken', 'broken'],
  ['holds-ink', 'panel'],
  ['holds-ink', 'holds-soft'],
  ['holds-ink', 'recess'],
  ['ink', 'lit'],
  ['soft', 'lit'],
  ['code-ink', 'code'],
  ['code-soft', 'code'],
  ['code-word', 'code'],
  ['code-text', 'code'],
  ['code-ink', 'code-lit'],
  ['code-soft', 'code-lit'],
];
const lines: [line: string, ground: string][] = [
  ...['edge', 'edge-lit', 'broken', 'holds', 'focus'].flatMap((line): [string, string][] => [
    [line, 'paper'],
    [line, 'panel'],
    [line, 'recess'],
  ]),
  ['pending-ink', 'panel'],
  ['broken', 'broken-soft'],
  ['read-broken-ink', 'read'],
  ['holds', 'holds-soft'],
];

test.each(text)('%s can be read on %s', (ink, ground) => {
  for (const theme of themes)
    expect(contrast(token(ink)[theme], token(ground)[theme]), theme).toBeGreaterThanOrEqual(4.5);
});

test.each(lines)('%s can be seen on %s', (line, ground) => {
  for (const theme of themes)
    expect(contrast(token(line)[theme], token(ground)[theme]), theme).toBeGreaterThanOrEqual(3);
});

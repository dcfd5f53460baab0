/** Recognises files of other formats, so that a refusal can say what was opened instead. */

/** How far into the text they are looked for: enough for every one of them, and a cap on the work. */
const headLength = 4096;

/** In this order: what is told by its beginning, then what is told by a telling key. */
const formats: readonly (readonly [name: string, mark: RegExp])[] = [
  ['HTML', /^\s*<(?:!doctype html|html|head|body)\b/i],
  ['SVG', /^\s*(?:<\?xml[^>]{0,200}>\s*)?<svg\b/],
  ['XML', /^\s*<\?xml\b/],
  ['PlantUML', /^\s*@startuml\b/],
  [
    'Mermaid',
    /^\s*(?:---\n|%%\{|(?:sequenceDiagram|flowchart|graph|stateDiagram(?:-v2)?|classDiagram|erDiagram|gantt|timeline)\b)/,
  ],
  ['share link', /^\s*(?:https?:\/\/[^\s#]{1,2000})?#v\d{1,6}=/],
  ['HAR', /^\s*\{\s*"log"\s*:\s*\{/],
  ['OTLP', /"resource(?:Spans|Logs|Metrics)"\s*:\s*\[/],
  ['Jaeger', /"traceID"\s*:\s*"/],
  ['Chrome trace', /"traceEvents"\s*:\s*\[|^\s*\[\s*\{[^{}]{0,500}"ph"\s*:\s*"/],
  ['CloudEvents', /"specversion"\s*:\s*"/],
];

/** @returns the name of the format the text seems to be in: null when it says it is ours, or nothing tells */
export function foreignFormat(text: string): string | null {
  const head = text.slice(0, headLength);
  if (head.includes('"sagascope/')) return null;
  return formats.find(([, mark]) => mark.test(head))?.[0] ?? null;
}

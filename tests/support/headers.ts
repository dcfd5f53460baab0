type Rule = { pattern: RegExp; headers: [name: string, value: string][] };

/** Reads a `_headers` file of a static host: a path (`*` stands for anything), and its headers indented below. */
export function parseHeaders(text: string): Rule[] {
  const rules: Rule[] = [];
  for (const line of text.split('\n')) {
    if (!line.trim() || line.trim().startsWith('#')) continue;
    if (!/^\s/.test(line)) {
      const pattern = line
        .trim()
        .split('*')
        .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
        .join('.*');
      rules.push({ pattern: new RegExp(`^${pattern}$`), headers: [] });
      continue;
    }
    const colon = line.indexOf(':');
    const rule = rules.at(-1);
    if (colon < 0 || !rule) throw new Error(`_headers: not understood: ${line}`);
    rule.headers.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
  }
  return rules;
}

/** The headers that the host sends with a path. */
export function headersFor(rules: Rule[], path: string): Map<string, string> {
  return new Map(rules.filter((rule) => rule.pattern.test(path)).flatMap((rule) => rule.headers));
}

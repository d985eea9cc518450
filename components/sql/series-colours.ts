/** Values with a colour of their own everywhere in the app; a chart must not give them another. */
const KNOWN: ReadonlyMap<string, string> = new Map([
  ["allow", "var(--allowed-bar)"],
  ["deny", "var(--denied-bar)"],
  ["cancelled", "var(--unchecked)"],
  ["incomplete", "var(--strong)"],
  ["none", "var(--series-6)"],
  ["verified", "var(--verified)"],
  ["does-not-verify", "var(--fails)"],
  ["not-checked", "var(--unchecked)"],
]);

/** A colour for each series: the known ones where every name is known, else the page's six. */
export function seriesColours(names: readonly string[]): readonly string[] {
  const known = names.map((name) => KNOWN.get(name));
  return names.map((_, at) =>
    known.includes(undefined) ? `var(--series-${(at % 6) + 1})` : (known[at] ?? "var(--series-1)"),
  );
}

import { expect, test } from "vitest";
import { dot, graphml } from "./export-text.ts";
import { chainOf } from "./testing/nodes.ts";
import { walk } from "./walk.ts";

const HOSTILE = `<a href="x">&\u0000\u001b]]>\ud800\ufffe"\\\r\n\u202e`;

const index = chainOf([
  { id: HOSTILE, boundary: "produce", topic: HOSTILE, service: "shop" },
  { id: "b", parents: [HOSTILE, "absent"], decision: "deny", guard: HOSTILE, cost: 7n },
  { id: "c", parents: ["b", "c"], integrity: "does-not-verify", strength: "observed" },
]);

test("GraphML holds every node and link, and nothing that XML cannot hold", () => {
  const text = graphml(index, walk(index, 1, "both", null));
  expect(text.match(/<node /g)).toHaveLength(4);
  expect(text.match(/<edge /g)).toHaveLength(4);
  expect(text).toContain('<node id="n0"><data key="id">b</data>');
  expect(text).toContain('<data key="cost">7</data>');
  expect(text).toContain("&lt;a href=&quot;x&quot;&gt;&amp;]]&gt;&quot;\\&#13;\n\u202e</data>");
  expect(text).not.toMatch(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u);
  // What is left without tags, entities and text is nothing: each tag is one of ours.
  const tags = new Set(Array.from(text.matchAll(/<[/?]?([a-z]+)/g), (match) => match[1]));
  expect([...tags].sort()).toEqual(["data", "edge", "graph", "graphml", "key", "node", "xml"]);
});

test("every key that GraphML uses is declared once with its type", () => {
  const text = graphml(index, walk(index, 1, "both", null));
  const declared = Array.from(text.matchAll(/<key id="([a-z]+)" for/g), (match) => match[1]);
  const used = new Set(Array.from(text.matchAll(/<data key="([a-z]+)"/g), (match) => match[1]));
  expect(new Set(declared).size).toBe(declared.length);
  for (const key of used) {
    expect(declared).toContain(key);
  }
});

test("DOT quotes what a log says, spells out what would not be seen, and styles by strength", () => {
  const text = dot(index, walk(index, 1, "both", null));
  const lines = text.split("\n");
  expect(lines).toHaveLength(2 + 4 + 4 + 2);
  expect(lines.find((line) => line.startsWith("  n2 "))).toBe(
    `  n2 [label="<a href=\\"x\\">&\\\\u{0}\\\\u{1b}]]>\\\\u{d800}\ufffe\\"\\\\\\\\u{d}\\\\u{a}\\\\u{202e}\\n` +
      `<a href=\\"x\\">&\\\\u{0}\\\\u{1b}]]>\\\\u{d800}\ufffe\\"\\\\\\\\u{d}\\\\u{a}\\\\u{202e} produced by shop", shape=cds];`,
  );
  expect(text).toContain('n3 [label="absent\\nnot loaded", shape=ellipse, style=dotted]');
  expect(text).toContain('color="#b45309"');
  expect(text).toContain('color="#dc2626"');
  expect(text).toContain("n0 -> n1 [style=dashed];");
  expect(text).toContain("n2 -> n0 [style=dotted];");
});

import type { ChainIndex } from "./chain-index.ts";
import { linkFacts } from "./link-facts.ts";
import type { NodeFacts } from "./model.ts";
import { nodeFacts } from "./node-facts.ts";
import { stepLabel, stepRemarks } from "./step-label.ts";
import type { Walk } from "./walk.ts";
import { linksWithin } from "./within.ts";

const NODE_COLUMNS: readonly {
  readonly name: string;
  readonly type: "string" | "double" | "long" | "int";
  /** Empty texts are left out. */
  readonly of: (facts: NodeFacts, distance: number) => string;
}[] = [
  { name: "id", type: "string", of: (facts) => facts.id },
  { name: "key", type: "string", of: (facts) => facts.key },
  { name: "distance", type: "int", of: (_, distance) => String(distance) },
  { name: "loaded", type: "string", of: (facts) => (facts.row === null ? "no" : "yes") },
  { name: "row", type: "long", of: (facts) => (facts.row === null ? "" : String(facts.row)) },
  { name: "time", type: "double", of: (facts) => (facts.time === null ? "" : String(facts.time)) },
  { name: "boundary", type: "string", of: (facts) => ofLoaded(facts, facts.boundary) },
  { name: "decision", type: "string", of: (facts) => ofLoaded(facts, facts.decision) },
  { name: "integrity", type: "string", of: (facts) => ofLoaded(facts, facts.integrity) },
  { name: "settlement", type: "string", of: (facts) => ofLoaded(facts, facts.settlement) },
  { name: "service", type: "string", of: (facts) => facts.service },
  { name: "agent", type: "string", of: (facts) => facts.agent },
  { name: "tool", type: "string", of: (facts) => facts.tool },
  { name: "topic", type: "string", of: (facts) => facts.topic },
  { name: "capability", type: "string", of: (facts) => facts.capability },
  { name: "guard", type: "string", of: (facts) => facts.guard },
  // A 64-bit unsigned number does not fit GraphML's long.
  { name: "cost", type: "string", of: (facts) => facts.cost?.units.toString() ?? "" },
  { name: "currency", type: "string", of: (facts) => facts.cost?.currency ?? "" },
];

function ofLoaded(facts: NodeFacts, text: string): string {
  return facts.row === null ? "" : text;
}

/** The walk as GraphML 1.0. Nodes are `n0`, `n1` and so on: a receipt's id is data, never a name in the file. */
export function graphml(index: ChainIndex, walk: Walk): string {
  const parts = [
    '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n',
    ...NODE_COLUMNS.map(
      ({ name, type }) =>
        `<key id="${name}" for="node" attr.name="${name}" attr.type="${type}"/>\n`,
    ),
    '<key id="strength" for="edge" attr.name="strength" attr.type="string"/>\n',
    '<key id="sources" for="edge" attr.name="sources" attr.type="string"/>\n',
    '<graph id="chain" edgedefault="directed">\n',
  ];
  const places = placesOf(walk);
  for (let place = 0; place < walk.nodes.length; place += 1) {
    const facts = nodeFacts(index.nodes, walk.nodes[place] ?? 0);
    let data = "";
    for (const { name, of } of NODE_COLUMNS) {
      const text = of(facts, walk.distance[place] ?? 0);
      data += text === "" ? "" : `<data key="${name}">${xmlText(text)}</data>`;
    }
    parts.push(`<node id="n${place}">${data}</node>\n`);
  }
  for (const edge of linksWithin(index, walk.nodes)) {
    const { strength, sources } = linkFacts(index, edge);
    parts.push(
      `<edge ${ends(index, edge, places, 'source="', '" target="')}"><data key="strength">${strength}</data>`,
      `<data key="sources">${sources.join(" ")}</data></edge>\n`,
    );
  }
  parts.push("</graph>\n</graphml>\n");
  return parts.join("");
}

const SHAPES = {
  produce: "cds",
  consume: "invhouse",
  tool: "box",
  checkpoint: "diamond",
  other: "ellipse",
} as const;
const STYLES = { asserted: "dotted", observed: "dashed", verified: "solid" } as const;

/** The walk in Graphviz's language: shapes by boundary, red for what does not verify, amber for denied. */
export function dot(index: ChainIndex, walk: Walk): string {
  const parts = ["digraph chain {\n  rankdir=LR;\n"];
  const places = placesOf(walk);
  for (let place = 0; place < walk.nodes.length; place += 1) {
    const facts = nodeFacts(index.nodes, walk.nodes[place] ?? 0);
    const said = facts.row === null ? ["not loaded"] : [stepLabel(facts), ...stepRemarks(facts)];
    const label = `"${dotText(facts.id)}\\n${dotText(said.join(", "))}"`;
    const shape = facts.row === null ? "ellipse, style=dotted" : SHAPES[facts.boundary];
    parts.push(`  n${place} [label=${label}, shape=${shape}${colour(facts)}];\n`);
  }
  for (const edge of linksWithin(index, walk.nodes)) {
    const style = STYLES[linkFacts(index, edge).strength];
    parts.push(`  ${ends(index, edge, places, "", " -> ")} [style=${style}];\n`);
  }
  parts.push("}\n");
  return parts.join("");
}

function colour(facts: NodeFacts): string {
  if (facts.integrity === "does-not-verify") {
    return ', color="#dc2626"';
  }
  return facts.decision === "deny" ? ', color="#b45309"' : "";
}

function placesOf({ nodes }: Walk): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  for (let place = 0; place < nodes.length; place += 1) {
    places.set(nodes[place] ?? 0, place);
  }
  return places;
}

function ends(
  { edges }: ChainIndex,
  edge: number,
  places: ReadonlyMap<number, number>,
  before: string,
  between: string,
): string {
  const from = places.get(edges.parent[edge] ?? 0) ?? 0;
  const to = places.get(edges.child[edge] ?? 0) ?? 0;
  return `${before}n${from}${between}n${to}`;
}

/** What XML 1.0 cannot hold even as a reference (2.2). */
const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
const XML_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  // A reader would make a line feed of it.
  ["\r", "&#13;"],
]);

/** Most texts need nothing: one look is cheaper than two replacements, a million times over. */
const PLAIN = /^[\w.:/ -]*$/;

function xmlText(text: string): string {
  return PLAIN.test(text)
    ? text
    : text
        .replace(NOT_XML, "")
        .replace(/[&<>"\r]/g, (character) => XML_ESCAPES.get(character) ?? "");
}

/** For a quoted label, where a backslash begins an escape; characters that would not be seen are spelt out. */
function dotText(text: string): string {
  if (PLAIN.test(text)) {
    return text;
  }
  return text
    .replace(/[\\"]/g, "\\$&")
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => {
      const code = character.codePointAt(0) ?? 0;
      return `\\\\u{${code.toString(16)}}`;
    });
}

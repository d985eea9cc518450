import type { ChainLine } from "./answers.ts";
import type { ChainIndex } from "./chain-index.ts";
import { chainLines } from "./chain-lines.ts";
import { linkFacts } from "./link-facts.ts";
import type { Direction, LinkSource, NodeFacts, NodeKey, Strength } from "./model.ts";
import { keyOf, nodeFacts } from "./node-facts.ts";
import { asItIs, type Escape, stepLabel, stepRemarks } from "./step-label.ts";
import { walk } from "./walk.ts";
import { linksWithin } from "./within.ts";

/** Levels that are indented; deeper ones say their level instead, or a long chain's text grows with its square. */
const INDENTED = 100;

/**
 * The documentation's tree, a line at a time, without line ends:
 *
 *     rcpt_001 (order.placed produced by order-service)
 *       -> rcpt_002 (order.placed consumed by payment-service)
 *         -> rcpt_003 (charge_payment tool call, denied by budget)
 *           ... 3 more
 *
 * `<-` leads to causes. In parentheses: what the step did, what must not be overlooked (denied, rolled back,
 * does not verify), and `already shown` where the node stood further up with all that follows it; a parent
 * that is not here is `(not loaded)`. `... 3 more` are neighbours that the depth leaves out. For `both`, the
 * causes come first, then an empty line and the consequences, each under a heading.
 *
 * @param print makes ids and names fit for the place they are written to
 */
export function* chainTextLines(
  index: ChainIndex,
  from: number,
  direction: Direction,
  depth: number | null,
  print: Escape = asItIs,
): Generator<string, void, undefined> {
  let arrow = direction === "forward" ? "->" : "<-";
  let parts = 0;
  for (const line of chainLines(index, from, direction, depth)) {
    if (line.level === 0 && direction === "both") {
      parts += 1;
      arrow = parts === 1 ? "<-" : "->";
      if (parts === 2) {
        yield "";
      }
      yield parts === 1 ? "What led to it:" : "What it led to:";
    }
    const text = nodeText(index, line, print);
    yield line.level === 0 ? text : `${indent(line.level)}${arrow} ${text}`;
    if (line.cutOff > 0) {
      yield `${indent(line.level + 1)}... ${line.cutOff} more`;
    }
  }
}

/** All of {@link chainTextLines} with line ends. */
export function chainText(
  index: ChainIndex,
  from: number,
  direction: Direction,
  depth: number | null,
  print: Escape = asItIs,
): string {
  let text = "";
  for (const line of chainTextLines(index, from, direction, depth, print)) {
    text += `${line}\n`;
  }
  return text;
}

function nodeText({ nodes }: ChainIndex, line: ChainLine, print: Escape): string {
  const facts = nodeFacts(nodes, line.node);
  const said =
    facts.row === null ? ["not loaded"] : [stepLabel(facts, print), ...stepRemarks(facts, print)];
  if (line.repeated) {
    said.push("already shown");
  }
  return `${print(facts.id)} (${said.join(", ")})`;
}

function indent(level: number): string {
  return level <= INDENTED ? "  ".repeat(level) : `${"  ".repeat(INDENTED)}[${level}] `;
}

/** A chain as a JSON value: what {@link chainText} says and all that is known of each step. */
export interface ChainDocument {
  readonly schema: "chio-explorer.chain.v1";
  /** Id of the chosen receipt. */
  readonly focus: string;
  readonly direction: Direction;
  readonly depth: number | null;
  /** Nearest first, the chosen one before all. */
  readonly nodes: readonly DocumentNode[];
  /** Ends are keys of {@link nodes}. */
  readonly edges: readonly {
    readonly parent: NodeKey;
    readonly child: NodeKey;
    readonly strength: Strength;
    readonly sources: readonly LinkSource[];
  }[];
  /** Ids of the parents that are named and not loaded. */
  readonly missing: readonly string[];
  /** Links of the walk's direction that the depth leaves out. */
  readonly cut_off: number;
}
export interface DocumentNode extends Omit<NodeFacts, "cost"> {
  /** Hops from the focus, negative for causes. */
  readonly distance: number;
  /** Minor units as decimal text: JSON's numbers end before 64 bits do. */
  readonly cost: { readonly units: string; readonly currency: string } | null;
}

export function chainDocument(
  index: ChainIndex,
  from: number,
  direction: Direction,
  depth: number | null,
): ChainDocument {
  const { nodes, edges } = index;
  const within = walk(index, from, direction, depth);
  const missing: string[] = [];
  let cutOff = 0;
  const facts = Array.from(within.nodes, (node, place): DocumentNode => {
    const { cost, ...known } = nodeFacts(nodes, node);
    if (known.row === null) {
      missing.push(known.id);
    }
    return {
      ...known,
      distance: within.distance[place] ?? 0,
      cost: cost === null ? null : { units: cost.units.toString(), currency: cost.currency },
    };
  });
  for (const line of depth === null ? [] : chainLines(index, from, direction, depth)) {
    cutOff += line.cutOff;
  }
  return {
    schema: "chio-explorer.chain.v1",
    focus: nodes.idOf(from),
    direction,
    depth,
    nodes: facts,
    edges: Array.from(linksWithin(index, within.nodes), (edge) => ({
      parent: keyOf(nodes, edges.parent[edge] ?? 0),
      child: keyOf(nodes, edges.child[edge] ?? 0),
      ...linkFacts(index, edge),
    })),
    missing,
    cut_off: cutOff,
  };
}

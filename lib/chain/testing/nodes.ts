import { ChainIndex } from "@/lib/chain/chain-index.ts";
import {
  BOUNDARIES,
  type Boundary,
  type ChainEdges,
  type ChainNodes,
  DECISIONS,
  type Decision,
  INTEGRITIES,
  type Integrity,
  LINK_SOURCES,
  type LinkSource,
  NO_COST,
  SETTLEMENTS,
  type Settlement,
  STRENGTHS,
  type Strength,
} from "@/lib/chain/model.ts";

/** One receipt of a test's chain. What is left out is as of an allowed, verified tool call a second after the step above. */
export interface Step {
  readonly id: string;
  /** Ids; one that no step has becomes a missing parent. */
  readonly parents?: readonly string[];
  readonly boundary?: Boundary;
  readonly decision?: Decision;
  readonly integrity?: Integrity;
  readonly settlement?: Settlement;
  readonly service?: string;
  readonly agent?: string;
  readonly tool?: string;
  readonly topic?: string;
  readonly capability?: string;
  readonly guard?: string;
  /** Unix seconds; null for none. */
  readonly time?: number | null;
  readonly cost?: bigint;
  readonly currency?: string;
  /** Row in the database; by default the step's place plus 1. */
  readonly row?: number;
  readonly strength?: Strength;
  readonly sources?: readonly LinkSource[];
}

/** The index of a chain that is written down step by step, in the order of a file. */
export function chainOf(steps: readonly Step[]): ChainIndex {
  const { nodes, edges } = columnsOf(steps);
  return ChainIndex.build(nodes, edges);
}

/** The columns from which {@link chainOf} builds. */
export function columnsOf(steps: readonly Step[]): {
  readonly nodes: ChainNodes;
  readonly edges: ChainEdges;
} {
  const names = steps.map((step) => step.id);
  const nodeByName = new Map(names.map((name, node) => [name, node]));
  const links: { parent: number; child: number; step: Step }[] = [];
  const seen = new Set<string>();
  steps.forEach((step, child) => {
    for (const name of step.parents ?? []) {
      const parent = nodeByName.get(name) ?? names.push(name) - 1;
      nodeByName.set(name, parent);
      if (!seen.has(`${parent} ${child}`)) {
        seen.add(`${parent} ${child}`);
        links.push({ parent, child, step });
      }
    }
  });
  return { nodes: nodeColumns(steps, names, nodeByName), edges: edgeColumns(links) };
}

function nodeColumns(
  steps: readonly Step[],
  names: readonly string[],
  nodeByName: ReadonlyMap<string, number>,
): ChainNodes {
  const texts = [""];
  const known = new Map([["", 0]]);
  const text = (value: string | undefined): number => {
    const name = value ?? "";
    const at = known.get(name) ?? texts.push(name) - 1;
    known.set(name, at);
    return at;
  };
  const rows = steps.map((step, node) => step.row ?? node + 1);
  const nodeByRow = new Map(rows.map((row, node) => [row, node]));
  return {
    receipts: steps.length,
    count: names.length,
    row: Int32Array.from(rows),
    time: Float64Array.from(steps, (step, node) =>
      step.time === null ? Number.NaN : (step.time ?? 1_750_000_000 + node),
    ),
    boundary: Uint8Array.from(steps, (step) => BOUNDARIES.indexOf(step.boundary ?? "tool")),
    decision: Uint8Array.from(steps, (step) => DECISIONS.indexOf(step.decision ?? "allow")),
    integrity: Uint8Array.from(steps, (step) => INTEGRITIES.indexOf(step.integrity ?? "verified")),
    settlement: Uint8Array.from(steps, (step) => SETTLEMENTS.indexOf(step.settlement ?? "unknown")),
    service: Int32Array.from(steps, (step) => text(step.service)),
    agent: Int32Array.from(steps, (step) => text(step.agent)),
    tool: Int32Array.from(steps, (step) => text(step.tool)),
    topic: Int32Array.from(steps, (step) => text(step.topic)),
    capability: Int32Array.from(steps, (step) => text(step.capability)),
    guard: Int32Array.from(steps, (step) => text(step.guard)),
    cost: BigUint64Array.from(steps, (step) => step.cost ?? NO_COST),
    currency: Int32Array.from(steps, (step) => text(step.currency)),
    texts,
    idOf: (node) => names[node] ?? "",
    nodeOfRow: (row) => nodeByRow.get(row) ?? -1,
    find: (id) => nodeByName.get(id) ?? -1,
  };
}

function edgeColumns(
  links: readonly { readonly parent: number; readonly child: number; readonly step: Step }[],
): ChainEdges {
  return {
    count: links.length,
    parent: Int32Array.from(links, (link) => link.parent),
    child: Int32Array.from(links, (link) => link.child),
    sources: Uint8Array.from(links, ({ step }) =>
      (step.sources ?? ["parent-receipt"]).reduce(
        (bits, source) => bits | (1 << LINK_SOURCES.indexOf(source)),
        0,
      ),
    ),
    strength: Uint8Array.from(links, ({ step }) => STRENGTHS.indexOf(step.strength ?? "asserted")),
  };
}

/** The documentation's chain: from an order to the charge for it. */
export const DOCUMENTED: readonly Step[] = [
  { id: "rcpt_001", boundary: "produce", topic: "order.placed", service: "order-service" },
  {
    id: "rcpt_002",
    parents: ["rcpt_001"],
    boundary: "consume",
    topic: "order.placed",
    service: "payment-service",
  },
  { id: "rcpt_003", parents: ["rcpt_002"], tool: "charge_payment", service: "payment-service" },
  {
    id: "rcpt_004",
    parents: ["rcpt_003"],
    boundary: "produce",
    topic: "payment.charged",
    service: "payment-service",
  },
  {
    id: "rcpt_005",
    parents: ["rcpt_004"],
    boundary: "consume",
    topic: "payment.charged",
    service: "order-service",
  },
];

import type { Beneath, NodeFacts, Strength } from "@/lib/chain/model.ts";
import { layOut } from "../layout.ts";
import type { LayoutEdge, LayoutNode } from "../layout-model.ts";
import type { ChainView, FoldItem, ReceiptItem, StubItem, ViewItem } from "../model.ts";

export const NOTHING_BENEATH: Beneath = {
  receipts: 0,
  denied: 0,
  failing: 0,
  unverified: 0,
  missing: 0,
};

/** A step of a picture that a test draws: what it says, beside where it stands. */
export interface Step extends Partial<Omit<NodeFacts, "key" | "row">> {
  readonly key: string;
  readonly lane: string;
  readonly kind?: "receipt" | "missing" | "fold" | "stub";
  /** Of a fold or stub. */
  readonly count?: number;
  readonly beneath?: Partial<Beneath>;
  readonly side?: "children" | "parents";
}

export interface Link {
  readonly from: string;
  readonly to: string;
  readonly topic?: string;
  readonly strength?: Strength;
  readonly closesCycle?: boolean;
}

/** A view of these steps, placed by the layout. */
export function viewOf(steps: readonly Step[], links: readonly Link[]): ChainView {
  const nodes = steps.map(
    (step, order): LayoutNode => ({
      key: step.key,
      lane: step.lane,
      shape: step.kind ?? "receipt",
      boundary: step.boundary ?? "tool",
      time: step.time ?? null,
      topic: step.topic ?? "",
      order,
    }),
  );
  const edges = links.map(
    (link): LayoutEdge => ({
      from: link.from,
      to: link.to,
      topic: link.topic ?? "",
      closesCycle: link.closesCycle ?? false,
    }),
  );
  const layout = layOut(nodes, edges, { previous: null });
  const causes = new Set(links.map((link) => link.to));
  const led = new Set(links.map((link) => link.from));
  const items = steps.map((step, index): ViewItem => {
    const placed = layout.nodes[index];
    return itemOf(
      step,
      { lane: placed?.lane ?? 0, x: placed?.x ?? 0, y: placed?.y ?? 0 },
      { isRoot: !causes.has(step.key), isLeaf: !led.has(step.key) },
    );
  });
  const count = (lane: string | null, holds: (step: Step) => boolean) =>
    steps.filter((step) => (lane === null || step.lane === lane) && holds(step)).length;
  const times = steps.flatMap((step) => step.time ?? []);
  const isReceipt = (step: Step) => (step.kind ?? "receipt") === "receipt";
  const isDenied = (step: Step) => step.decision === "deny";
  const isFailing = (step: Step) => step.integrity === "does-not-verify";
  return {
    request: {
      focus: steps[0]?.key ?? "",
      direction: "forward",
      depth: null,
      lanes: "service",
      opened: [],
      cut: null,
    },
    items,
    edges: links.map((link, index) => ({
      key: `e${index}`,
      from: link.from,
      to: link.to,
      strength: link.strength ?? "verified",
      sources: ["parent-receipt"],
      topic: link.topic ?? "",
      links: 1,
      closesCycle: link.closesCycle ?? false,
    })),
    lanes: layout.lanes.map((lane) => ({
      ...lane,
      receipts: count(lane.name, isReceipt),
      denied: count(lane.name, isDenied),
      failing: count(lane.name, isFailing),
    })),
    topics: layout.topics,
    width: layout.width,
    height: layout.height,
    counts: {
      beneath: {
        receipts: count(null, isReceipt),
        denied: count(null, isDenied),
        failing: count(null, isFailing),
        unverified: 0,
        missing: count(null, (step) => step.kind === "missing"),
      },
      services: layout.lanes.length,
      from: times.length === 0 ? null : Math.min(...times),
      to: times.length === 0 ? null : Math.max(...times),
      depth: 12,
      furthest: 12,
      cuts: {
        denied: 0,
        unverified: 0,
        "root-path": 0,
        leaves: 0,
        "across-services": 0,
        "this-capability": 0,
        "this-topic": 0,
      },
    },
    refused: [],
  };
}

function itemOf(
  step: Step,
  place: { readonly lane: number; readonly x: number; readonly y: number },
  ends: { readonly isRoot: boolean; readonly isLeaf: boolean },
): ViewItem {
  const base = { key: step.key, ...place, distance: 0 };
  const beneath = { ...NOTHING_BENEATH, ...step.beneath };
  switch (step.kind ?? "receipt") {
    case "receipt":
      return {
        ...base,
        kind: "receipt",
        facts: factsOf(step, 0),
        ...ends,
        onCycle: false,
        matches: true,
      } satisfies ReceiptItem;
    case "missing":
      return { ...base, kind: "missing", facts: factsOf(step, null), namedBy: 1 };
    case "fold":
      return {
        ...base,
        kind: "fold",
        count: step.count ?? 2,
        boundary: step.boundary ?? "tool",
        decision: step.decision ?? "allow",
        label: step.tool ?? "",
        topic: step.topic ?? "",
        from: null,
        to: null,
        beneath,
        rows: [],
      } satisfies FoldItem;
    case "stub":
      return {
        ...base,
        kind: "stub",
        side: step.side ?? "children",
        of: "",
        count: step.count ?? 1,
        beneath,
      } satisfies StubItem;
  }
}

function factsOf(step: Step, row: number | null): NodeFacts {
  return {
    key: step.key,
    row,
    id: step.id ?? step.key,
    boundary: step.boundary ?? "tool",
    decision: step.decision ?? "allow",
    integrity: step.integrity ?? "verified",
    settlement: step.settlement ?? "unknown",
    service: step.lane,
    agent: step.agent ?? "",
    tool: step.tool ?? "",
    topic: step.topic ?? "",
    capability: step.capability ?? "",
    guard: step.guard ?? "",
    time: step.time ?? null,
    cost: step.cost ?? null,
  };
}

import type { ChainComparison, ComparedStep } from "@/lib/chain/answers.ts";
import type {
  Beneath,
  Boundary,
  Direction,
  LinkSource,
  NodeFacts,
  Settlement,
  Strength,
} from "@/lib/chain/model.ts";
import { clip, shortId } from "@/lib/graph/item-words.ts";
import type { ChainView, Cut, LaneKind, ViewItem } from "@/lib/graph/model.ts";
import { formatCount, plural } from "./numbers.ts";
import { DECISION_WORDS, STATUS_WORDS } from "./status.ts";
import { formatSeconds } from "./time.ts";

/** The words for chains. Names in them are a log's: who shows them makes hidden characters visible. */

export const DIRECTION_WORDS: Readonly<Record<Direction, string>> = {
  forward: "Forward",
  backward: "Root cause",
  both: "Both",
};

export const LANE_WORDS: Readonly<Record<LaneKind, string>> = {
  service: "Service",
  topic: "Topic",
  agent: "Agent",
};

export const CUT_WORDS: Readonly<Record<Cut, string>> = {
  denied: "Denied",
  unverified: "Not verified",
  "root-path": "Root path",
  leaves: "Leaves",
  "across-services": "Across services",
  "this-capability": "This capability",
  "this-topic": "This topic",
};

export const BOUNDARY_WORDS: Readonly<Record<Boundary, string>> = {
  consume: "consume",
  tool: "tool call",
  produce: "produce",
  checkpoint: "checkpoint",
  other: "receipt",
};

export const STRENGTH_WORDS: Readonly<Record<Strength, string>> = {
  verified: "verified",
  observed: "observed",
  asserted: "asserted",
};

/** What stands behind a link of that strength. */
export const STRENGTH_MEANINGS: Readonly<Record<Strength, string>> = {
  verified: "stated as verified inside a signature that verifies",
  observed: "seen in transport, or said to be seen",
  asserted: "said by someone, and no more",
};

const SOURCE_WORDS: Readonly<Record<LinkSource, string>> = {
  "parent-receipt": "the receipt's parent",
  "call-chain": "its call chain",
  lineage: "a lineage statement",
  "child-request": "its parent request",
  "http-decision": "its decision receipt",
  "http-kernel": "its kernel receipt",
  "record-header": "the record's header",
};

/** Where a link was read; a source that is not known stands as it is. */
export function sourceWords(source: string): string {
  const known = Object.entries(SOURCE_WORDS).find(([name]) => name === source);
  return known === undefined ? source : known[1];
}

export const SETTLEMENT_WORDS: Readonly<Record<Settlement, string>> = {
  unknown: "Not known",
  confirmed: "Confirmed",
  "rolled-back": "Rolled back",
};

export const ALLOW_CAVEAT =
  "A signed allow proves the decision, not that it ran. Whether a step was kept is told from exported records, which nobody signs.";

/** What a step is: its name, and what kind of step has it. */
export function stepWords(facts: NodeFacts): { readonly name: string; readonly kind: string } {
  if (facts.row === null) return { name: facts.id, kind: "not loaded" };
  const kind = BOUNDARY_WORDS[facts.boundary];
  const name = facts.topic !== "" && facts.boundary !== "tool" ? facts.topic : facts.tool;
  return { name: name === "" ? shortId(facts.id) : name, kind };
}

/** `4 denied, 1 does not verify, 12 not verified, 1 parent not loaded`; what is none is left out. */
export function anomalyWords(beneath: Beneath): readonly string[] {
  return [
    ...(beneath.denied > 0 ? [`${formatCount(beneath.denied)} denied`] : []),
    ...(beneath.failing > 0 ? [failingWords(beneath.failing)] : []),
    ...(beneath.unverified > 0 ? [`${formatCount(beneath.unverified)} not verified`] : []),
    ...(beneath.missing > 0 ? [missingWords(beneath.missing)] : []),
  ];
}

/** `1 does not verify`, `2 do not verify`. */
export function failingWords(count: number): string {
  return `${formatCount(count)} ${count === 1 ? "does" : "do"} not verify`;
}

/** `1 parent not loaded`. */
export function missingWords(count: number): string {
  return `${plural(count, "parent")} not loaded`;
}

/** What lies under something that is not drawn, in one sentence. */
export function beneathWords(beneath: Beneath): string {
  return [plural(beneath.receipts, "receipt"), ...anomalyWords(beneath)].join(", ");
}

/** Seconds between two moments; receipts tell whole ones. */
export function spanWords(seconds: number): string {
  if (seconds < 1) return "under 1 s";
  return seconds < 9.5 ? `${Math.round(seconds)} s` : formatSeconds(seconds);
}

/** How far after its cause something came; a clock may say that it came before. */
export function laterWords(seconds: number): string {
  if (seconds < 0) return `${spanWords(-seconds)} before its cause`;
  return `${spanWords(seconds)} after its cause`;
}

/** `Depth 3 of 7`; the walk counts hops from its own node. */
export function depthWords(depth: number, furthest: number): string {
  return `Depth ${formatCount(depth)} of ${formatCount(Math.max(depth, furthest))}`;
}

/** `41,200 USD minor units`: how many of them make a unit is not the receipt's to say. */
export function costWords(cost: { readonly units: bigint; readonly currency: string }): string {
  const currency = cost.currency === "" ? "" : `${cost.currency} `;
  return `${formatCount(cost.units)} ${currency}minor units`;
}

const EVENT_TOOL = /^events:(consume|produce):(.+)$/su;

/** The step that a tool's name stands for, and what it is called: events have tools of their own. */
export function toolStep(tool: string): { readonly name: string; readonly kind: string } {
  const event = EVENT_TOOL.exec(tool);
  const kind = event?.[1];
  const name = event?.[2];
  if (kind === undefined || name === undefined) return { name: tool, kind: BOUNDARY_WORDS.tool };
  return { name, kind };
}

/** What is said of a step that is denied, cancelled or not verified; "" where nothing stands out. */
function decisionWords(facts: NodeFacts): string {
  switch (facts.decision) {
    case "deny":
      return facts.guard === "" ? "denied" : `denied by ${facts.guard}`;
    case "allow":
    case "cancelled":
    case "incomplete":
    case "none":
      return DECISION_WORDS[facts.decision].toLowerCase();
  }
}

/** One item as it is read out: what it is, where, what it hangs on and what hangs on it. */
export function spokenItem(view: ChainView, item: ViewItem): string {
  switch (item.kind) {
    case "stub": {
      const side = item.side === "children" ? "consequence" : "cause";
      return `${plural(item.count, side)} not drawn; ${beneathWords(item.beneath)}. Enter opens.`;
    }
    case "fold": {
      const parent = parentOf(view, item.key);
      return [
        `${formatCount(item.count)} alike: ${item.label}, ${BOUNDARY_WORDS[item.boundary]}`,
        anomalyWords(item.beneath).join(", "),
        parent,
        "Enter unfolds.",
      ]
        .filter((part) => part !== "")
        .join("; ");
    }
    case "missing":
      return `${item.facts.id}, not loaded; named by ${plural(item.namedBy, "receipt")}`;
    case "receipt": {
      const { facts } = item;
      const { name, kind } = stepWords(facts);
      const verified =
        facts.integrity === "verified" || facts.integrity === "verified-not-checkpointed";
      const children = new Set(
        view.edges.flatMap(({ from, to }) => (from === item.key ? [to] : [])),
      );
      return [
        `${name}, ${kind}, ${decisionWords(facts)}`,
        verified ? "" : STATUS_WORDS[facts.integrity].toLowerCase(),
        facts.service,
        parentOf(view, item.key),
        plural(children.size, "consequence"),
        item.onCycle ? "on a cycle" : "",
      ]
        .filter((part) => part !== "")
        .join("; ");
    }
  }
}

function parentOf(view: ChainView, key: string): string {
  const causes = new Set(view.edges.flatMap(({ from, to }) => (to === key ? [from] : [])));
  const parents = view.items.filter((item) => causes.has(item.key));
  const [first] = parents;
  if (first === undefined) return "no cause drawn";
  const more = parents.length > 1 ? ` and ${formatCount(parents.length - 1)} more` : "";
  return `cause ${shortName(first)}${more}`;
}

/** An item in a few words, for a sentence. */
export function shortName(item: ViewItem): string {
  switch (item.kind) {
    case "receipt":
    case "missing": {
      const { name, kind } = stepWords(item.facts);
      return `${name} ${kind}`;
    }
    case "fold":
      return `× ${formatCount(item.count)} ${item.label}`;
    case "stub":
      return `${formatCount(item.count)} not drawn`;
  }
}

const COMPARED_WORDS: Readonly<Record<ComparedStep["kind"], string>> = {
  same: "Same",
  added: "Added",
  missing: "Missing",
  changed: "Changed",
};

/** What became of a step from the left chain to the right one. */
export function comparedWords(kind: ComparedStep["kind"]): string {
  return COMPARED_WORDS[kind];
}

/** `12 steps the same; 1 added, 2 missing, 1 changed`, as far as steps are listed. */
export function comparisonWords({ same, steps }: ChainComparison): string {
  const parts = (["added", "missing", "changed"] as const).flatMap((kind) => {
    const count = steps.filter((step) => step.kind === kind).length;
    return count === 0 ? [] : [`${formatCount(count)} ${kind}`];
  });
  const rest = parts.length === 0 ? "nothing differs" : parts.join(", ");
  return `${plural(same, "step")} the same; ${rest}`;
}

/** One value of a step that differs; a member that is not known is named and no more. */
export function differenceWords(facts: NodeFacts, member: string): string {
  switch (member) {
    case "decision":
      return DECISION_WORDS[facts.decision];
    case "service":
      return facts.service;
    case "agent":
      return facts.agent;
    case "guard":
      return facts.guard === "" ? "no guard" : facts.guard;
    case "cost":
      return facts.cost === null ? "no cost" : costWords(facts.cost);
    case "integrity":
      return STATUS_WORDS[facts.integrity];
    case "settlement":
      return SETTLEMENT_WORDS[facts.settlement];
    default:
      return "differs";
  }
}

/** What a view shows, as its title: `order.placed produce: 62 receipts from it on`. */
export function viewWords(view: ChainView): string {
  const { request, counts, items } = view;
  const focus = items.find(({ key }) => key === request.focus);
  const name = focus === undefined ? "one step" : clip(shortName(focus), 120);
  return `${name}: ${plural(counts.beneath.receipts, "receipt")} ${WALKED_WORDS[request.direction]}`;
}

const WALKED_WORDS: Readonly<Record<Direction, string>> = {
  forward: "from it on",
  backward: "up to it",
  both: "before and after it",
};

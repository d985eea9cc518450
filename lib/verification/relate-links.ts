import { asText, type JsonObject, member } from "@/kernel/json/value.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { hashText } from "@/kernel/texts.ts";
import { ChainIndex } from "@/lib/chain/chain-index.ts";
import { LINK_SOURCES, STRENGTHS } from "@/lib/chain/model.ts";
import { CarrierBook } from "./carrier-book.ts";
import { NodeDraft } from "./chain-nodes.ts";
import { RECORD_SOURCE } from "./chain-sink.ts";
import { type ChainUnit, NAME_SPACES, RECEIPT_LINK_SOURCES } from "./chain-unit.ts";
import type { Dataset } from "./dataset.ts";
import { EdgeSink } from "./edge-sink.ts";
import type { PlacedRecord } from "./members.ts";
import { RequestBook } from "./request-book.ts";
import { settleByAttempt, settleSteps } from "./settle-steps.ts";
import type { RowStatuses } from "./statuses.ts";
import { timed } from "./timed.ts";
import { FLAG } from "./unit-result.ts";

const RECEIPT_SPACE = NAME_SPACES.indexOf("receipt");
const REQUEST_SPACE = NAME_SPACES.indexOf("request");
const OBSERVED = STRENGTHS.indexOf("observed");
const ASSERTED = STRENGTHS.indexOf("asserted");
const STRENGTH_NUMBERS: ReadonlyMap<unknown, number> = new Map(
  STRENGTHS.map((strength, number) => [strength, number]),
);
const HEADER = LINK_SOURCES.indexOf("record-header");
const LINEAGE = LINK_SOURCES.indexOf("lineage");
const CHILD_REQUEST = LINK_SOURCES.indexOf("child-request");

/** The links of a dataset, and what only their reading knows. */
export interface RelatedLinks {
  readonly index: ChainIndex;
  /** For each receipt's node: it says that it continues something. */
  readonly continues: Uint8Array;
  /**
   * Whether any receipt but child receipts says which request it answered. Most kernels do not: then a child
   * whose request nothing answers to is the usual case.
   */
  readonly knowsRequests: boolean;
  /** Indexes into the nodes' texts. */
  readonly deadLetterTopics: ReadonlySet<number>;
}

/** One unit with its names resolved: a node, or -1. */
export interface ResolvedUnit {
  readonly first: number;
  readonly chain: ChainUnit;
  readonly nodes: Int32Array;
}

/**
 * Joins what receipts, Kafka records and lineage statements name to the receipts that are loaded. A parent
 * that is named by a receipt's id and not loaded becomes a node of its own; a request or a record that
 * nothing answers to becomes none, since nobody can tell whether it ever had a receipt.
 */
export function relateLinks(
  dataset: Dataset,
  statuses: RowStatuses,
  primitives: Primitives,
): RelatedLinks {
  return timed("relate links", () => related(dataset, statuses, primitives));
}

function related(dataset: Dataset, statuses: RowStatuses, primitives: Primitives): RelatedLinks {
  const draft = new NodeDraft(dataset, statuses, primitives);
  const edges = new EdgeSink();
  const requests = new RequestBook(dataset, draft);
  const units = dataset.chain
    .inOrder()
    .map(({ first, chain }) => ({ first, chain, nodes: namedNodes(first, chain, draft) }));
  const carriers = new CarrierBook(units);
  for (const unit of units) {
    addReceiptLinks(unit, units, { dataset, draft, edges, requests, carriers });
    addHeaderPairs(unit, draft, edges);
  }
  addStatements(dataset.others, draft, edges, requests, primitives);
  settleSteps(units, draft, requests);
  const nodes = draft.finish();
  const joined = edges.edges(nodes.count);
  const index = timed("index links", () => ChainIndex.build(nodes, joined));
  settleByAttempt(draft, ownCauses(index));
  const deadLetterTopics = new Set<number>();
  for (const { chain } of units) {
    for (const text of chain.deadLetterTopics) {
      deadLetterTopics.add(draft.texts.number(chain.texts[text] ?? ""));
    }
  }
  const { continues } = draft;
  return { index, continues, knowsRequests: answersRequests(dataset), deadLetterTopics };
}

function answersRequests({ chain, rows }: Dataset): boolean {
  return chain.units.some(({ first, chain: { handles } }) =>
    handles.row.some((row) => !rows.has(first + row, FLAG.child)),
  );
}

/** For each receipt, its first cause in its own service, or -1. */
function ownCauses({ nodes, parents }: ChainIndex): Int32Array {
  const causes = new Int32Array(nodes.receipts).fill(-1);
  for (let node = 0; node < nodes.receipts; node += 1) {
    const end = parents.start[node + 1] ?? 0;
    for (let at = parents.start[node] ?? 0; at < end && causes[node] === -1; at += 1) {
      const cause = parents.nodes[at] ?? -1;
      if (cause < nodes.receipts && nodes.service[cause] === nodes.service[node]) {
        causes[node] = cause;
      }
    }
  }
  return causes;
}

function namedNodes(first: number, { names }: ChainUnit, draft: NodeDraft): Int32Array {
  const nodes = new Int32Array(names.count).fill(-1);
  for (let name = 0; name < names.count; name += 1) {
    const local = names.local[name] ?? -1;
    if (local !== -1) {
      nodes[name] = draft.nodeOfRow[first + local] ?? -1;
    } else if (names.space[name] === RECEIPT_SPACE) {
      nodes[name] = draft.nodeOfHash(names.hash, name * 32);
    }
  }
  return nodes;
}

interface Parts {
  readonly dataset: Dataset;
  readonly draft: NodeDraft;
  readonly edges: EdgeSink;
  readonly requests: RequestBook;
  readonly carriers: CarrierBook;
}

function addReceiptLinks(
  unit: ResolvedUnit,
  units: readonly ResolvedUnit[],
  { dataset, draft, edges, requests, carriers }: Parts,
): void {
  const { links, names } = unit.chain;
  for (let at = 0; at < links.count; at += 1) {
    const row = unit.first + (links.row[at] ?? 0);
    const child = draft.nodeOfRow[row] ?? -1;
    const name = links.name[at] ?? 0;
    const source = links.source[at] ?? 0;
    if (source === RECORD_SOURCE) {
      for (const { unit: carrier, name: carried } of carriers.of(names.hash, name * 32, units)) {
        const parent = nodeOrMissing(carrier, carried, draft);
        if (parent !== child) {
          edges.add(parent, child, HEADER, OBSERVED);
        }
      }
      continue;
    }
    const sourceNumber = LINK_SOURCES.indexOf(RECEIPT_LINK_SOURCES[source] ?? "call-chain");
    // What a signature that does not fit states is no better than what anybody says.
    const isSigned = links.covered[at] === 1 && dataset.rows.holds(row);
    const strength = isSigned ? (links.evidence[at] ?? ASSERTED) : ASSERTED;
    const parent =
      names.space[name] === REQUEST_SPACE
        ? requests.causeOf(names.hash, name * 32, child)
        : nodeOrMissing(unit, name, draft);
    if (parent !== -1) {
      edges.add(parent, child, sourceNumber, strength);
    }
  }
}

function addHeaderPairs(unit: ResolvedUnit, draft: NodeDraft, edges: EdgeSink): void {
  const { pairs } = unit.chain;
  for (let at = 0; at < pairs.count; at += 1) {
    const child = unit.nodes[pairs.second[at] ?? 0] ?? -1;
    if (child !== -1) {
      edges.add(nodeOrMissing(unit, pairs.first[at] ?? 0, draft), child, HEADER, OBSERVED);
    }
  }
}

function nodeOrMissing({ chain, nodes }: ResolvedUnit, name: number, draft: NodeDraft): number {
  const node = nodes[name] ?? -1;
  const { names } = chain;
  return node === -1 ? draft.missingNode(names.hash, name * 32, names.texts[name] ?? "") : node;
}

/** Lineage that is told apart from receipts: signed statements, and a store's rows, which nobody signed. */
function addStatements(
  others: readonly PlacedRecord[],
  draft: NodeDraft,
  edges: EdgeSink,
  requests: RequestBook,
  primitives: Primitives,
): void {
  for (const { kind, value, signature } of others) {
    if (kind === "request-lineage") {
      addRequestLineage(value, edges, requests, primitives);
    }
    if (kind === "request-lineage" || kind === "statement") {
      const parent = asText(member(value, "parentReceiptId")) ?? "";
      const child = asText(member(value, "childReceiptId")) ?? "";
      const childNode = child === "" ? -1 : draft.nodeOfHash(hashText(child, primitives));
      if (parent === "" || childNode === -1) {
        continue;
      }
      const hash = hashText(parent, primitives);
      const known = draft.nodeOfHash(hash);
      const parentNode = known === -1 ? draft.missingNode(hash, 0, parent) : known;
      const declared = STRENGTH_NUMBERS.get(member(value, "evidenceClass"));
      const strength = signature === "fits" ? (declared ?? ASSERTED) : ASSERTED;
      edges.add(parentNode, childNode, LINEAGE, strength);
    }
  }
}

function addRequestLineage(
  value: JsonObject,
  edges: EdgeSink,
  requests: RequestBook,
  primitives: Primitives,
): void {
  const text = (...names: readonly string[]): string =>
    names.map((name) => asText(member(value, name)) ?? "").find((found) => found !== "") ?? "";
  const session = text("session_id", "sessionId");
  const inSession = (request: string): Uint8Array =>
    hashText(session === "" ? request : `${session}\u0000${request}`, primitives);
  const child = text("request_id", "requestId");
  const parent = text("parent_request_id", "parentRequestId");
  if (child === "" || parent === "") {
    return;
  }
  const parentHash = inSession(parent);
  for (const node of requests.nodesOf(inSession(child), 0)) {
    const cause = requests.causeOf(parentHash, 0, node);
    if (cause !== -1) {
      edges.add(cause, node, CHILD_REQUEST, ASSERTED);
    }
  }
}

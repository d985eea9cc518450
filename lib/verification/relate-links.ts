import type { Primitives } from "@/kernel/primitives.ts";
import { ChainIndex } from "@/lib/chain/chain-index.ts";
import { LINK_SOURCES, STRENGTHS } from "@/lib/chain/model.ts";
import { CarrierBook } from "./carrier-book.ts";
import { NodeDraft } from "./chain-nodes.ts";
import { RECORD_SOURCE } from "./chain-sink.ts";
import { type ChainUnit, NAME_SPACES, RECEIPT_LINK_SOURCES } from "./chain-unit.ts";
import type { Dataset } from "./dataset.ts";
import { EdgeSink } from "./edge-sink.ts";
import { type Answer, RequestBook } from "./request-book.ts";
import { settleByAttempt, settleSteps } from "./settle-steps.ts";
import type { RowStatuses } from "./statuses.ts";
import { timed } from "./timed.ts";
import { addToldLineage } from "./told-lineage.ts";
import { FLAG } from "./unit-result.ts";

const RECEIPT_SPACE = NAME_SPACES.indexOf("receipt");
const REQUEST_SPACE = NAME_SPACES.indexOf("request");
const OBSERVED = STRENGTHS.indexOf("observed");
const ASSERTED = STRENGTHS.indexOf("asserted");
const HEADER = LINK_SOURCES.indexOf("record-header");

/** The links of a dataset, and what only their reading knows. */
export interface RelatedLinks {
  readonly index: ChainIndex;
  /** For each receipt's node, whether it says that it continues something: as in a unit's steps. */
  readonly continues: Uint8Array;
  /** For each receipt's node: it names a request that was answered after it. */
  readonly overtaken: Uint8Array;
  /**
   * Whether any receipt but child receipts says which request it answered. Most kernels do not: then a request
   * that nothing answers to is the usual case.
   */
  readonly knowsRequests: boolean;
  /** The same for requests by their session, which is how a child names its parent: HTTP receipts say them. */
  readonly knowsSessions: boolean;
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
  const overtaken = new Uint8Array(draft.receipts);
  const requests = new RequestBook(dataset, draft);
  const units = dataset.chain
    .inOrder()
    .map(({ first, chain }) => ({ first, chain, nodes: namedNodes(first, chain, draft) }));
  const carriers = new CarrierBook(units, (unit, name) => nodeOrMissing(unit, name, draft));
  const parts: LinkParts = { dataset, draft, edges, requests, carriers, overtaken };
  for (const unit of units) {
    addReceiptLinks(unit, parts);
    addHeaderPairs(unit, draft, edges);
  }
  addToldLineage(parts, primitives);
  settleSteps(units, draft, requests);
  const nodes = draft.finish();
  const joined = edges.edges(nodes.count);
  const index = timed("index links", () => ChainIndex.build(nodes, joined));
  settleByAttempt(draft, ownCauses(index, draft));
  const deadLetterTopics = new Set<number>();
  for (const { chain } of units) {
    for (const text of chain.deadLetterTopics) {
      deadLetterTopics.add(draft.texts.number(chain.texts[text] ?? ""));
    }
  }
  const { continues } = draft;
  const knowsRequests = answersRequests(dataset, (row) => !dataset.rows.has(row, FLAG.child));
  const knowsSessions = answersRequests(dataset, (row) => dataset.rows.has(row, FLAG.http));
  return { index, continues, overtaken, knowsRequests, knowsSessions, deadLetterTopics };
}

function answersRequests({ chain }: Dataset, counts: (row: number) => boolean): boolean {
  return chain.units.some(({ first, chain: { handles } }) =>
    handles.row.some((row) => counts(first + row)),
  );
}

/**
 * For each receipt, its first cause in its own service and under the same key, or -1: whoever signs with a key of
 * his own makes nothing a part of another's attempt.
 */
function ownCauses({ nodes, parents }: ChainIndex, draft: NodeDraft): Int32Array {
  const causes = new Int32Array(nodes.receipts).fill(-1);
  const rowOf = (node: number): number => draft.rowOfNode[node] ?? -1;
  for (let node = 0; node < nodes.receipts; node += 1) {
    const end = parents.start[node + 1] ?? 0;
    for (let at = parents.start[node] ?? 0; at < end && causes[node] === -1; at += 1) {
      const cause = parents.nodes[at] ?? -1;
      if (
        cause < nodes.receipts &&
        nodes.service[cause] === nodes.service[node] &&
        draft.keyOfRow(rowOf(cause)) === draft.keyOfRow(rowOf(node)) &&
        draft.stands(rowOf(cause)) &&
        draft.stands(rowOf(node))
      ) {
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
      nodes[name] = draft.nodeOfIdAt(first + local);
    } else if (names.space[name] === RECEIPT_SPACE) {
      nodes[name] = draft.nodeOfHash(names.hash, name * 32);
    }
  }
  return nodes;
}

/** What all readers of links share. */
export interface LinkParts {
  readonly dataset: Dataset;
  readonly draft: NodeDraft;
  readonly edges: EdgeSink;
  readonly requests: RequestBook;
  readonly carriers: CarrierBook;
  readonly overtaken: Uint8Array;
}

function addReceiptLinks(unit: ResolvedUnit, parts: LinkParts): void {
  const { draft, edges, requests, carriers } = parts;
  const { links, names } = unit.chain;
  for (let at = 0; at < links.count; at += 1) {
    const row = unit.first + (links.row[at] ?? 0);
    const child = draft.nodeOfRow[row] ?? -1;
    const name = links.name[at] ?? 0;
    const source = links.source[at] ?? 0;
    // What a signature that does not fit states is no better than what anybody says.
    const stands = draft.stands(row);
    if (source === RECORD_SOURCE) {
      const carried = carriers.of(names.hash, name * 32);
      // Records of two clusters may have the same place, and one record several headers.
      const strength = stands && carried.length === 1 ? OBSERVED : ASSERTED;
      for (const parent of carried) {
        if (parent !== child) {
          edges.add(parent, child, HEADER, strength);
        }
      }
      continue;
    }
    const sourceNumber = LINK_SOURCES.indexOf(RECEIPT_LINK_SOURCES[source] ?? "call-chain");
    const said = stands && links.covered[at] === 1 ? (links.evidence[at] ?? ASSERTED) : ASSERTED;
    if (names.space[name] !== REQUEST_SPACE) {
      edges.add(nodeOrMissing(unit, name, draft), child, sourceNumber, said);
      continue;
    }
    const answer = requests.causeOf(names.hash, name * 32, row);
    if (answer !== null) {
      edges.add(answer.node, child, sourceNumber, answer.isKnown ? said : ASSERTED);
      markOvertaken(parts, answer, child);
    }
  }
}

/** A request is answered when it ends, which is after the requests that it brought about. */
function markOvertaken({ draft, overtaken }: LinkParts, { node }: Answer, child: number): void {
  if ((draft.time[node] ?? Number.NaN) > (draft.time[child] ?? Number.NaN)) {
    overtaken[child] = 1;
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

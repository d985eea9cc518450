import type { ChainIndex } from "@/lib/chain/chain-index.ts";
import { compareChains } from "@/lib/chain/compare.ts";
import { dot, graphml } from "@/lib/chain/export-text.ts";
import { type Delegation, LINK_SOURCES, type NodeKey, STRENGTHS } from "@/lib/chain/model.ts";
import { keyOf, nodeFacts, nodeOf } from "@/lib/chain/node-facts.ts";
import { overview } from "@/lib/chain/overview.ts";
import { pathBetween, rootCause } from "@/lib/chain/paths.ts";
import { statistics } from "@/lib/chain/statistics.ts";
import { whereItStopped } from "@/lib/chain/stopped.ts";
import { chainDocument, chainText } from "@/lib/chain/text-chain.ts";
import { walk } from "@/lib/chain/walk.ts";
import { chainView } from "@/lib/graph/chain-view.ts";
import type {
  ChainAnswer,
  ChainQuestion,
  NeighbourList,
  NodeAnswer,
  WalkRequest,
  WalkRows,
} from "@/lib/graph/questions.ts";

/** Neighbours that one answer lists. */
const LISTED = 100;

/**
 * Answers a page's question about links.
 *
 * @throws RangeError for a key that names no node: an address of other files
 */
export function answerChain(
  index: ChainIndex,
  question: ChainQuestion,
  delegationsOf: (capability: string) => readonly Delegation[],
): ChainAnswer {
  const { nodes } = index;
  switch (question.name) {
    case "overview":
      return overview(index);
    case "locate": {
      const node = nodes.find(question.ask);
      return node === -1 ? null : keyOf(nodes, node);
    }
    case "view":
      return chainView(index, question.ask);
    case "walk":
      return walkRows(index, question.ask);
    case "statistics":
      return statistics(index, walkOf(index, question.ask));
    case "node":
      return nodeAnswer(index, question.ask, delegationsOf);
    case "causes":
      return rootCause(index, known(index, question.ask));
    case "stopped":
      return whereItStopped(index, known(index, question.ask));
    case "between":
      return pathBetween(index, known(index, question.ask.from), known(index, question.ask.to));
    case "compare":
      return compareChains(
        index,
        known(index, question.ask.left),
        known(index, question.ask.right),
      );
    case "text": {
      const { focus, direction, depth, format } = question.ask;
      const node = known(index, focus);
      switch (format) {
        case "text":
          return chainText(index, node, direction, depth);
        case "json":
          return `${JSON.stringify(chainDocument(index, node, direction, depth), null, 2)}\n`;
        case "graphml":
          return graphml(index, walk(index, node, direction, depth));
        case "dot":
          return dot(index, walk(index, node, direction, depth));
      }
    }
  }
}

function known({ nodes }: ChainIndex, key: NodeKey): number {
  const node = nodeOf(nodes, key);
  if (node === -1) {
    throw new RangeError(`nothing that is loaded is called ${key}`);
  }
  return node;
}

function walkOf(index: ChainIndex, { focus, direction, depth }: WalkRequest) {
  return walk(index, known(index, focus), direction, depth);
}

/** The walk in the order of time; causes stand before consequences where times are equal. */
function walkRows(index: ChainIndex, ask: WalkRequest): WalkRows {
  const { nodes } = index;
  const walked = walkOf(index, ask);
  const count = walked.nodes.length;
  const places = Int32Array.from({ length: count }, (_, place) => place);
  const timeOf = (place: number): number => {
    const time = nodes.time[walked.nodes[place] ?? -1] ?? Number.NaN;
    return Number.isNaN(time) ? Number.MAX_VALUE : time;
  };
  places.sort(
    (a, b) =>
      timeOf(a) - timeOf(b) ||
      (walked.distance[a] ?? 0) - (walked.distance[b] ?? 0) ||
      (walked.nodes[a] ?? 0) - (walked.nodes[b] ?? 0),
  );
  const missing = new Map<number, { readonly key: NodeKey; readonly id: string }>();
  const row = new Int32Array(count);
  const settlement = new Uint8Array(count);
  for (const [at, place] of places.entries()) {
    const node = walked.nodes[place] ?? -1;
    row[at] = node < nodes.receipts ? (nodes.row[node] ?? -1) : -1;
    settlement[at] = nodes.settlement[node] ?? 0;
    if (node >= nodes.receipts) {
      missing.set(at, { key: keyOf(nodes, node), id: nodes.idOf(node) });
    }
  }
  return { row, settlement, distance: places.map((place) => walked.distance[place] ?? 0), missing };
}

function nodeAnswer(
  index: ChainIndex,
  key: NodeKey,
  delegationsOf: (capability: string) => readonly Delegation[],
): NodeAnswer {
  const node = known(index, key);
  const facts = nodeFacts(index.nodes, node);
  return {
    facts,
    parents: neighbours(index, index.parentsOf(node), index.parentEdges(node)),
    children: neighbours(index, index.childrenOf(node), index.childEdges(node)),
    delegations: delegationsOf(facts.capability),
  };
}

function neighbours(
  { nodes, edges }: ChainIndex,
  list: Int32Array,
  through: Int32Array,
): NeighbourList {
  return {
    total: list.length,
    links: Array.from(list.subarray(0, LISTED), (node, at) => {
      const edge = through[at] ?? -1;
      const sources = edges.sources[edge] ?? 0;
      return {
        facts: nodeFacts(nodes, node),
        strength: STRENGTHS[edges.strength[edge] ?? 0] ?? "asserted",
        sources: LINK_SOURCES.filter((_, number) => (sources & (1 << number)) !== 0),
      };
    }),
  };
}

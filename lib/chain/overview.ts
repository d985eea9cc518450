import type { ChainOverview } from "./answers.ts";
import { countNodes } from "./beneath.ts";
import type { ChainIndex } from "./chain-index.ts";
import { DECISIONS } from "./model.ts";
import { nodeFacts } from "./node-facts.ts";
import { descendants } from "./paths.ts";
import { mostDescendants } from "./ranking.ts";

const LISTED = 5;
const DENIED = DECISIONS.indexOf("deny");

/** What is known of all links together. */
export function overview(index: ChainIndex): ChainOverview {
  const { nodes, edges } = index;
  let linked = 0;
  for (let node = 0; node < nodes.receipts; node += 1) {
    linked += index.parentCount(node) + index.childCount(node) > 0 ? 1 : 0;
  }
  return {
    receipts: nodes.receipts,
    links: edges.count,
    missing: nodes.count - nodes.receipts,
    linked,
    roots: mostDescendants(index, LISTED).map((root) => ({
      facts: nodeFacts(nodes, root),
      descendants: countNodes(nodes, descendants(index, root)),
    })),
    denials: newestDenials(index).map((node) => nodeFacts(nodes, node)),
  };
}

function newestDenials({ nodes, order, parents }: ChainIndex): readonly number[] {
  const dated: number[] = [];
  const undated: number[] = [];
  for (let place = order.length - 1; place >= 0 && dated.length < LISTED; place -= 1) {
    const node = order[place] ?? 0;
    const hasCause = (parents.start[node + 1] ?? 0) > (parents.start[node] ?? 0);
    if (node < nodes.receipts && nodes.decision[node] === DENIED && hasCause) {
      const list = Number.isNaN(nodes.time[node]) ? undated : dated;
      list.push(node);
    }
  }
  return [...dated, ...undated.slice(0, LISTED)].slice(0, LISTED);
}

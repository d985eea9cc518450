import type { JsonObject } from "@/kernel/json/value.ts";
import type { ChainIndex } from "@/lib/chain/chain-index.ts";
import { LINK_SOURCES, STRENGTHS } from "@/lib/chain/model.ts";

/** One receipt that a link leads to, or a cause that is named and not loaded. */
export interface Neighbour {
  readonly id: string;
  readonly loaded: boolean;
  readonly strength: (typeof STRENGTHS)[number];
  readonly sources: readonly (typeof LINK_SOURCES)[number][];
}

/** What brought a receipt about and what it brought about, one step away, each in the order of time. */
export interface Neighbours {
  readonly causedBy: readonly Neighbour[];
  readonly ledTo: readonly Neighbour[];
}

export function neighboursOf(chain: ChainIndex, node: number): Neighbours {
  return {
    causedBy: listed(chain, chain.parentsOf(node), chain.parentEdges(node)),
    ledTo: listed(chain, chain.childrenOf(node), chain.childEdges(node)),
  };
}

function listed(
  { nodes, edges }: ChainIndex,
  others: Int32Array,
  links: Int32Array,
): readonly Neighbour[] {
  return Array.from(others, (other, place): Neighbour => {
    const edge = links[place] ?? -1;
    const sources = edges.sources[edge] ?? 0;
    return {
      id: nodes.idOf(other),
      loaded: other < nodes.receipts,
      strength: STRENGTHS[edges.strength[edge] ?? 0] ?? "asserted",
      sources: LINK_SOURCES.filter((_, bit) => (sources & (1 << bit)) !== 0),
    };
  });
}

export function neighbourJson({ id, loaded, strength, sources }: Neighbour): JsonObject {
  return { id, loaded, strength, sources };
}

/** A receipt among the causes of another; `level` counts the steps between them. */
export interface Ancestor {
  readonly node: number;
  readonly level: number;
}

/** Causes of causes as a tree, each once, under the nearest of what it brought about. */
export interface Ancestors {
  readonly list: readonly Ancestor[];
  /** Links to causes that the two limits leave out. */
  readonly leftOut: number;
}

/**
 * The causes of a receipt up to `depth` steps away, at most `fanout` for each receipt. Each stands once, however
 * many ways lead to it, so that circles end.
 */
export function ancestorsOf(
  chain: ChainIndex,
  node: number,
  depth: number,
  fanout: number,
): Ancestors {
  const under = new Map<number, number[]>([[node, []]]);
  let ring = [node];
  let leftOut = 0;
  for (let level = 0; ring.length > 0; level += 1) {
    const next: number[] = [];
    for (const consequence of ring) {
      const causes = chain.parentsOf(consequence);
      const taken = level < depth ? causes.subarray(0, fanout) : causes.subarray(0, 0);
      leftOut += causes.length - taken.length;
      for (const cause of taken) {
        if (!under.has(cause)) {
          under.set(cause, []);
          under.get(consequence)?.push(cause);
          next.push(cause);
        }
      }
    }
    ring = next;
  }
  return { list: writtenOut(node, under), leftOut };
}

function writtenOut(
  from: number,
  under: ReadonlyMap<number, readonly number[]>,
): readonly Ancestor[] {
  const list: Ancestor[] = [];
  const waiting: Ancestor[] = [{ node: from, level: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.level > 0) {
      list.push(next);
    }
    const causes = under.get(next.node) ?? [];
    for (let at = causes.length - 1; at >= 0; at -= 1) {
      waiting.push({ node: causes[at] ?? 0, level: next.level + 1 });
    }
  }
  return list;
}

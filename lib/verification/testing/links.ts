import type { ChainIndex } from "@/lib/chain/chain-index.ts";
import { LINK_SOURCES, STRENGTHS } from "@/lib/chain/model.ts";

/** `cause -> consequence (strength, sources)`, sorted. */
export function linksOf({ nodes, edges }: ChainIndex): readonly string[] {
  const found: string[] = [];
  for (let edge = 0; edge < edges.count; edge += 1) {
    const sources = LINK_SOURCES.filter((_, at) => ((edges.sources[edge] ?? 0) & (1 << at)) !== 0);
    const ends = `${nodes.idOf(edges.parent[edge] ?? -1)} -> ${nodes.idOf(edges.child[edge] ?? -1)}`;
    found.push(`${ends} (${STRENGTHS[edges.strength[edge] ?? 0]}, ${sources.join("+")})`);
  }
  return found.sort();
}

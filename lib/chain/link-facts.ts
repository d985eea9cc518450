import type { ChainIndex } from "./chain-index.ts";
import { LINK_SOURCES, type LinkSource, STRENGTHS, type Strength } from "./model.ts";

/** What an edge's columns say. */
export function linkFacts(
  { edges }: ChainIndex,
  edge: number,
): { readonly strength: Strength; readonly sources: readonly LinkSource[] } {
  const bits = edges.sources[edge] ?? 0;
  return {
    strength: STRENGTHS[edges.strength[edge] ?? 0] ?? "asserted",
    sources: LINK_SOURCES.filter((_, bit) => (bits & (1 << bit)) !== 0),
  };
}

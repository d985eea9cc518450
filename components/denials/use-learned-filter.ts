import { useEffect, useMemo, useReducer } from "react";
import type { DenialFacetValues } from "@/lib/queries/denial-model.ts";
import type { LinkTokens } from "@/lib/session/link-tokens.ts";
import { filterOf, type ReadFilter } from "./filter-values.ts";
import { type DenialPageState, TOKEN_FACETS } from "./page-fragment.ts";

/** The filter of an address, as far as its tokens are known now. */
export interface LearnedFilter extends ReadFilter {
  /** Call it when something was learned: the tokens are read again. */
  readonly again: () => void;
}

export function useLearnedFilter(state: DenialPageState): LearnedFilter {
  const [learned, again] = useReducer((count: number) => count + 1, 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: tokens may have been learned since.
  const read = useMemo(() => filterOf(state), [state, learned]);
  return { ...read, again };
}

/** A link of somebody else: what its tokens stand for is looked for among the values that are loaded. */
export function useLearning(
  { unknown, again }: LearnedFilter,
  facets: readonly DenialFacetValues[] | undefined,
  tokens: LinkTokens,
): void {
  useEffect(() => {
    if (unknown.length === 0 || facets === undefined) return;
    let found = false;
    for (const name of TOKEN_FACETS) {
      const sought = unknown.filter((each) => each.name === name).map(({ token }) => token);
      if (sought.length === 0) continue;
      const values = facets.find((facet) => facet.name === name)?.values ?? [];
      const left = tokens.learn(
        name,
        sought,
        values.map(({ value }) => value),
      );
      found ||= left.size < sought.length;
    }
    if (found) again();
  }, [unknown, facets, tokens, again]);
}

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { DenialFilter, PatternPart } from "@/lib/queries/denial-model.ts";
import {
  denialFacets,
  denialHistogram,
  denialTotals,
  patternList,
  policyBoundaries,
} from "@/lib/queries/denials.ts";

/** The questions of the page's first screen. While a new answer is on its way, the last one stays. */
export function useDenials(
  revision: number,
  filter: DenialFilter,
  parts: readonly PatternPart[],
  bins: number,
) {
  const totals = useQuery({
    ...denialTotals(revision, filter, parts),
    placeholderData: keepPreviousData,
  });
  const histogram = useQuery({
    // The chart shows all times: the brush is what restricts them.
    ...denialHistogram(revision, { ...filter, time: null }, bins),
    placeholderData: keepPreviousData,
    // Not before the drawing has a width.
    enabled: bins > 0,
  });
  const patterns = useQuery({
    ...patternList(revision, filter, parts),
    placeholderData: keepPreviousData,
  });
  return {
    totals,
    histogram,
    patterns,
    policies: useQuery(policyBoundaries(revision)),
    facets: useQuery({
      ...denialFacets(revision, filter),
      placeholderData: keepPreviousData,
      // Eleven questions that only a menu shows: after all that the page shows.
      enabled: totals.isSuccess && !histogram.isFetching && !patterns.isFetching,
    }),
  };
}

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { NodeKey } from "@/lib/chain/model.ts";
import type { ChainView } from "@/lib/graph/model.ts";
import type { WalkRequest } from "@/lib/graph/questions.ts";
import { chainQuestion } from "@/lib/queries/chain.ts";
import type { ChainPageState } from "./page-fragment.ts";

/** What the page draws. While a new view is on its way, the last one stays. */
export function useChainView(revision: number, state: ChainPageState, focus: NodeKey) {
  const { direction, depth, lanes, opened, cut } = state;
  return useQuery({
    ...chainQuestion(revision, "view", { focus, direction, depth, lanes, opened, cut }),
    placeholderData: keepPreviousData,
  });
}

/** The walk that a view draws: the same nodes, drawn or not, for table, statistics and export. */
export function walkOf(view: ChainView): WalkRequest {
  const { focus, direction } = view.request;
  return { focus, direction, depth: view.counts.depth };
}

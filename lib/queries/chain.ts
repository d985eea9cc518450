import { queryOptions } from "@tanstack/react-query";
import type { ChainQuestionName, ChainQuestions } from "@/lib/graph/questions.ts";
import { currentSession } from "@/lib/session/current.ts";

/** What the keys of all questions here begin with. */
export const CHAIN_QUESTIONS = ["chain"] as const;

/**
 * One question about the links between receipts. It is asked again exactly when rows, statuses or links
 * changed: the session's revision is part of the key.
 */
export function chainQuestion<Name extends ChainQuestionName>(
  revision: number,
  name: Name,
  ask: ChainQuestions[Name]["ask"],
) {
  return queryOptions<ChainQuestions[Name]["answer"]>({
    queryKey: [...CHAIN_QUESTIONS, name, revision, ask],
    queryFn: () => currentSession().chain(name, ask),
    // Views hold thousands of items, walks binary columns: comparing them costs more than drawing them.
    structuralSharing: false,
  });
}

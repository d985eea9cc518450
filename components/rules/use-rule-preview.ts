"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { usePaced } from "@/components/receipts/use-paced.ts";
import { ruleQuestion } from "@/lib/queries/rules.ts";
import { useSession } from "@/lib/queries/session.ts";
import type { Rule, RulePreview } from "@/lib/rules/model.ts";

/** Milliseconds between two questions while a slider is dragged. */
const PACE = 60;

export interface PreviewState {
  /** The last answer; null before the first and while nothing is loaded. */
  readonly preview: RulePreview | null;
  /** The answer is of an earlier state of the rule, or of no state yet. */
  readonly isBehind: boolean;
  readonly problem: string | null;
  readonly isLoaded: boolean;
}

/**
 * What a rule would have done on the loaded data, while it is edited. One question is on its way at a time,
 * and the newest rule is asked about next: states that were passed over are never asked.
 */
export function useRulePreview(rule: Rule, isSound: boolean): PreviewState {
  const isLoaded = useSession(({ phase }) => phase === "done" || phase === "stopped");
  const revision = useSession((session) => session.revision);
  const [isBusy, setBusy] = useState(false);
  const essential = useEssential(rule);
  const paced = usePaced(essential, PACE, isBusy || !isSound);
  const { data, error, isFetching } = useQuery({
    ...ruleQuestion(revision, "preview", paced),
    placeholderData: keepPreviousData,
    enabled: isLoaded && isSound,
  });
  useEffect(() => setBusy(isFetching), [isFetching]);
  return {
    preview: isLoaded ? (data ?? null) : null,
    isBehind: isFetching || paced !== essential,
    problem: error === null ? null : error.message,
    isLoaded,
  };
}

/** The rule without what changes no number: a name that is typed asks nothing again. */
function useEssential(rule: Rule): Rule {
  const { id, conditions, groupBy, measure, windowSeconds, threshold, cooldownSeconds, evidence } =
    rule;
  return useMemo(
    () => ({
      id,
      name: "",
      description: "",
      severity: "medium",
      isEnabled: true,
      conditions,
      groupBy,
      measure,
      windowSeconds,
      threshold,
      cooldownSeconds,
      evidence,
    }),
    [id, conditions, groupBy, measure, windowSeconds, threshold, cooldownSeconds, evidence],
  );
}

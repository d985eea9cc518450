"use client";

import { queryOptions } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import type { Rule } from "@/lib/rules/model.ts";
import type { RuleQuestionName, RuleQuestions } from "@/lib/rules/questions.ts";
import { type AlertsState, currentAlerts, NO_ALERTS } from "@/lib/session/alerts.ts";
import { currentSession } from "@/lib/session/current.ts";
import { currentRules } from "@/lib/session/rule-store.ts";

/** What the keys of all questions here begin with. */
export const RULE_QUESTIONS = ["rules"] as const;

/**
 * One question about rules. It is asked again exactly when the decisions changed: the session's revision is
 * part of the key.
 */
export function ruleQuestion<Name extends RuleQuestionName>(
  revision: number,
  name: Name,
  ask: RuleQuestions[Name]["ask"],
) {
  return queryOptions<RuleQuestions[Name]["answer"]>({
    queryKey: [...RULE_QUESTIONS, name, revision, ask],
    queryFn: () => currentSession().rules(name, ask),
    // A thousand alerts with five hundred rows each: comparing them costs more than drawing them.
    structuralSharing: false,
    gcTime: 10_000,
  });
}

/** The rules of this browser; the component renders again when they change. */
export function useRules(): readonly Rule[] {
  return useSyncExternalStore(currentRules().subscribe, currentRules().snapshot, () => NO_RULES);
}

/** What the enabled rules found in the loaded data. */
export function useAlerts(): AlertsState {
  return useSyncExternalStore(currentAlerts().subscribe, currentAlerts().snapshot, () => NO_ALERTS);
}

const NO_RULES: readonly Rule[] = [];

import type { EventField } from "@/lib/denials/model.ts";
import type { Alert, Rule, RulePreview } from "./model.ts";

/** What pages ask about rules; the engine's worker answers from the decisions that are loaded. */
export interface RuleQuestions {
  readonly preview: { readonly ask: Rule; readonly answer: RulePreview };
  /** Alerts of all enabled rules together, by time. */
  readonly evaluate: {
    readonly ask: readonly Rule[];
    readonly answer: {
      readonly alerts: readonly Alert[];
      readonly fired: Readonly<Record<string, { readonly fired: number; readonly held: number }>>;
    };
  };
  /** Values of a field among the denials, most frequent first, at most 200: for completion. */
  readonly values: {
    readonly ask: EventField;
    readonly answer: readonly { readonly value: string; readonly denials: number }[];
  };
}
export type RuleQuestionName = keyof RuleQuestions;
export type RuleQuestion = {
  [Name in RuleQuestionName]: { readonly name: Name; readonly ask: RuleQuestions[Name]["ask"] };
}[RuleQuestionName];
export type RuleAnswer = RuleQuestions[RuleQuestionName]["answer"];

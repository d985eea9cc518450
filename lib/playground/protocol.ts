import type { Hint, PlaygroundInput, PlaygroundOutcome } from "./model.ts";

/*
 * page   -> worker  evaluate   what the editors hold
 * worker -> page    evaluated  the same `ask` comes back: only the last question's answer counts
 * page   -> worker  hint       what would have allowed it, asked once the hands rest
 * worker -> page    hinted
 *
 * The keys of the demo are made in the worker and never leave it.
 */

export interface EvaluateMessage {
  readonly kind: "evaluate";
  readonly ask: number;
  readonly input: PlaygroundInput;
}

export interface HintMessage {
  readonly kind: "hint";
  readonly ask: number;
  readonly input: PlaygroundInput;
}

export type ToPlayground = EvaluateMessage | HintMessage;

export type FromPlayground =
  | { readonly kind: "evaluated"; readonly ask: number; readonly outcome: PlaygroundOutcome }
  | { readonly kind: "hinted"; readonly ask: number; readonly hint: Hint | null }
  | { readonly kind: "failed"; readonly ask: number; readonly message: string };

import { PATTERN_PARTS, type PatternKey, type PatternRow } from "@/lib/queries/denial-model.ts";
import { logWords } from "./log-words.ts";

/** One text for one key, whatever its values hold: what a link's token is made of. */
export function keyText(key: PatternKey): string {
  return JSON.stringify(PATTERN_PARTS.map((part) => key[part] ?? null));
}

/** Who asked for what, and who said no why, as far as the key or the most frequent values say. */
export interface PatternWords {
  readonly agent: string;
  readonly otherAgents: number;
  readonly target: string;
  readonly guard: string;
  /** Null where patterns are not told apart by their reasons. */
  readonly reason: string | null;
}

export function patternWords(pattern: PatternRow): PatternWords {
  const { key } = pattern;
  return {
    agent: key.agent ?? pattern.topAgent,
    otherAgents: key.agent === undefined ? Math.max(pattern.agents - 1, 0) : 0,
    target: (key.tool ?? "") || (key.scope ?? "") || pattern.topTool || pattern.topScope,
    guard: key.guard ?? pattern.topGuard,
    reason: key.reason ?? null,
  };
}

/** A pattern in a sentence: `research-agent asked for payments`. */
export function patternTitle(pattern: PatternRow): string {
  const { agent, otherAgents, target } = patternWords(pattern);
  const more = otherAgents > 0 ? ` and ${otherAgents.toLocaleString("en-US")} more` : "";
  return `${logWords(agent, "(no agent)")}${more} asked for ${logWords(target, "(no tool)")}`;
}

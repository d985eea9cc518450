import type { Operation, PatternGrant, Scope } from "./model.ts";
import { patternMatches } from "./pattern.ts";

/** Whether a scope lets a resource be read or subscribed to (kernel semantics 1.6). */
export function matchesResource(
  scope: Scope,
  uri: string,
  operation: "read" | "subscribe",
): boolean {
  return matches(scope.resourceGrants, uri, operation);
}

/** Whether a scope lets a prompt be got. */
export function matchesPrompt(scope: Scope, name: string): boolean {
  return matches(scope.promptGrants, name, "get");
}

function matches(grants: readonly PatternGrant[], text: string, operation: Operation): boolean {
  return grants.some(
    ({ pattern, operations }) => operations.includes(operation) && patternMatches(pattern, text),
  );
}

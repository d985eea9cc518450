import type { Operation } from "../capability/model.ts";
import type { JsonObject, JsonValue } from "../json/value.ts";
import { jsonInteger } from "../record-members.ts";
import { matchesPolicyGlob } from "./policy-glob.ts";

/** The name by which a grant covers every tool, and every server. */
export const EVERY_TOOL = "*";

/** Conditions that a policy puts on the grants of its default scope. */
export interface GrantTerms {
  readonly maxArgsSize: bigint | null;
  readonly confirm: readonly string[];
  /** Minor units from which on a call needs an approval. */
  readonly approveAbove: bigint | null;
  readonly runtimeAssurance: string | null;
}

/**
 * The constraints of the grant for one tool: an approval of every call where a confirmation glob covers it,
 * else from the policy's amount on. An approval and an assurance are what this kernel cannot check:
 * a grant that carries them denies, as long as nobody can give them.
 */
function constraintsFor(tool: string, terms: GrantTerms): readonly JsonObject[] {
  const constraints: JsonObject[] = [];
  if (terms.maxArgsSize !== null) {
    constraints.push(constraint("max_args_size", jsonInteger(terms.maxArgsSize)));
  }
  const threshold = needsConfirmation(tool, terms.confirm) ? 0n : terms.approveAbove;
  if (threshold !== null) {
    constraints.push(
      constraint("require_approval_above", { threshold_units: jsonInteger(threshold) }),
    );
  }
  if (terms.runtimeAssurance !== null) {
    constraints.push(constraint("minimum_runtime_assurance", terms.runtimeAssurance));
  }
  return constraints;
}

/** A tool grant in wire form. */
export function toolGrant(
  server: string,
  tool: string,
  operations: readonly Operation[],
  terms: GrantTerms,
): JsonObject {
  const constraints = constraintsFor(tool, terms);
  return {
    server_id: server,
    tool_name: tool,
    operations,
    ...(constraints.length === 0 ? {} : { constraints }),
  };
}

/** A grant to invoke each of the tools, on whatever server has it. */
export function toolGrants(tools: readonly string[], terms: GrantTerms): readonly JsonObject[] {
  return tools.map((tool) => toolGrant("*", tool, ["invoke"], terms));
}

/** A grant of every tool covers whatever tool a glob names. */
function needsConfirmation(tool: string, confirm: readonly string[]): boolean {
  return confirm.some((glob) => tool === EVERY_TOOL || matchesPolicyGlob(glob, tool));
}

function constraint(type: string, value: JsonValue): JsonObject {
  return { type, value };
}

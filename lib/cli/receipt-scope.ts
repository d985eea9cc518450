import { compareGrants, type GrantComparison } from "@/kernel/capability/compare.ts";
import type { Scope } from "@/kernel/capability/model.ts";
import { readCapability } from "@/kernel/capability/read.ts";
import { readScope } from "@/kernel/capability/read-scope.ts";
import type { ReadProblem } from "@/kernel/capability/readers.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { isObject, member } from "@/kernel/json/value.ts";
import { ok, type Result } from "@/kernel/result.ts";
import { compileRe2 } from "@/lib/regex/re2.ts";
import { type KnownCapability, knownCapability } from "@/lib/verification/known-capability.ts";
import type { PlacedRecord } from "@/lib/verification/members.ts";
import type { ReceiptRecord } from "./receipt-record.ts";
import { safeText } from "./safe-text.ts";

/** How one grant of the capability differs from the recorded call; nothing where it covers it. */
export interface GrantDifference {
  readonly grant: number;
  readonly differs: readonly string[];
  /** Constraints that nothing here can check. */
  readonly unchecked: readonly string[];
}

/** What the capability of a receipt grants, held against the call that the receipt records. */
export type ScopeDifference =
  | { readonly kind: "unknown"; readonly why: string }
  | {
      readonly kind: "compared";
      readonly from: string;
      readonly grants: readonly GrantDifference[];
    };

const LISTED = 8;

/** Compares the recorded call with the receipt's capability, where that is loaded. */
export function scopeDifference({ read, receipt, inspection }: ReceiptRecord): ScopeDifference {
  const { facts, form } = inspection;
  if (form === "child" || form === "http") {
    return { kind: "unknown", why: "this form records no tool call" };
  }
  if (facts.capabilityId === "") {
    return { kind: "unknown", why: "the receipt names no capability" };
  }
  const { others } = read.dataset;
  const known = knownCapability(others, facts.capabilityId);
  if (known === null) {
    return { kind: "unknown", why: "the capability is not loaded" };
  }
  const scope = scopeOf(known);
  if (!scope.ok) {
    const { pointer, expected } = scope.error;
    return { kind: "unknown", why: `the capability's ${safeText(pointer)} is not ${expected}` };
  }
  const action = member(receipt, "action");
  const call = {
    serverId: facts.toolServer,
    toolName: facts.toolName,
    arguments: isObject(action) ? (member(action, "parameters") ?? null) : null,
    model: null,
  };
  const grants = compareGrants(scope.value, call, { mode: "full", compile: compileRe2 });
  return {
    kind: "compared",
    from: sourceOf(known, others, facts.capabilityId),
    grants: grants.map(differenceOf),
  };
}

function scopeOf(known: KnownCapability): Result<Scope, ReadProblem> {
  switch (known.kind) {
    case "token": {
      const read = readCapability(known.token);
      return read.ok ? ok(read.value.scope) : read;
    }
    case "lineage":
      return readScope(member(known.body, "scope"), "/scope");
  }
}

/** What stands behind the scope: anyone can write a row of a store, and a token that nobody signed. */
function sourceOf(known: KnownCapability, others: readonly PlacedRecord[], id: string): string {
  if (known.kind === "lineage") {
    return "a store's row, which nobody signed";
  }
  const isSigned = others.some(
    ({ kind, value, signature }) =>
      kind === "capability" && member(value, "id") === id && signature === "fits",
  );
  return isSigned ? "the signed token" : "a token whose signature does not fit or was not checked";
}

function differenceOf({ index, grant, target, constraints }: GrantComparison): GrantDifference {
  const ofKind = (wanted: "unchecked" | "fails"): readonly string[] =>
    constraints.flatMap(({ constraint, outcome }) =>
      outcome.kind === wanted || (wanted === "fails" && outcome.kind === "error")
        ? [constraint.type]
        : [],
    );
  return {
    grant: index,
    differs: [
      ...(target.server ? [] : [`another server (${grant.serverId})`]),
      ...(target.tool ? [] : [`another tool (${grant.toolName})`]),
      ...(target.operation ? [] : ["no invoke"]),
      ...ofKind("fails").map((type) => `constraint ${type} does not hold`),
    ],
    unchecked: ofKind("unchecked"),
  };
}

/** One line: `none`, which grant covers the call, or what each grant lacks. */
export function scopeText(difference: ScopeDifference): string {
  if (difference.kind === "unknown") {
    return `unknown: ${difference.why}`;
  }
  const { grants, from } = difference;
  const covering = grants.find(({ differs }) => differs.length === 0);
  if (covering !== undefined) {
    const open = covering.unchecked.map((type) => safeText(type)).join(", ");
    const but = open === "" ? "" : `, but this was not checked: ${open}`;
    return `none: grant ${covering.grant} covers the call${but} (by ${from})`;
  }
  if (grants.length === 0) {
    return `no tool is granted (by ${from})`;
  }
  const listed = grants
    .slice(0, LISTED)
    .map(
      ({ grant, differs }) => `grant ${grant}: ${differs.map((each) => safeText(each)).join(", ")}`,
    );
  const more = grants.length > LISTED ? `; and ${grants.length - LISTED} more grants` : "";
  return `${listed.join("; ")}${more} (by ${from})`;
}

export function scopeJson(difference: ScopeDifference): JsonObject {
  if (difference.kind === "unknown") {
    return { state: "unknown", why: difference.why };
  }
  const { from, grants } = difference;
  const isCovered = grants.some(({ differs }) => differs.length === 0);
  return {
    state: isCovered ? "within" : "outside",
    from,
    grants: grants.map((each) => ({ ...each })),
  };
}

import { compareGrants, type GrantComparison } from "@/kernel/capability/compare.ts";
import { domainOf } from "@/kernel/capability/constraints/domain.ts";
import { stringLeaves } from "@/kernel/capability/constraints/leaves.ts";
import type { Constraint } from "@/kernel/capability/model.ts";
import { utf8 } from "@/kernel/encoding.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { isArray, isObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { type Candidate, candidate, type Denied } from "./candidate.ts";

/** What would have put the call inside the scope: one more grant, an operation, a wider constraint. */
export function scopeCandidates(denied: Denied): readonly Candidate[] {
  const { documents, request, context, evaluation } = denied;
  if (evaluation.capability === null) {
    return [];
  }
  const call = { ...request.call, arguments: evaluation.arguments };
  const grants = compareGrants(evaluation.capability.scope, call, {
    mode: "full",
    compile: context.compile,
  });
  const grant = {
    server_id: call.serverId,
    tool_name: call.toolName,
    operations: ["invoke"],
  };
  return [
    candidate(
      documents,
      "capability",
      { pointer: "/scope/grants/-", kind: "add", after: grant },
      grantWords(call.toolName),
      4,
    ),
    ...grants
      .filter(({ target }) => target.server && target.tool)
      .flatMap((comparison) => withinGrant(denied, comparison)),
  ];
}

/** Longer names stand in the difference only: the sentence has to stay one. */
const NAMED = 80;

function grantWords(tool: string): string {
  return tool.length > NAMED ? "one more grant" : `one more grant for ${tool}`;
}

/** What would let the call pass without a proof that the agent holds its key. */
export function proofCandidates(denied: Denied): readonly Candidate[] {
  const grants = denied.evaluation.capability?.scope.grants ?? [];
  return grants.flatMap(({ dpopRequired }, index) =>
    dpopRequired
      ? [
          candidate(
            denied.documents,
            "capability",
            { pointer: `/scope/grants/${index}/dpop_required`, kind: "remove", after: null },
            "a grant that asks for no proof of possession",
            3,
          ),
        ]
      : [],
  );
}

function withinGrant(denied: Denied, { index, target, constraints }: GrantComparison): Candidate[] {
  const { documents } = denied;
  const base = `/scope/grants/${index}`;
  const found: Candidate[] = [];
  if (!target.operation) {
    found.push(
      candidate(
        documents,
        "capability",
        { pointer: `${base}/operations/-`, kind: "add", after: "invoke" },
        "the operation invoke",
        1,
      ),
    );
  }
  for (const [place, { constraint, outcome }] of constraints.entries()) {
    if (outcome.kind === "holds") {
      continue;
    }
    const pointer = `${base}/constraints/${place}`;
    for (const value of widened(constraint, denied.evaluation.arguments)) {
      found.push(
        candidate(
          documents,
          "capability",
          { pointer: `${pointer}/value`, kind: "replace", after: value },
          `a wider ${constraint.type}`,
          1,
        ),
      );
    }
    found.push(
      candidate(
        documents,
        "capability",
        { pointer, kind: "remove", after: null },
        `without ${constraint.type}`,
        2,
      ),
    );
  }
  return found;
}

/** Values of a constraint that the arguments would satisfy, the narrowest that can be told first. */
function widened({ type, value }: Constraint, given: JsonValue): readonly JsonValue[] {
  const leaves = stringLeaves(given);
  switch (type) {
    case "path_prefix":
      return leaves
        .flatMap(({ text }) => parentsOf(text))
        .filter((path, index, all) => all.indexOf(path) === index)
        .sort((left, right) => right.length - left.length);
    case "domain_exact":
    case "domain_glob":
      return [...new Set(leaves.flatMap(({ text }) => domainOf(text) ?? []))];
    case "max_length":
      return [Math.max(0, ...leaves.map(({ text }) => utf8(text).length))];
    case "max_args_size":
      return [utf8(canonicalize(given)).length];
    case "audience_allowlist":
    case "memory_store_allowlist":
      return isArray(value) ? [[...value, ...new Set(leaves.map(({ text }) => text))]] : [];
    case "custom":
      return customValue(value, given);
    default:
      return [];
  }
}

/** The path itself and every directory above it. */
function parentsOf(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.map((_, index) => parts.slice(0, parts.length - index).join("/") || "/");
}

function customValue(value: JsonValue | undefined, given: JsonValue): readonly JsonValue[] {
  const [name] = isArray(value) ? value : [];
  const actual = typeof name === "string" && isObject(given) ? member(given, name) : undefined;
  return typeof name === "string" && typeof actual === "string" ? [[name, actual]] : [];
}

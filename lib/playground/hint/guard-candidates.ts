import { utf8 } from "@/kernel/encoding.ts";
import type { Denial } from "@/kernel/evaluation/model.ts";
import { hostToText, parseTarget } from "@/kernel/guards/host.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { resolvePointer } from "@/kernel/json/pointer.ts";
import { isObject, type JsonValue, member } from "@/kernel/json/value.ts";
import type { GuardConfig } from "@/kernel/policy/effective-policy.ts";
import { type Candidate, candidate, type Denied } from "./candidate.ts";
import { type PolicyPlace, policyPlace } from "./policy-places.ts";

const ENTRY = 1;
const RULE = 2;
const ARGUMENT = 4;
const OFF = 6;

/**
 * What would have let a guard allow: an entry in one of its lists, one rule less, the argument left out, or,
 * last of all, the guard switched off.
 */
export function guardCandidates(denied: Denied, denial: Denial): readonly Candidate[] {
  const { documents } = denied;
  const place = policyPlace(documents.policy, denial.guard);
  const found: Candidate[] = [...argumentCandidates(denied, denial), ...rewriteCandidates(denied)];
  if (place === null) {
    return found;
  }
  const lists = new ListEdits(denied, place);
  const config = denied.context.policy.effective.guards;
  const offending = textAt(denied, denial);
  switch (denial.guard) {
    case "forbidden-path":
      found.push(...lists.entry("exceptions", [], escapeGlob(offending)));
      break;
    case "path-allowlist":
      for (const name of ["read", "write", "patch"] as const) {
        found.push(...lists.entry(name, config.pathAllowlist?.[name] ?? [], escapeGlob(offending)));
      }
      break;
    case "egress-allowlist":
      found.push(...egress(lists, config, offending));
      break;
    case "mcp-tool":
      found.push(...tool(lists, config, denied));
      break;
    case "shell-command":
      found.push(...lists.less("patterns", config.shellCommand?.forbiddenPatterns ?? []));
      break;
    case "secret-leak":
      found.push(...lists.entry("skip", config.secretLeak?.skipPaths ?? [], pathOf(denied)));
      break;
    case "patch-integrity":
      found.push(...patch(lists, config));
      break;
    case "internal-network":
      found.push(...lists.less("hosts", config.internalNetwork?.extraBlockedHosts ?? []));
      break;
  }
  const off = { pointer: `${place.section}/enabled`, kind: "replace", after: false } as const;
  found.push(candidate(documents, "policy", off, `without the guard ${denial.guard}`, OFF));
  return found;
}

function egress(lists: ListEdits, config: GuardConfig, offending: string): readonly Candidate[] {
  const target = parseTarget(offending);
  if (!target.ok) {
    return [];
  }
  const host = hostToText(target.value.host);
  const { allow = [], block = [] } = config.egressAllowlist ?? {};
  return [...lists.entry("allow", allow, host), ...lists.less("block", block)];
}

function tool(lists: ListEdits, config: GuardConfig, denied: Denied): readonly Candidate[] {
  const { allow = [], block = [] } = config.mcpTool ?? {};
  const { toolName } = denied.request.call;
  const size = utf8(canonicalize(denied.evaluation.arguments)).length;
  return [
    ...lists.entry("allow", allow, toolName),
    ...lists.less("block", block),
    ...lists.value("size", size, `arguments of up to ${size} octets`),
  ];
}

function patch(lists: ListEdits, config: GuardConfig): readonly Candidate[] {
  return [
    ...lists.value("additions", MANY, "more added lines"),
    ...lists.value("deletions", MANY, "more removed lines"),
    ...lists.value("balance", false, "no balance asked"),
    ...lists.less("patterns", config.patchIntegrity?.forbiddenPatterns ?? []),
  ];
}

const MANY = 1_000_000;

/** Edits of the lists of one guard. A list that the document leaves to its default is written out first. */
class ListEdits {
  readonly #denied: Denied;
  readonly #place: PolicyPlace;

  constructor(denied: Denied, place: PolicyPlace) {
    this.#denied = denied;
    this.#place = place;
  }

  entry(name: string, defaults: readonly string[], text: string): readonly Candidate[] {
    const pointer = this.#place.member(name);
    if (pointer === null || text === "") {
      return [];
    }
    const written = this.#place.list(name);
    const edit =
      written === null
        ? ({ pointer, kind: "replace", after: [...defaults, text] } as const)
        : ({ pointer: `${pointer}/-`, kind: "add", after: text } as const);
    return [candidate(this.#denied.documents, "policy", edit, `${text} in ${name}`, ENTRY)];
  }

  /** The list without one of its entries, each in turn. */
  less(name: string, effective: readonly string[]): readonly Candidate[] {
    const pointer = this.#place.member(name);
    if (pointer === null) {
      return [];
    }
    const written = this.#place.list(name);
    return effective.map((entry, index) => {
      const edit =
        written === null
          ? ({ pointer, kind: "replace", after: effective.toSpliced(index, 1) } as const)
          : ({ pointer: `${pointer}/${index}`, kind: "remove", after: null } as const);
      return candidate(this.#denied.documents, "policy", edit, `without ${entry}`, RULE);
    });
  }

  value(name: string, after: JsonValue, about: string): readonly Candidate[] {
    const pointer = this.#place.member(name);
    const edit = { pointer: pointer ?? "", kind: "replace", after } as const;
    return pointer === null
      ? []
      : [candidate(this.#denied.documents, "policy", edit, about, ENTRY)];
  }
}

/** The argument that the denial points at, left out of the request; or a root that holds it. */
function argumentCandidates(denied: Denied, { pointer }: Denial): readonly Candidate[] {
  const { documents, request } = denied;
  const name = ["arguments", "parameters", "params"].find(
    (one) => isObject(documents.request) && member(documents.request, one) !== undefined,
  );
  const found: Candidate[] = [];
  if (pointer !== null && pointer !== "" && name !== undefined) {
    const edit = { pointer: `/${name}${pointer}`, kind: "remove", after: null } as const;
    found.push(candidate(documents, "request", edit, `without ${pointer}`, ARGUMENT));
  }
  const path = pathOf(denied);
  if (request.call.roots !== null && path !== "") {
    const edit = { pointer: "/roots/-", kind: "add", after: path } as const;
    found.push(candidate(documents, "request", edit, "one more root", RULE));
  }
  return found;
}

/** A rewrite of the policy may deny, too. */
function rewriteCandidates({ documents, evaluation, context }: Denied): readonly Candidate[] {
  const denies = evaluation.trace.some(
    ({ step, outcome }) => step === "rewrites" && outcome === "denied",
  );
  return denies
    ? context.policy.effective.rewrites.map(({ kind }, index) => {
        const edit = { pointer: `/rewrites/${index}`, kind: "remove", after: null } as const;
        return candidate(documents, "policy", edit, `without the rewrite ${kind}`, RULE);
      })
    : [];
}

function textAt({ evaluation }: Denied, { pointer }: Denial): string {
  const value = pointer === null ? undefined : resolvePointer(evaluation.arguments, pointer);
  return typeof value === "string" ? value : "";
}

function pathOf({ evaluation }: Denied): string {
  const given = evaluation.arguments;
  const path = isObject(given)
    ? ["path", "file", "file_path", "filename"].map((name) => member(given, name))
    : [];
  return path.find((value) => typeof value === "string") ?? "";
}

/** The glob that means exactly this text. */
function escapeGlob(text: string): string {
  return text.replace(/[*?[]/g, "[$&]");
}

import type { Check, Note } from "../check.ts";
import { canonicalize, hasCcCharacter } from "../json/canonicalize.ts";
import { asText, asU64, isArray, isObject, type JsonObject, member } from "../json/value.ts";
import { preimagesOf } from "../preimages.ts";
import type { Primitives } from "../primitives.ts";
import { project, without } from "../record-members.ts";
import type { SignatureClaim } from "../signature.ts";
import { parseKeyOnce, readMaterial } from "../signing-material.ts";
import { withKey } from "./normal-form.ts";

export interface LinkInspections {
  readonly claims: readonly SignatureClaim[];
  /** SIG-009 for each link whose key or signature cannot be read. */
  readonly checks: readonly Check[];
  readonly notes: readonly Note[];
}

const OPTIONAL: ReadonlySet<string> = new Set(["attenuations"]);

/** The claim of each delegation link: signed by its delegator over the link without its signature. */
export function linkInspections(token: JsonObject, primitives: Primitives): LinkInspections {
  const claims: SignatureClaim[] = [];
  const checks: Check[] = [];
  const notes: Note[] = [];
  for (const [index, link] of linksOf(token).entries()) {
    const base = `/delegation_chain/${index}`;
    const value = isObject(link) ? link : {};
    const material = readMaterial({
      key: member(value, "delegator"),
      keyPointer: `${base}/delegator`,
      signature: member(value, "signature"),
      signaturePointer: `${base}/signature`,
      algorithm: member(value, "algorithm"),
      algorithmPointer: `${base}/algorithm`,
    });
    if (!material.ok) {
      const { outcome } = material.error;
      const failed = outcome.kind === "failed" ? { ...outcome, code: "SIG-009" as const } : outcome;
      checks.push({ name: "delegation", outcome: failed });
      continue;
    }
    notes.push(...material.value.notes);
    const received = without(value, "signature", "algorithm");
    const normal = normalLink(received);
    const raw = canonicalize(received);
    const text = canonicalize(normal);
    claims.push({
      key: material.value.key,
      signature: material.value.signature,
      preimages: preimagesOf(
        [
          { name: "normal", text: () => text },
          ...(raw === text ? [] : [{ name: "raw" as const, text: () => raw }]),
        ],
        hasCcCharacter(raw),
        primitives,
      ),
      pointer: `${base}/signature`,
    });
  }
  return { claims, checks, notes };
}

/**
 * Whether the links join: each delegatee is the next delegator, timestamps never go back, and there are at
 * most `maxDepth`. That the first delegator is the issuer, or the last delegatee the subject, is not asked:
 * valid chains of the protocol's own vectors do not have it.
 */
export function delegationCheck(token: JsonObject, maxDepth: number | null): Check {
  const chain = member(token, "delegation_chain");
  if (chain === undefined || chain === null) {
    return { name: "delegation", outcome: { kind: "not-applicable", why: "issued directly" } };
  }
  if (!isArray(chain)) {
    return failed("", "a list", "another type");
  }
  if (maxDepth !== null && chain.length > maxDepth) {
    return failed("", `at most ${maxDepth} links`, `${chain.length} links`);
  }
  for (const [index, link] of chain.entries()) {
    if (!isObject(link)) {
      return failed(`/${index}`, "a link", "another type");
    }
    const previous = chain[index - 1];
    const problem = isObject(previous)
      ? joint(previous, link, index)
      : timestampProblem(link, index);
    if (problem !== null) {
      return problem;
    }
  }
  return { name: "delegation", outcome: { kind: "passed" } };
}

function joint(previous: JsonObject, link: JsonObject, index: number): Check | null {
  const delegatee = keyText(previous, "delegatee");
  const delegator = keyText(link, "delegator");
  if (delegator === null || delegatee !== delegator) {
    return failed(`/${index}/delegator`, delegatee, delegator);
  }
  const before = asU64(member(previous, "timestamp"));
  const time = asU64(member(link, "timestamp"));
  if (before !== undefined && time !== undefined && time < before) {
    return failed(`/${index}/timestamp`, `at least ${before}`, String(time));
  }
  return timestampProblem(link, index);
}

function timestampProblem(link: JsonObject, index: number): Check | null {
  return asU64(member(link, "timestamp")) === undefined
    ? failed(`/${index}/timestamp`, "Unix seconds", null)
    : null;
}

/** A link as its typed form signs it. Unknown members stay for the raw reading alone. */
function normalLink(received: JsonObject): JsonObject {
  const known: ReadonlySet<string> = new Set(Object.keys(received));
  return withKey(withKey(project(received, known, OPTIONAL), "delegator"), "delegatee");
}

function keyText(link: JsonObject, name: string): string | null {
  const spelled = asText(member(link, name));
  if (spelled === undefined) {
    return null;
  }
  const key = parseKeyOnce(spelled);
  return key.ok ? key.value.canonical : spelled;
}

function linksOf(token: JsonObject): readonly JsonObject[string][] {
  const chain = member(token, "delegation_chain");
  return isArray(chain) ? chain : [];
}

function failed(at: string, expected: string | null, actual: string | null): Check {
  const pointer = `/delegation_chain${at}`;
  return {
    name: "delegation",
    outcome: { kind: "failed", code: "SIG-009", pointer, expected, actual },
  };
}

import type { Check, Note } from "../check.ts";
import { canonicalize, hasCcCharacter } from "../json/canonicalize.ts";
import { asText, asU64, isArray, isObject, type JsonObject, member } from "../json/value.ts";
import { preimagesOf, type Reading } from "../preimages.ts";
import type { Primitives } from "../primitives.ts";
import { unknownMembers, without } from "../record-members.ts";
import type { SignatureClaim } from "../signature.ts";
import { readMaterialOf } from "../signing-material.ts";
import { delegationCheck, linkInspections } from "./delegation.ts";
import { EXTENSIONS, normalToken, TOKEN_MEMBERS } from "./normal-form.ts";

export const TOKEN_SCHEMA = "chio.capability.v1";

/** What a capability token says. Times are Unix seconds, null where absent or of another type. */
export interface TokenFacts {
  readonly id: string;
  /** As spelled. */
  readonly issuer: string;
  readonly subject: string;
  readonly issuedAt: bigint | null;
  readonly expiresAt: bigint | null;
  /** `server/tool` of each tool grant. */
  readonly grants: readonly string[];
  /** Ids of the tokens from which this one was delegated; a revoked one invalidates it. */
  readonly ancestors: readonly string[];
}

export interface TokenInspection {
  readonly facts: TokenFacts;
  /** All checks but the signatures; "delegation" is the chain's structure without its signatures. */
  readonly checks: readonly Check[];
  readonly claim: SignatureClaim | null;
  /** One for each readable delegation link; one that does not fit is SIG-009. */
  readonly linkClaims: readonly SignatureClaim[];
  readonly notes: readonly Note[];
}

export type TimeStatus = "valid" | "expired" | "not_yet_valid";

/**
 * Reads a capability token (wire format 5). Three readings of the signed text are tried: `enveloped` (body
 * with its schema), `plain` (April; only without extension members, so that nobody can strip a signed
 * caveat and fall back), and `raw` for writers that keep explicit empties, which the reference kernel
 * would reject. `maxDepth` bounds the delegation chain.
 */
export function inspectToken(
  token: JsonObject,
  primitives: Primitives,
  maxDepth: number | null = null,
): TokenInspection {
  const notes: Note[] = [...unknownMembers(token, TOKEN_MEMBERS, "")];
  const links = linkInspections(token, primitives);
  const checks: Check[] = [delegationCheck(token, maxDepth), ...links.checks];
  const material = readMaterialOf(token, "issuer");
  let claim: SignatureClaim | null = null;
  if (material.ok) {
    notes.push(...material.value.notes);
    const { key, signature } = material.value;
    const cc = hasCcCharacter(canonicalize(token));
    const preimages = preimagesOf(tokenReadings(token), cc, primitives);
    claim = { key, signature, preimages, pointer: "/signature" };
  } else {
    checks.push(material.error);
  }
  return {
    facts: tokenFacts(token),
    checks,
    claim,
    linkClaims: links.claims,
    notes: [...notes, ...links.notes],
  };
}

/** Whether the token is in force at a time: from `issued_at`, and not at `expires_at`. */
export function timeStatus(facts: TokenFacts, at: bigint): TimeStatus {
  if (facts.issuedAt === null || facts.expiresAt === null || at >= facts.expiresAt) {
    return "expired";
  }
  return at < facts.issuedAt ? "not_yet_valid" : "valid";
}

function tokenReadings(token: JsonObject): readonly Reading[] {
  const normal = normalToken(token);
  const received = without(token, "signature", "algorithm");
  const schema = member(token, "schema");
  const readings: Reading[] = [
    {
      name: "enveloped",
      text: () => canonicalize({ ...normal, schema: schema ?? TOKEN_SCHEMA }),
    },
  ];
  const extended = EXTENSIONS.some((name) => Object.hasOwn(normal, name));
  if (!extended && (schema === undefined || schema === null || schema === TOKEN_SCHEMA)) {
    readings.push({ name: "plain", text: () => canonicalize(without(normal, "schema")) });
  }
  readings.push({ name: "raw", text: () => canonicalize(received) });
  return readings;
}

function tokenFacts(token: JsonObject): TokenFacts {
  return {
    id: asText(member(token, "id")) ?? "",
    issuer: asText(member(token, "issuer")) ?? "",
    subject: asText(member(token, "subject")) ?? "",
    issuedAt: asU64(member(token, "issued_at")) ?? null,
    expiresAt: asU64(member(token, "expires_at")) ?? null,
    grants: grantNames(token),
    ancestors: ancestorIds(token),
  };
}

function grantNames(token: JsonObject): readonly string[] {
  const scope = member(token, "scope");
  const grants = isObject(scope) ? member(scope, "grants") : undefined;
  return objectsOf(grants).map(
    (grant) =>
      `${asText(member(grant, "server_id")) ?? ""}/${asText(member(grant, "tool_name")) ?? ""}`,
  );
}

function ancestorIds(token: JsonObject): readonly string[] {
  return objectsOf(member(token, "delegation_chain")).flatMap((link) => {
    const id = asText(member(link, "capability_id"));
    return id === undefined ? [] : [id];
  });
}

function objectsOf(value: JsonObject[string] | undefined): readonly JsonObject[] {
  return isArray(value) ? value.filter(isObject) : [];
}

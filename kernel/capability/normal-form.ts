import { isArray, isObject, type JsonObject, type JsonValue, member } from "../json/value.ts";
import { project, withMember } from "../record-members.ts";
import { parseKeyOnce } from "../signing-material.ts";

/** Members of newer tokens that are signed with the body. */
export const EXTENSIONS = [
  "aggregate_invocation_budget",
  "caveats",
  "scope_attenuations",
  "attenuation_proof",
  "budget_share_bps",
] as const;

const OPTIONAL: ReadonlySet<string> = new Set(["schema", "delegation_chain", ...EXTENSIONS]);
const SIGNED: ReadonlySet<string> = new Set([
  "id",
  "issuer",
  "subject",
  "scope",
  "issued_at",
  "expires_at",
  ...OPTIONAL,
]);
export const TOKEN_MEMBERS: ReadonlySet<string> = new Set([...SIGNED, "signature", "algorithm"]);

const SCOPE: ReadonlySet<string> = new Set(["grants", "resource_grants", "prompt_grants"]);
const GRANT: ReadonlySet<string> = new Set([
  "server_id",
  "tool_name",
  "operations",
  "constraints",
  "max_invocations",
  "max_cost_per_invocation",
  "max_total_cost",
  "dpop_required",
]);
const GRANT_OPTIONAL: ReadonlySet<string> = new Set([
  "constraints",
  "max_invocations",
  "max_cost_per_invocation",
  "max_total_cost",
  "dpop_required",
]);

/** The signed members of a token as the typed form writes them: empties left out, keys in lower case. */
export function normalToken(token: JsonObject): JsonObject {
  let body = project(token, SIGNED, OPTIONAL);
  const scope = member(token, "scope");
  if (isObject(scope)) {
    body = withMember(body, "scope", normalScope(scope));
  }
  for (const name of ["issuer", "subject"]) {
    body = withKey(body, name);
  }
  return body;
}

function normalScope(scope: JsonObject): JsonObject {
  const known = project(scope, SCOPE, SCOPE);
  const grants = member(known, "grants");
  return isArray(grants) ? withMember(known, "grants", grants.map(normalGrant)) : known;
}

function normalGrant(grant: JsonValue): JsonValue {
  return isObject(grant) ? project(grant, GRANT, GRANT_OPTIONAL) : grant;
}

/** The record with one key member in canonical spelling, where it can be read as a key. */
export function withKey(record: JsonObject, name: string): JsonObject {
  const spelled = member(record, name);
  if (typeof spelled !== "string") {
    return record;
  }
  const key = parseKeyOnce(spelled);
  return key.ok && key.value.canonical !== spelled
    ? withMember(record, name, key.value.canonical)
    : record;
}

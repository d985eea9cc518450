import type { DenyCode } from "@/kernel/evaluation/deny-codes.ts";
import { asU64, isObject, type JsonObject, member } from "@/kernel/json/value.ts";
import { jsonInteger } from "@/kernel/record-members.ts";
import { type Candidate, candidate, type Denied } from "./candidate.ts";

const HOUR = 3600n;

/** What would have let the token itself pass: its issuer, its dates, its subject, its ancestry. */
export function tokenCandidates(
  denied: Denied,
  code: DenyCode,
  authority: string,
): readonly Candidate[] {
  const { documents, context, request } = denied;
  const token = isObject(documents.capability) ? documents.capability : null;
  const now = context.now / 1000n;
  const replace = (
    pointer: string,
    after: JsonObject[string],
    about: string,
    weight = 1,
  ): Candidate =>
    candidate(documents, "capability", { pointer, kind: "replace", after }, about, weight);
  switch (code) {
    case "no-capability":
    case "capability-unreadable":
      return [replace("", firstToken(denied, now), "a capability for this call", 6)];
    case "untrusted-issuer":
    case "invalid-signature":
      return [replace("/issuer", authority, "the signature of a trusted authority", 2)];
    case "not-yet-valid":
      return [replace("/issued_at", jsonInteger(now), "dates that begin by the time of the call")];
    case "expired":
      return [
        replace("/expires_at", jsonInteger(now + HOUR), "dates that end an hour after the call"),
      ];
    case "lifetime-exceeded":
      return shorter(denied, token, now);
    case "revoked":
      return [replace("/id", `${idOf(token)}-renewed`, "a capability that was not revoked", 3)];
    case "ancestor-revoked":
    case "delegation-invalid":
      return [
        candidate(
          documents,
          "capability",
          { pointer: "/delegation_chain", kind: "remove", after: null },
          "direct issue instead of delegation",
          3,
        ),
      ];
    case "subject-mismatch":
      return [replace("/subject", request.call.agentId, "the agent that asks as its subject", 2)];
    case "unsupported-capability":
      return Object.keys(token ?? {})
        .filter((name) => denied.evaluation.capability?.unsupported.includes(name) ?? true)
        .map((name) =>
          candidate(
            documents,
            "capability",
            { pointer: `/${name}`, kind: "remove", after: null },
            `without ${name}`,
            2,
          ),
        );
    default:
      return [];
  }
}

/** The whole of a token for the call, and nothing besides. */
function firstToken({ request }: Denied, now: bigint): JsonObject {
  const { agentId, serverId, toolName } = request.call;
  return {
    id: "cap-new",
    subject: agentId,
    issued_at: jsonInteger(now),
    expires_at: jsonInteger(now + HOUR),
    scope: {
      grants: [{ server_id: serverId, tool_name: toolName, operations: ["invoke"] }],
    },
  };
}

/** As long as the policy honours, ending as late as the token does or as the policy lets it. */
function shorter(denied: Denied, token: JsonObject | null, now: bigint): readonly Candidate[] {
  const longest = denied.context.policy.effective.kernel.maxCapabilityTtl;
  const issued = token === null ? undefined : asU64(member(token, "issued_at"));
  if (longest === null || issued === undefined) {
    return [];
  }
  const about = `a life of at most ${longest} s`;
  const { documents } = denied;
  const set = (name: string, value: bigint): Candidate =>
    candidate(
      documents,
      "capability",
      { pointer: `/${name}`, kind: "replace", after: jsonInteger(value) },
      about,
      1,
    );
  return [set("expires_at", issued + longest), set("issued_at", now)];
}

function idOf(token: JsonObject | null): string {
  const id = token === null ? undefined : member(token, "id");
  return typeof id === "string" ? id : "cap";
}

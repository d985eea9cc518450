/** How a member of a typed record reads and what its normal form leaves out. */
export type MemberKind =
  /** Any value, always kept. */
  | "plain"
  /** Any value; null is left out. */
  | "optional"
  /** Left out when it is the default "mediated" or null. */
  | "mediated-default"
  /** An encoded key: bare, lower case. */
  | "key"
  /** The signature itself: bare, lower case. */
  | "signature"
  /** The unsigned algorithm hint: left out for Ed25519. */
  | "hint"
  | "action"
  | "decision"
  | "evidence"
  | "actor-chain"
  | "terminal-state"
  | "http-verdict";

/** What a member takes part in. */
export type MemberRole = "content" | "id" | "unsigned" | "beside";

/** The members of one receipt form in canonical order, with parallel columns for the hot loop. */
export interface FormMembers {
  readonly names: readonly string[];
  /** `"name":`, ready to be joined. */
  readonly labels: readonly string[];
  readonly kinds: readonly MemberKind[];
  readonly roles: readonly MemberRole[];
  readonly index: ReadonlyMap<string, number>;
}

type Row = readonly [name: string, kind: MemberKind, role?: MemberRole];

function formMembers(rows: readonly Row[]): FormMembers {
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  const names = sorted.map(([name]) => name);
  return {
    names,
    labels: names.map((name) => `"${name}":`),
    kinds: sorted.map(([, kind]) => kind),
    roles: sorted.map(([, , role]) => role ?? "content"),
    index: new Map(names.map((name, position) => [name, position])),
  };
}

const SEAL: readonly Row[] = [
  ["kernel_key", "key"],
  ["algorithm", "hint", "unsigned"],
  ["signature", "signature", "unsigned"],
];

const TOOL: readonly Row[] = [
  ["id", "plain", "id"],
  ["timestamp", "plain"],
  ["capability_id", "plain"],
  ["tool_server", "plain"],
  ["tool_name", "plain"],
  ["action", "action"],
  ["decision", "decision"],
  ["content_hash", "plain"],
  ["policy_hash", "plain"],
  ["evidence", "evidence"],
  ["metadata", "optional"],
  ["tenant_id", "optional"],
  ...SEAL,
];

/** Tool receipts of April 2026: a `trust_level` of "mediated" is the default and is not signed. */
export const PRE_V1 = formMembers([...TOOL, ["trust_level", "mediated-default"]]);

/** `chio.receipt.v1`: `trust_level` is always signed, so an absent one is never restored. */
export const V1 = formMembers([
  ...TOOL,
  ["trust_level", "optional"],
  ["receipt_kind", "plain"],
  ["boundary_class", "optional"],
  ["observation_outcome", "optional"],
  ["tool_origin", "optional"],
  ["redaction_mode", "optional"],
  ["actor_chain", "actor-chain"],
  ["bbs_projection_version", "optional"],
  ["bbs_signature", "optional", "beside"],
]);

export const CHILD = formMembers([
  ["id", "plain", "id"],
  ["timestamp", "plain"],
  ["session_id", "plain"],
  ["parent_request_id", "plain"],
  ["request_id", "plain"],
  ["operation_kind", "plain"],
  ["terminal_state", "terminal-state"],
  ["outcome_hash", "plain"],
  ["policy_hash", "plain"],
  ["metadata", "optional"],
  ...SEAL,
]);

export const HTTP = formMembers([
  ["id", "plain", "id"],
  ["request_id", "plain"],
  ["route_pattern", "plain"],
  ["method", "plain"],
  ["caller_identity_hash", "plain"],
  ["session_id", "optional"],
  ["verdict", "http-verdict"],
  ["evidence", "evidence"],
  ["response_status", "plain"],
  ["timestamp", "plain"],
  ["content_hash", "plain"],
  ["policy_hash", "plain"],
  ["capability_id", "optional"],
  ["metadata", "optional"],
  ...SEAL,
]);

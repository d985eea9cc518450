import { canon, isRecord, type Json, type JsonRecord } from "./json.ts";

/** What a line of an artifact is, as it was generated. */
export type Role =
  | "v1"
  | "pre-v1"
  | "documentation"
  | "child"
  | "http"
  | "checkpoint"
  | "proof"
  | "anchor"
  | "consistency"
  | "token"
  | "manifest"
  | "other";

const RECEIPT = [
  "id",
  "timestamp",
  "capability_id",
  "tool_server",
  "tool_name",
  "action",
  "decision",
  "content_hash",
  "policy_hash",
  "evidence",
  "metadata",
  "trust_level",
  "tenant_id",
  "kernel_key",
  "signature",
];
const MEMBERS: Readonly<Partial<Record<Role, readonly string[]>>> = {
  "pre-v1": RECEIPT,
  v1: [
    ...RECEIPT,
    "receipt_kind",
    "boundary_class",
    "observation_outcome",
    "tool_origin",
    "redaction_mode",
    "actor_chain",
    "bbs_projection_version",
    "bbs_signature",
  ],
  child: [
    "id",
    "timestamp",
    "session_id",
    "parent_request_id",
    "request_id",
    "operation_kind",
    "terminal_state",
    "outcome_hash",
    "policy_hash",
    "metadata",
    "kernel_key",
    "signature",
  ],
  http: [
    "id",
    "request_id",
    "route_pattern",
    "method",
    "caller_identity_hash",
    "session_id",
    "verdict",
    "evidence",
    "response_status",
    "timestamp",
    "content_hash",
    "policy_hash",
    "capability_id",
    "metadata",
    "kernel_key",
    "signature",
  ],
};
const TOKEN = [
  "schema",
  "id",
  "issuer",
  "subject",
  "scope",
  "issued_at",
  "expires_at",
  "delegation_chain",
  "aggregate_invocation_budget",
  "caveats",
  "scope_attenuations",
  "attenuation_proof",
  "budget_share_bps",
  "signature",
];
const CLOSED: Readonly<Record<string, readonly string[]>> = {
  action: ["parameters", "parameter_hash"],
  decision: ["verdict", "reason", "guard"],
};

/**
 * What a signature vouches for in a record, as text, by the rules of the format and written anew here:
 * two records with one view are the same signed content. Null for what is no object.
 */
export function signedView(role: Role, value: Json | undefined): string | null {
  if (!isRecord(value)) {
    return null;
  }
  switch (role) {
    case "v1":
    case "pre-v1":
    case "child":
    case "http":
      return canon(receiptView(role, value));
    case "token":
      // A schema that is null is one that is absent: the signed text has the default in its place.
      return canon(
        dropEmpty({ schema: "chio.capability.v1", ...dropNull(keep(value, TOKEN), "schema") }, [
          "delegation_chain",
        ]),
      );
    case "anchor":
      return canon(keep(value, ["receipt", "receipt_inclusion", "checkpoint_statement"]));
    case "manifest":
      return canon(manifestView(value));
    default:
      return canon(drop(normalHex(value), "algorithm"));
  }
}

/** What a manifest claims about the files beside it, whose order means nothing. */
function manifestView(value: JsonRecord): JsonRecord {
  const files = value["files"];
  const claims = keep(value, ["counts", "query"]);
  return {
    ...claims,
    files: Array.isArray(files) ? files.map(canon).sort() : (files ?? null),
  };
}

function receiptView(role: Role, value: JsonRecord): JsonRecord {
  const known = MEMBERS[role] ?? [];
  const view: JsonRecord = {};
  for (const name of known) {
    const inner = value[name];
    if (inner !== undefined) {
      const members = CLOSED[name];
      view[name] = members !== undefined && isRecord(inner) ? keep(inner, members) : inner;
    }
  }
  const evidence = view["evidence"];
  if (Array.isArray(evidence)) {
    view["evidence"] = evidence.map((row) =>
      isRecord(row) ? dropNull(keep(row, ["guard_name", "verdict", "details"]), "details") : row,
    );
  }
  if (role === "pre-v1" && view["trust_level"] === "mediated") {
    delete view["trust_level"];
  }
  for (const name of ["metadata", "tenant_id", "session_id", "capability_id"]) {
    if (view[name] === null) {
      delete view[name];
    }
  }
  return normalHex(dropEmpty(view, ["evidence", "actor_chain"]));
}

/** Keys and signatures in one spelling: a prefix or upper case changes no octet of them. */
function normalHex(value: JsonRecord): JsonRecord {
  const view = { ...value };
  for (const name of ["kernel_key", "signature"]) {
    const text = view[name];
    if (typeof text === "string" && !(name === "kernel_key" && text.startsWith("ed25519:"))) {
      view[name] = text
        .replace(/^ed25519:/, "")
        .replace(/^0x/, "")
        .toLowerCase();
    }
  }
  if (isRecord(view["body"])) {
    view["body"] = normalHex(view["body"]);
  }
  return view;
}

function keep(value: JsonRecord, names: readonly string[]): JsonRecord {
  return Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)));
}

function drop(value: JsonRecord, dropped: string): JsonRecord {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== dropped));
}

function dropNull(value: JsonRecord, dropped: string): JsonRecord {
  return value[dropped] === null ? drop(value, dropped) : value;
}

function dropEmpty(value: JsonRecord, names: readonly string[]): JsonRecord {
  return Object.fromEntries(
    Object.entries(value).filter(
      ([name, inner]) => !(names.includes(name) && Array.isArray(inner) && inner.length === 0),
    ),
  );
}

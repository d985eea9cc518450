import { purePrimitives } from "@/kernel/crypto/sha256.ts";
import { isArray, isObject, type JsonObject, member } from "@/kernel/json/value.ts";
import { detectForm } from "@/kernel/receipt/detect.ts";
import { inspectStatement } from "@/kernel/statement/signed-statement.ts";
import type { OtherKind } from "./unit-result.ts";

/** What an object is by its members, or null. `pointer` is where it stands: a query is a whole row. */
export function kindOf(
  value: JsonObject,
  pointer: string,
): OtherKind | "receipt" | "inclusion-proof" | null {
  if (detectForm(value) !== null) {
    return "receipt";
  }
  if (isCheckpoint(value)) {
    return "checkpoint";
  }
  if (count(value, ANCHOR_MEMBERS) >= 2) {
    return "anchor-proof";
  }
  if (count(value, CAPABILITY_MEMBERS) >= 4) {
    return "capability";
  }
  if (Object.hasOwn(value, "manifest") && Object.hasOwn(value, "signer_key")) {
    return "tool-manifest";
  }
  if (Object.hasOwn(value, "signature") && holdsStatement(value)) {
    return "statement";
  }
  for (const [kind, members, needed] of SHAPES) {
    // What lineage rows name stands in child receipts too: one that lost a member is no row of a store.
    const isOther = kind === "request-lineage" && Object.hasOwn(value, "signature");
    if (count(value, members) >= needed && !isOther) {
      return kind;
    }
  }
  if (isTrustFile(value)) {
    return "trust-file";
  }
  if (pointer === "" && isQuery(value)) {
    return "query";
  }
  return inspectStatement(value, purePrimitives) === null ? null : "statement";
}

function count(value: JsonObject, names: readonly string[]): number {
  return names.filter((name) => Object.hasOwn(value, name)).length;
}

const ANCHOR_MEMBERS = ["receipt", "receipt_inclusion", "checkpoint_statement"];
const STATEMENT_KEYS = ["kernelKey", "signerKey", "signerPublicKey"];
const CAPABILITY_MEMBERS = ["issuer", "subject", "scope", "issued_at", "expires_at"];

/** A body that is no object states nothing: such a row is not understood, which is said of it. */
function holdsStatement(value: JsonObject): boolean {
  return (
    isObject(member(value, "certificate")) ||
    isObject(member(value, "body")) ||
    count(value, STATEMENT_KEYS) > 0
  );
}

/**
 * Distinctive members of the unsigned kinds, and how many of them make it one. The first match decides.
 * Signed kinds come before: extra members must not dress a signed record up as one that needs no signature.
 */
const SHAPES: readonly (readonly [OtherKind | "inclusion-proof", readonly string[], number])[] = [
  [
    "consistency-record",
    ["from_checkpoint_seq", "to_checkpoint_seq", "from_checkpoint_sha256", "to_checkpoint_sha256"],
    3,
  ],
  ["witness", ["witness_checkpoint_seq", "witness_checkpoint_sha256", "witnessed_at"], 2],
  [
    "equivocation-record",
    [
      "first_checkpoint_seq",
      "second_checkpoint_seq",
      "first_checkpoint_sha256",
      "second_checkpoint_sha256",
    ],
    3,
  ],
  [
    "publication",
    [
      "log_id",
      "checkpoint_sha256",
      "published_at",
      "log_tree_size",
      "entry_start_seq",
      "entry_end_seq",
    ],
    4,
  ],
  ["inclusion-proof", ["receipt_seq", "leaf_index", "proof"], 2],
  ["inclusion-proof", ["tree_size", "leaf_index", "audit_path"], 3],
  ["lineage", ["capability_id", "subject_key", "issuer_key", "grants_json", "delegation_depth"], 4],
  ["request-lineage", ["request_id", "parent_request_id"], 2],
  ["request-lineage", ["requestId", "parentRequestId"], 2],
  ["request-lineage", ["child_request_id", "parent_request_id"], 2],
  ["request-lineage", ["childRequestId", "parentRequestId"], 2],
  ["request-lineage", ["parent_receipt_id", "child_receipt_id"], 2],
  ["request-lineage", ["parentReceiptId", "childReceiptId"], 2],
  ["evidence-manifest", ["schema", "exportedAt", "counts", "files", "query"], 4],
  ["evidence-manifest", ["generated_at", "files", "sha256"], 3],
  ["retention", ["liveDbSizeBytes", "oldestLiveReceiptTimestamp"], 1],
  ["claim-entry", ["entry_seq", "receipt_kind", "source_seq"], 3],
  ["revocation", ["capability_id", "revoked_at"], 2],
  ["budget", ["table", "capability_id", "grant_index"], 3],
  ["budget", ["table", "singleton", "next_seq"], 3],
];

const STATEMENT_MEMBERS = [
  "checkpoint_seq",
  "batch_start_seq",
  "batch_end_seq",
  "tree_size",
  "merkle_root",
  "issued_at",
];

/** `{body, signature}`, or the statement with the signature beside its members. */
function isCheckpoint(value: JsonObject): boolean {
  const body = member(value, "body");
  const statement = isObject(body) ? body : value;
  return count(statement, STATEMENT_MEMBERS) >= 4;
}

/** Recognised even where its schema text is another: then it is refused by name, not overlooked. */
function isTrustFile(value: JsonObject): boolean {
  const keys = member(value, "keys");
  return (
    isArray(keys) &&
    Object.hasOwn(value, "schema") &&
    keys.every((key) => isObject(key) && Object.hasOwn(key, "role"))
  );
}

/** An export without a filter writes `{}`; the names are those of the original's query. */
const QUERY_MEMBERS = ["capabilityId", "agentSubject", "toolServer", "toolName", "since", "until"];
function isQuery(value: JsonObject): boolean {
  return Object.keys(value).every((name) => QUERY_MEMBERS.includes(name));
}

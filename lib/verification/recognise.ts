import { purePrimitives } from "@/kernel/crypto/sha256.ts";
import { childPointer } from "@/kernel/json/pointer.ts";
import { isArray, isObject, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { detectForm } from "@/kernel/receipt/detect.ts";
import { inspectStatement } from "@/kernel/statement/signed-statement.ts";
import type { OtherKind } from "./unit-result.ts";

/** A record found in a row, and where in it: `/receipt` for the usual wrapper, "" for the row itself. */
export interface Recognised {
  readonly kind: OtherKind | "receipt" | "inclusion-proof" | "unreadable-receipt";
  readonly value: JsonObject;
  readonly pointer: string;
  /** The wrapper around it, which no signature covers. */
  readonly wrapper: JsonObject | null;
}

/** Envelopes are searched this deep: `{cases: [{receipt}]}`. */
const ENVELOPE_DEPTH = 3;
const ENVELOPE_RECORDS = 100_000;

/**
 * Recognises a row by its members, never by the name of its file and never by `schema` alone: a changed
 * schema text must not turn a signed record into an unknown row.
 */
export function recognise(value: JsonValue): readonly Recognised[] {
  if (!isObject(value)) {
    return [];
  }
  const found: Recognised[] = [];
  search(value, "", null, ENVELOPE_DEPTH, found);
  return found;
}

function search(
  value: JsonObject,
  pointer: string,
  wrapper: JsonObject | null,
  depth: number,
  found: Recognised[],
): void {
  if (isReceiptWrapper(value)) {
    const inner = member(value, "receipt");
    const receipt = isObject(inner) && detectForm(inner) !== null;
    if (detectForm(value) !== null) {
      // A receipt dressed up as a wrapper: one reader would take it, another what it wraps. Both are read.
      found.push({ kind: "receipt", value, pointer, wrapper });
      if (!receipt) {
        return;
      }
    }
    found.push({
      kind: receipt ? "receipt" : "unreadable-receipt",
      value: isObject(inner) ? inner : value,
      pointer: childPointer(pointer, "receipt"),
      wrapper: value,
    });
    return;
  }
  const kind = kindOf(value, pointer);
  if (kind !== null) {
    found.push({ kind, value, pointer, wrapper });
    return;
  }
  if (depth === 0) {
    return;
  }
  for (const name of Object.keys(value)) {
    const inner = member(value, name);
    const at = childPointer(pointer, name);
    if (isObject(inner)) {
      search(inner, at, value, depth - 1, found);
    } else if (isArray(inner)) {
      for (let index = 0; index < inner.length && found.length < ENVELOPE_RECORDS; index += 1) {
        const element = inner[index];
        if (isObject(element)) {
          search(element, childPointer(at, String(index)), null, depth - 1, found);
        }
      }
    }
  }
}

/** `{seq, receipt}` of an export, or a row of a store's claim log with its receipt. */
function isReceiptWrapper(value: JsonObject): boolean {
  return (
    Object.hasOwn(value, "receipt") &&
    (Object.hasOwn(value, "seq") || Object.hasOwn(value, "entry_seq"))
  );
}

function kindOf(value: JsonObject, pointer: string): Recognised["kind"] | null {
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
    if (count(value, members) >= needed) {
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

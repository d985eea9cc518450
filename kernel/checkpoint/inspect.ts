import type { Check, Note } from "../check.ts";
import { canonicalize, hasCcCharacter } from "../json/canonicalize.ts";
import { isObject, type JsonObject, member } from "../json/value.ts";
import { preimagesOf, type Reading } from "../preimages.ts";
import type { Primitives } from "../primitives.ts";
import { project, unknownMembers, withMember, without } from "../record-members.ts";
import type { SignatureClaim } from "../signature.ts";
import { readMaterial } from "../signing-material.ts";
import { hashHex } from "../texts.ts";
import { type CheckpointFacts, checkpointFacts, STATEMENT_V2 } from "./statement.ts";
import { structureCheck } from "./structure.ts";

export interface CheckpointInspection {
  readonly form: "statement-v1" | "statement-v2" | "flattened";
  readonly facts: CheckpointFacts;
  /** Bare digest of the body in normal form, by which successors and derived records name it. */
  readonly sha256: string;
  /** Digest of the body exactly as received; differs only where the body holds what its form does not know. */
  readonly rawSha256: string;
  readonly checks: readonly Check[];
  readonly claim: SignatureClaim | null;
  readonly notes: readonly Note[];
}

const OPTIONAL: ReadonlySet<string> = new Set(["previous_checkpoint_sha256", "chain_root"]);
const KNOWN: ReadonlySet<string> = new Set([
  "schema",
  "checkpoint_seq",
  "batch_start_seq",
  "batch_end_seq",
  "tree_size",
  "merkle_root",
  "issued_at",
  "kernel_key",
  ...OPTIONAL,
]);
const ENVELOPE: ReadonlySet<string> = new Set(["body", "signature", "algorithm"]);

/**
 * Reads a checkpoint: `{body, signature}` as kernels write it, or flattened with the signature beside the
 * members as in anchor proofs. Never throws on a JSON value. Whether it continues its predecessor is
 * `verifySuccession`'s question.
 */
export function inspectCheckpoint(value: JsonObject, primitives: Primitives): CheckpointInspection {
  const inner = member(value, "body");
  const enveloped = isObject(inner);
  const base = enveloped ? "/body" : "";
  const received = enveloped ? inner : without(value, "signature", "algorithm");
  const facts = checkpointFacts(received);
  const notes: Note[] = [...unknownMembers(received, KNOWN, base)];
  if (enveloped) {
    notes.push(...unknownMembers(value, ENVELOPE, ""));
  }
  const checks: Check[] = [structureCheck(received, facts, base, enveloped)];
  const material = readMaterial({
    key: member(received, "kernel_key"),
    keyPointer: `${base}/kernel_key`,
    signature: member(value, "signature"),
    signaturePointer: "/signature",
    algorithm: member(value, "algorithm"),
    algorithmPointer: "/algorithm",
  });
  const normalText = canonicalize(normalBody(received, facts));
  const rawText = canonicalize(received);
  let claim: SignatureClaim | null = null;
  if (material.ok) {
    notes.push(...material.value.notes);
    const readings: Reading[] = [{ name: "normal", text: () => normalText }];
    if (rawText !== normalText) {
      readings.push({ name: "raw", text: () => rawText });
    }
    const { key, signature } = material.value;
    const preimages = preimagesOf(readings, hasCcCharacter(rawText), primitives);
    claim = { key, signature, preimages, pointer: "/signature" };
  } else {
    checks.push(material.error);
  }
  const sha256 = hashHex(normalText, primitives);
  return {
    form: formOf(enveloped, facts),
    facts,
    sha256,
    rawSha256: rawText === normalText ? sha256 : hashHex(rawText, primitives),
    checks,
    claim,
    notes,
  };
}

/** The known members, key in canonical spelling, absent options left out. */
function normalBody(received: JsonObject, facts: CheckpointFacts): JsonObject {
  const known = project(received, KNOWN, OPTIONAL);
  return typeof member(received, "kernel_key") === "string"
    ? withMember(known, "kernel_key", facts.kernelKey)
    : known;
}

function formOf(enveloped: boolean, facts: CheckpointFacts): CheckpointInspection["form"] {
  if (!enveloped) {
    return "flattened";
  }
  return facts.schema === STATEMENT_V2 ? "statement-v2" : "statement-v1";
}

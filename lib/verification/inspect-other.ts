import { inspectToken } from "@/kernel/capability/token.ts";
import type { Check, Note } from "@/kernel/check.ts";
import { inspectCheckpoint } from "@/kernel/checkpoint/inspect.ts";
import { isWeakKey } from "@/kernel/crypto/weak-key.ts";
import { FINDINGS, type FindingCode } from "@/kernel/findings.ts";
import { isObject, type JsonObject, member } from "@/kernel/json/value.ts";
import type { SignatureClaim } from "@/kernel/signature.ts";
import { inspectStatement } from "@/kernel/statement/signed-statement.ts";
import { inspectToolManifest } from "@/kernel/statement/tool-manifest.ts";
import type { Platform } from "./platform.ts";
import { type ReceiptCheck, refereed } from "./receipt-check.ts";
import type { Recognised } from "./recognise.ts";
import type { Referee } from "./referee.ts";
import type { SubjectKind } from "./report.ts";
import type { OtherKind, OtherRecord, UnitFinding } from "./unit-result.ts";
import type { RecordPlace, UnitSinks } from "./verify-unit.ts";

/** What the kernel says of a signed record, in the shape that all of them share. */
interface Inspected {
  readonly kind: SubjectKind;
  readonly id: string;
  readonly sha256: string | null;
  readonly claim: SignatureClaim | null;
  /** Claims inside it (delegation links); one that does not fit is SIG-009. */
  readonly inner: readonly SignatureClaim[];
  readonly checks: readonly Check[];
  readonly notes: readonly Note[];
}

/** A record that is recognisably signed and cannot be read must not pass as one that needs no signature. */
const UNREADABLE_STATEMENT: Inspected = {
  kind: "statement",
  id: "",
  sha256: null,
  claim: null,
  inner: [],
  checks: [
    {
      name: "signature",
      outcome: {
        kind: "failed",
        code: "SIG-001",
        pointer: "/signature",
        expected: null,
        actual: null,
      },
    },
  ],
  notes: [],
};

/** Checks a record that is neither receipt nor inclusion proof, and keeps it for the cross-checks. */
export async function inspectOther(
  place: RecordPlace,
  recognised: Recognised,
  sinks: UnitSinks,
  platform: Platform,
  referee: Referee,
  receiptCheck: ReceiptCheck,
): Promise<void> {
  const kind = otherKind(recognised.kind);
  if (kind === "anchor-proof") {
    await takeAnchorProof(place, recognised, sinks, platform, referee, receiptCheck);
    return;
  }
  const inspected = inspect(kind, recognised.value, platform);
  const judged =
    inspected === null
      ? { signature: "none" as const, innerFits: true }
      : await judge(place, inspected, recognised.pointer, sinks, referee);
  sinks.others.push({
    kind,
    line: place.line,
    offset: place.offset,
    length: place.length,
    pointer: recognised.pointer,
    value: recognised.value,
    signature: judged.signature,
    innerFits: judged.innerFits,
    key: inspected?.claim?.key.canonical ?? null,
    sha256: inspected?.sha256 ?? null,
    anchored: null,
  });
}

function otherKind(kind: Recognised["kind"]): OtherKind {
  if (kind === "receipt" || kind === "inclusion-proof" || kind === "unreadable-receipt") {
    throw new Error(`${kind} is read elsewhere`);
  }
  return kind;
}

function inspect(kind: OtherKind, value: JsonObject, platform: Platform): Inspected | null {
  switch (kind) {
    case "checkpoint": {
      const { facts, sha256, claim, checks, notes } = inspectCheckpoint(value, platform.primitives);
      const id = String(facts.checkpointSeq ?? "");
      return { kind: "checkpoint", id, sha256, claim, inner: [], checks, notes };
    }
    case "capability": {
      const { facts, claim, linkClaims, checks, notes } = inspectToken(value, platform.primitives);
      return {
        kind: "capability",
        id: facts.id,
        sha256: null,
        claim,
        inner: linkClaims,
        checks,
        notes,
      };
    }
    case "tool-manifest": {
      const { serverId, claim, checks, notes } = inspectToolManifest(value, platform.primitives);
      return { kind: "tool-manifest", id: serverId, sha256: null, claim, inner: [], checks, notes };
    }
    case "statement": {
      const statement = inspectStatement(value, platform.primitives);
      if (statement === null) {
        return UNREADABLE_STATEMENT;
      }
      const { id, claim, checks, notes } = statement;
      return { kind: "statement", id, sha256: null, claim, inner: [], checks, notes };
    }
    case "anchor-proof":
    case "budget":
    case "claim-entry":
    case "consistency-record":
    case "equivocation-record":
    case "evidence-manifest":
    case "lineage":
    case "publication":
    case "query":
    case "request-lineage":
    case "retention":
    case "revocation":
    case "trust-file":
    case "witness":
      return null;
  }
}

async function judge(
  place: RecordPlace,
  inspected: Inspected,
  pointer: string,
  sinks: UnitSinks,
  referee: Referee,
): Promise<Pick<OtherRecord, "signature" | "innerFits">> {
  const say = (code: FindingCode, at: string, expected: string | null, actual: string | null) => {
    const finding: UnitFinding = {
      code,
      severity: FINDINGS[code].severity,
      subject: { kind: inspected.kind, id: inspected.id },
      row: -1,
      line: place.line,
      offset: place.offset,
      record: pointer,
      pointer: `${pointer}${at}`,
      expected,
      actual,
    };
    sinks.report(finding);
  };
  let signature: OtherRecord["signature"] = "none";
  let signedAsReceived = false;
  if (inspected.claim !== null) {
    const outcome = await refereed(inspected.claim, referee);
    switch (outcome.kind) {
      case "fits":
        signature = "fits";
        signedAsReceived = outcome.preimage.startsWith("raw");
        if (outcome.preimage !== "normal" && outcome.preimage !== "enveloped") {
          say("SIG-006", inspected.claim.pointer, "normal", outcome.preimage);
        }
        break;
      case "does-not-fit":
        signature = "does-not-fit";
        say("SIG-002", inspected.claim.pointer, null, null);
        break;
      case "unsupported":
        signature = "unsupported";
        say("SIG-004", inspected.claim.pointer, null, outcome.why);
        break;
      case "disagreement":
        signature = "unsupported";
        say("SIG-007", inspected.claim.pointer, null, null);
        break;
    }
  } else if (
    inspected.checks.some((check) => check.name === "signature" && check.outcome.kind === "failed")
  ) {
    signature = "unreadable";
  }
  let innerFits = true;
  for (const claim of inspected.inner) {
    const outcome = await refereed(claim, referee);
    innerFits &&= outcome.kind === "fits";
    switch (outcome.kind) {
      case "fits":
        if (claim.key.kind === "ed25519" && isWeakKey(claim.key.bytes)) {
          say("KEY-002", claim.pointer, null, claim.key.canonical);
        }
        break;
      case "does-not-fit":
        say("SIG-009", claim.pointer, null, null);
        break;
      case "unsupported":
        say("SIG-004", claim.pointer, null, outcome.why);
        break;
      case "disagreement":
        say("SIG-007", claim.pointer, null, null);
        break;
    }
  }
  for (const { outcome } of inspected.checks) {
    if (outcome.kind === "failed") {
      say(outcome.code, outcome.pointer, outcome.expected, outcome.actual);
    }
  }
  for (const note of inspected.notes) {
    if (note.code !== "FMT-008" || !signedAsReceived) {
      say(note.code, note.pointer, null, note.actual);
    }
  }
  return { signature, innerFits };
}

/**
 * An anchor proof carries its receipt, its checkpoint statement and a key binding; each is checked as if
 * it stood alone, and the proof is related to them by the dataset.
 */
async function takeAnchorProof(
  place: RecordPlace,
  recognised: Recognised,
  sinks: UnitSinks,
  platform: Platform,
  referee: Referee,
  receiptCheck: ReceiptCheck,
): Promise<void> {
  const { value, pointer } = recognised;
  const part = (kind: Recognised["kind"], name: string): Recognised | null => {
    const inner = member(value, name);
    return isObject(inner)
      ? { kind, value: inner, pointer: `${pointer}/${name}`, wrapper: value }
      : null;
  };
  const receipt = part("receipt", "receipt");
  const anchored =
    receipt === null || !sinks.hasRoom(place, receipt.pointer)
      ? null
      : await receiptCheck.startAnchored(place, receipt);
  for (const inner of [
    part("checkpoint", "checkpoint_statement"),
    part("statement", "key_binding_certificate"),
  ]) {
    if (inner !== null) {
      await inspectOther(place, inner, sinks, platform, referee, receiptCheck);
    }
  }
  sinks.others.push({
    kind: "anchor-proof",
    line: place.line,
    offset: place.offset,
    length: place.length,
    pointer,
    value,
    signature: "none",
    innerFits: true,
    key: null,
    sha256: null,
    anchored,
  });
}

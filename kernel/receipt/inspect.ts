import type { Check, Note } from "../check.ts";
import { canonicalize, hasCcCharacter } from "../json/canonicalize.ts";
import type { JsonObject } from "../json/value.ts";
import { preimagesOf } from "../preimages.ts";
import type { Primitives } from "../primitives.ts";
import type { Result } from "../result.ts";
import type { PreimageName, SignatureClaim } from "../signature.ts";
import { readMaterialOf, type SigningMaterial } from "../signing-material.ts";
import { lazyBytes, lazyText } from "../texts.ts";
import { type FieldCoverage, receiptCoverage } from "./coverage.ts";
import { detectForm, type ReceiptForm } from "./detect.ts";
import { uncheckable } from "./documentation.ts";
import { type ReceiptFacts, receiptFacts } from "./facts.ts";
import { formatCheck } from "./format.ts";
import { identityCheck } from "./identity.ts";
import { type LeafCandidate, leafCandidates } from "./leaf.ts";
import { CHILD, type FormMembers, HTTP, type MemberRole, PRE_V1, V1 } from "./members.ts";
import { joinMembers, type NormalForm, normalForm, type Spelling } from "./normal-form.ts";
import { parameterHashCheck } from "./parameter-hash.ts";
import { type SignedOctets, signedOctets, signedReadings } from "./signed-text.ts";
import { isSynthetic } from "./synthetic.ts";
import { coherenceCheck } from "./v1.ts";

/** Everything that can be said of a receipt without a signature back end and without trust. */
export interface ReceiptInspection {
  readonly form: ReceiptForm;
  readonly facts: ReceiptFacts;
  /** All checks but the signature's; that one is here too where there is no claim to check. */
  readonly checks: readonly Check[];
  /** Null where key or signature is absent, unreadable or an example's: the checks say which. */
  readonly claim: SignatureClaim | null;
  readonly notes: readonly Note[];
  /** A denial made up by a client without a kernel: proves nothing and breaks nothing. */
  readonly synthetic: boolean;
  /** The Merkle leaf of kernel checkpoints: the whole receipt in normal form, signature included. */
  readonly leafBytes: () => Uint8Array;
  /** The same, exactly as received: what a log of untyped writers commits to. */
  readonly rawLeafBytes: () => Uint8Array;
  /** Canonical texts of the two, for their spelling in the older escape dialect. */
  readonly leafText: () => string;
  readonly rawLeafText: () => string;
  /** The leaf of April's anchor proofs: without `signature` and `algorithm`. */
  readonly bodyLeafBytes: () => Uint8Array;
  /** Every tolerated leaf, in the order in which they should be tried; see {@link LeafCandidate}. */
  readonly leafCandidates: () => readonly LeafCandidate[];
  /** What the signature covers, given the preimage that fitted ("normal" unless told otherwise). */
  readonly coverage: (preimage?: PreimageName) => readonly FieldCoverage[];
}

const WHOLE: ReadonlySet<MemberRole> = new Set(["content", "id", "unsigned", "beside"]);
const BODY: ReadonlySet<MemberRole> = new Set(["content", "id", "beside"]);
/** One record may bring a bounded number of notes about unknown members: a hostile one has thousands. */
const UNKNOWN_LISTED = 64;

/**
 * Reads a receipt of any form: facts, the checks of its content, and the claim that its signature makes.
 * Never throws on a JSON value; a value that {@link detectForm} does not recognise is read as pre-v1.
 * The caller decides the signature with `checkClaim` and trust with `keyStanding`.
 */
export function inspectReceipt(receipt: JsonObject, primitives: Primitives): ReceiptInspection {
  const form = detectForm(receipt) ?? "pre-v1";
  const facts = receiptFacts(receipt, form);
  const material = readMaterialOf(receipt, "kernel_key");
  const normal = normalForm(receipt, membersOf(form), spellingOf(form, material));
  const octets = form === "v1" ? signedOctets(normal, primitives) : null;
  const leafText = lazyText(() => joinMembers(normal, WHOLE));
  const ccPossible = mayHoldCc(receipt, normal, octets, leafText);
  const notes: Note[] = unknownNotes(normal.unknown);
  const checks: Check[] = [formatCheck(receipt, form)];
  const synthetic = isSynthetic(receipt, facts);
  let claim: SignatureClaim | null = null;
  if (synthetic) {
    notes.push({ code: "SIG-005", pointer: "", actual: facts.id });
    checks.push({
      name: "signature",
      outcome: { kind: "not-applicable", why: "unsigned by design" },
    });
  } else {
    contentChecks(receipt, form, normal, octets, primitives, checks, notes);
    claim = claimOf(receipt, form, normal, octets, material, ccPossible, primitives, checks, notes);
  }
  const leafBytes = lazyBytes(leafText, primitives);
  const rawLeafBytes =
    normal.differs || normal.leftOut.length > 0
      ? lazyBytes(() => canonicalize(receipt), primitives)
      : leafBytes;
  const bodyLeafBytes = lazyBytes(() => joinMembers(normal, BODY), primitives);
  return {
    form,
    facts,
    checks,
    claim,
    notes,
    synthetic,
    leafBytes,
    rawLeafBytes,
    bodyLeafBytes,
    leafText,
    rawLeafText: () => canonicalize(receipt),
    leafCandidates: () =>
      leafCandidates({ receipt, leafBytes, rawLeafBytes, bodyLeafBytes, ccPossible, primitives }),
    coverage: (preimage = "normal") => receiptCoverage(receipt, form, normal, preimage),
  };
}

function membersOf(form: ReceiptForm): FormMembers {
  switch (form) {
    case "documentation":
    case "pre-v1":
      return PRE_V1;
    case "v1":
      return V1;
    case "child":
      return CHILD;
    case "http":
      return HTTP;
  }
}

/** The documentation's prefixes stand inside its signed text, so its normal form keeps them. */
function spellingOf(form: ReceiptForm, material: Result<SigningMaterial, Check>): Spelling {
  if (!material.ok || form === "documentation") {
    return { key: null, signature: null };
  }
  const { key, signature } = material.value;
  return { key: key.canonical, signature: signature.canonical };
}

/** Whether the older escape dialect writes any text of the receipt differently. */
function mayHoldCc(
  receipt: JsonObject,
  normal: NormalForm,
  octets: SignedOctets | null,
  leafText: () => string,
): boolean {
  // Of those characters ASCII has one, which is found without a walk through the whole text.
  const normalHolds =
    octets?.isAscii === true
      ? normal.content.includes("\u007f") || normal.asides.some(({ text }) => hasCcCharacter(text))
      : hasCcCharacter(leafText());
  return normalHolds || (normal.differs && hasCcCharacter(canonicalize(receipt)));
}

function contentChecks(
  receipt: JsonObject,
  form: ReceiptForm,
  normal: NormalForm,
  octets: SignedOctets | null,
  primitives: Primitives,
  checks: Check[],
  notes: Note[],
): void {
  switch (form) {
    case "documentation":
    case "pre-v1":
      checks.push(parameterHashCheck(receipt, form, normal.parameters, primitives, notes));
      return;
    case "v1":
      checks.push(parameterHashCheck(receipt, form, normal.parameters, primitives, notes));
      if (octets !== null) {
        checks.push(identityCheck(receipt, normal, octets, primitives, notes));
      }
      checks.push(coherenceCheck(receipt));
      return;
    case "child":
    case "http":
      checks.push({
        name: "parameter-hash",
        outcome: { kind: "not-applicable", why: "this form has no parameters" },
      });
  }
}

function claimOf(
  receipt: JsonObject,
  form: ReceiptForm,
  normal: NormalForm,
  octets: SignedOctets | null,
  material: Result<SigningMaterial, Check>,
  ccPossible: boolean,
  primitives: Primitives,
  checks: Check[],
  notes: Note[],
): SignatureClaim | null {
  if (!material.ok) {
    const why = form === "documentation" ? uncheckable(receipt) : null;
    if (why === null) {
      checks.push(material.error);
    } else {
      notes.push({ code: "SIG-008", pointer: "/kernel_key", actual: why });
      checks.push({ name: "signature", outcome: { kind: "not-checked", why } });
    }
    return null;
  }
  notes.push(...material.value.notes);
  return {
    key: material.value.key,
    signature: material.value.signature,
    preimages: preimagesOf(signedReadings(receipt, form, normal, octets), ccPossible, primitives),
    pointer: "/signature",
  };
}

function unknownNotes(unknown: readonly string[]): Note[] {
  return unknown
    .slice(0, UNKNOWN_LISTED)
    .map((pointer) => ({ code: "FMT-008", pointer, actual: null }));
}

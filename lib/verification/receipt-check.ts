import type { Check, Outcome } from "@/kernel/check.ts";
import { FINDINGS, type FindingCode } from "@/kernel/findings.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { leafHash, textLeafHash } from "@/kernel/merkle/hasher.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { choreography } from "@/kernel/receipt/choreography.ts";
import { inspectReceipt, type ReceiptInspection } from "@/kernel/receipt/inspect.ts";
import { type ClaimOutcome, checkClaim, type PreimageName } from "@/kernel/signature.ts";
import { hashText } from "@/kernel/texts.ts";
import { decisionFacts } from "./decision-facts.ts";
import type { Recognised } from "./recognise.ts";
import { BackendDisagreement, type Referee } from "./referee.ts";
import { FLAG, type UnitFinding } from "./unit-result.ts";
import type { RecordPlace, UnitSinks } from "./verify-unit.ts";

/** A claim's outcome, or the two rules' disagreement about it. */
export type RefereedOutcome = ClaimOutcome | { readonly kind: "disagreement" };

export async function refereed(
  claim: Parameters<typeof checkClaim>[0],
  referee: Referee,
): Promise<RefereedOutcome> {
  try {
    return await checkClaim(claim, referee);
  } catch (error) {
    if (error instanceof BackendDisagreement) {
      return { kind: "disagreement" };
    }
    throw error;
  }
}

/** Checks receipts of every form and writes what it found into the unit's columns and findings. */
export class ReceiptCheck {
  readonly #sinks: UnitSinks;
  readonly #primitives: Primitives;
  readonly #referee: Referee;

  constructor(sinks: UnitSinks, primitives: Primitives, referee: Referee) {
    this.#sinks = sinks;
    this.#primitives = primitives;
    this.#referee = referee;
  }

  /** Adds the receipt's row at once, so that rows keep the file's order, and settles it when checked. */
  start(place: RecordPlace, recognised: Recognised, seq: bigint | null): Promise<void> {
    const inspection = inspectReceipt(recognised.value, this.#primitives);
    return this.#settle(
      this.#add(place, recognised.value, inspection, recognised.pointer, seq),
      place,
      inspection,
      recognised,
    );
  }

  /** As {@link start}, for a receipt that an anchor proof carries: also gives the leaf it is proved by. */
  async startAnchored(
    place: RecordPlace,
    recognised: Recognised,
  ): Promise<{ row: number; bodyLeaf: Uint8Array }> {
    const inspection = inspectReceipt(recognised.value, this.#primitives);
    const row = this.#add(place, recognised.value, inspection, recognised.pointer, null);
    await this.#settle(row, place, inspection, recognised);
    return { row, bodyLeaf: leafHash(inspection.bodyLeafBytes(), this.#primitives.sha256) };
  }

  #add(
    place: RecordPlace,
    receipt: JsonObject,
    inspection: ReceiptInspection,
    pointer: string,
    seq: bigint | null,
  ): number {
    const { id } = inspection.facts;
    const identity = hashText(id === "" ? inspection.leafText() : id, this.#primitives);
    const story = choreography(receipt, inspection.form);
    const told = decisionFacts(inspection.facts, story);
    const row = this.#sinks.receipts.add(place, inspection, pointer, seq, identity, told);
    this.#sinks.chain.addReceipt(row, inspection, story, told);
    return row;
  }

  async #settle(
    row: number,
    place: RecordPlace,
    inspection: ReceiptInspection,
    { pointer, doubt }: Recognised,
  ): Promise<void> {
    const outcome =
      inspection.claim === null ? null : await refereed(inspection.claim, this.#referee);
    const doubted = outcome?.kind === "fits" ? undefined : doubt;
    const preimage = outcome?.kind === "fits" ? outcome.preimage : "normal";
    const leaf = leafOf(inspection, preimage, this.#primitives);
    this.#sinks.receipts.settle(row, flagsOf(inspection, outcome, doubted), leaf);
    this.#sinks.chain.settleReceipt(row, preimage);
    this.#report(row, place, inspection, outcome, pointer, doubted);
  }

  #report(
    row: number,
    place: RecordPlace,
    inspection: ReceiptInspection,
    outcome: RefereedOutcome | null,
    pointer: string,
    doubted: Recognised["doubt"],
  ): void {
    const say = (
      code: FindingCode,
      at: string,
      expected: string | null,
      actual: string | null,
    ): void => {
      const finding: UnitFinding = {
        code,
        severity: FINDINGS[code].severity,
        subject: { kind: "receipt", id: inspection.facts.id },
        row,
        line: place.line,
        offset: place.offset,
        record: pointer,
        pointer: `${pointer}${at}`,
        expected,
        actual,
      };
      this.#sinks.report(finding);
    };
    if (doubted !== undefined && isExplained(inspection, outcome)) {
      say("FMT-014", inspection.claim?.pointer ?? "", null, doubted);
    }
    if (inspection.claim !== null && outcome !== null) {
      const { claim } = inspection;
      switch (outcome.kind) {
        case "fits":
          if (outcome.preimage !== "normal") {
            say("SIG-006", claim.pointer, "normal", outcome.preimage);
          }
          break;
        case "does-not-fit":
          if (doubted === undefined) {
            say("SIG-002", claim.pointer, null, null);
          }
          break;
        case "unsupported":
          say("SIG-004", claim.pointer, null, outcome.why);
          break;
        case "disagreement":
          say("SIG-007", claim.pointer, null, null);
          break;
      }
    }
    for (const { outcome: found } of signatureFirst(inspection.checks)) {
      if (found.kind === "failed" && !(doubted !== undefined && EXPLAINED.has(found.code))) {
        say(found.code, found.pointer, found.expected, found.actual);
      }
    }
    const signedAsReceived = outcome?.kind === "fits" && outcome.preimage.startsWith("raw");
    for (const note of inspection.notes) {
      if (note.code !== "FMT-008" || !signedAsReceived) {
        say(note.code, note.pointer, null, note.actual);
      }
    }
  }
}

/** Hashes that a number's rounding or an octet's replacement by the exporting tool changes too. */
const EXPLAINED: ReadonlySet<FindingCode> = new Set<FindingCode>(["HSH-001", "HSH-002"]);

/** Whether something does not fit that the exporting tool may have brought about. */
function isExplained(inspection: ReceiptInspection, outcome: RefereedOutcome | null): boolean {
  return (
    outcome?.kind === "does-not-fit" ||
    inspection.checks.some(
      ({ outcome: found }) => found.kind === "failed" && EXPLAINED.has(found.code),
    )
  );
}

function flagsOf(
  inspection: ReceiptInspection,
  outcome: RefereedOutcome | null,
  doubted: Recognised["doubt"],
): number {
  let flags = 0;
  if (inspection.form === "child") {
    flags |= FLAG.child;
  }
  if (inspection.form === "http") {
    flags |= FLAG.http;
  }
  if (inspection.synthetic) {
    return flags | FLAG.synthetic;
  }
  const failed = inspection.checks.some(
    ({ name, outcome: found }) =>
      found.kind === "failed" &&
      name !== "signature" &&
      !(doubted !== undefined && EXPLAINED.has(found.code)),
  );
  if (failed) {
    flags |= FLAG.contentFails;
  } else if (doubted === undefined || !isExplained(inspection, outcome)) {
    flags |= FLAG.contentHolds;
  }
  switch (outcome?.kind) {
    case "fits":
      return flags | FLAG.signatureFits;
    case "does-not-fit":
      return flags | (doubted === undefined ? FLAG.signatureFails : FLAG.uncheckable);
    case "unsupported":
      return flags | FLAG.unsupported;
    case "disagreement":
      return flags | FLAG.uncheckable;
    case undefined:
      return (
        flags |
        (signatureOutcome(inspection.checks) === "failed" ? FLAG.signatureFails : FLAG.uncheckable)
      );
  }
}

function signatureOutcome(checks: readonly Check[]): Outcome["kind"] | null {
  return checks.find((check) => check.name === "signature")?.outcome.kind ?? null;
}

/** The signature's failure is the cause that its row's other failures follow from. */
function signatureFirst(checks: readonly Check[]): readonly Check[] {
  return [
    ...checks.filter((check) => check.name === "signature"),
    ...checks.filter((check) => check.name !== "signature"),
  ];
}

/**
 * The leaf is hashed in the spelling in which the receipt was signed: a kernel that signs the received
 * members, or escapes control characters, commits to the same text.
 */
function leafOf(
  inspection: ReceiptInspection,
  preimage: PreimageName,
  primitives: Primitives,
): Uint8Array {
  switch (preimage) {
    case "normal":
    case "stripped":
    case "enveloped":
    case "plain":
      return textLeafHash(inspection.leafText(), primitives);
    case "raw":
    case "cc-escape":
    case "raw-cc-escape": {
      const spelled = inspection
        .leafCandidates()
        .find(({ convention, reading }) => convention === "full" && reading === preimage);
      return leafHash(spelled?.bytes() ?? inspection.leafBytes(), primitives.sha256);
    }
  }
}

import type { Check } from "@/kernel/check.ts";
import type { JsonObject, JsonValue } from "@/kernel/json/value.ts";
import { STATUS_WORDS } from "@/lib/display/status.ts";
import type { ReceiptProof } from "@/lib/verification/receipt-proof.ts";
import type { KeyRow, Place } from "@/lib/verification/report.ts";
import type { ReceiptRecord } from "./receipt-record.ts";
import { safeText } from "./safe-text.ts";

/** Characters of an id or a name in a line for people. */
export const NAME_LENGTH = 400;

/** Lines `name   value`, the values in one column. Names are ours, values must be safe already. */
export function table(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.map(([name, value]) => `${name.padEnd(width)}${value}`.trimEnd());
}

export function statusText({ status }: Pick<ReceiptRecord, "status">): string {
  return STATUS_WORDS[status];
}

const STANDINGS: Readonly<Record<KeyRow["standing"], string>> = {
  pinned: "pinned",
  "not-pinned": "not pinned",
  "outside-window": "pinned for other dates",
  "other-role": "pinned for another role",
  weak: "weak: whatever fits under it proves nothing",
  "no-trust": "no key is pinned; --trust gives some",
};

export function keyText(key: KeyRow | null): string {
  return key === null ? "none" : `${safeText(key.fingerprint)} (${STANDINGS[key.standing]})`;
}

/** `fits`, or what was expected and what was found. */
export function checkText({ outcome }: Check): string {
  switch (outcome.kind) {
    case "passed":
      return outcome.note === undefined ? "fits" : `fits (${safeText(outcome.note)})`;
    case "failed": {
      const sides = [
        ...(outcome.expected === null ? [] : [`expected ${safeText(outcome.expected)}`]),
        ...(outcome.actual === null ? [] : [`found ${safeText(outcome.actual)}`]),
      ];
      return ["does not fit", ...sides].join(", ");
    }
    case "not-applicable":
      return `does not apply: ${safeText(outcome.why)}`;
    case "not-checked":
      return `not checked: ${safeText(outcome.why)}`;
  }
}

export function checkJson({ name, outcome }: Check): JsonObject {
  const { kind, ...rest } = outcome;
  return { name, outcome: kind, ...rest };
}

/** `checkpoint 3, leaf 5 of 100` where the way to the signed root was walked, else why not. */
export function proofText(proof: ReceiptProof): string {
  switch (proof.state) {
    case "included":
      return witnessText(proof);
    case "does-not-fit":
      return `does not fit: ${proof.why}`;
    case "not-covered":
    case "not-checked":
      return proof.why;
  }
}

export function witnessText({ checkpointSeq, leafIndex, treeSize }: ReceiptProof): string {
  return `checkpoint ${checkpointSeq ?? "without a number"}, leaf ${leafIndex} of ${treeSize}`;
}

export function proofJson({
  state,
  why,
  checkpointSeq,
  leafIndex,
  treeSize,
}: ReceiptProof): JsonObject {
  return { state, why, checkpoint_seq: checkpointSeq, leaf_index: leafIndex, tree_size: treeSize };
}

export function placeJson({ file, line, byte_offset, pointer }: Place): JsonObject {
  return { file, line, byte_offset, pointer };
}

/** At most `most` names, and how many more there are. */
export function names(all: readonly string[], most: number): string {
  const listed = all.slice(0, most).map((name) => safeText(name, NAME_LENGTH));
  return all.length > most
    ? `${listed.join(", ")} and ${all.length - most} more`
    : listed.join(", ");
}

export function orNone(text: string | null): string {
  return text === null || text === "" ? "none" : safeText(text, NAME_LENGTH);
}

export function orNull(text: string): JsonValue {
  return text === "" ? null : text;
}

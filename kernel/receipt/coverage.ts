import { canonicalize } from "../json/canonicalize.ts";
import { childPointer, resolvePointer } from "../json/pointer.ts";
import { isObject, type JsonObject, type JsonValue } from "../json/value.ts";
import type { PreimageName } from "../signature.ts";
import type { ReceiptForm } from "./detect.ts";
import type { NormalForm } from "./normal-form.ts";

/** One line of "what the signature covers". */
export interface FieldCoverage {
  readonly pointer: string;
  /** Canonical text, cut to a readable length. */
  readonly value: string;
  readonly coverage: "covered" | "not-covered" | "left-out";
  /** Why, in few words; empty for a covered field. */
  readonly reason: string;
}

const VALUE_LENGTH = 200;
/** Objects whose members are listed one by one, in the order of the record. */
const OPENED: ReadonlySet<string> = new Set(["action", "decision"]);

/**
 * Every member of a receipt with what the signature says about it. A raw reading covers unknown members
 * and explicit defaults too, hence the preimage that fitted.
 */
export function receiptCoverage(
  receipt: JsonObject,
  form: ReceiptForm,
  normal: NormalForm,
  preimage: PreimageName,
): readonly FieldCoverage[] {
  const asReceived =
    preimage === "raw" ||
    preimage === "raw-cc-escape" ||
    (form === "documentation" && preimage === "stripped");
  const unknown: ReadonlySet<string> = new Set(asReceived ? [] : normal.unknown);
  const leftOut: ReadonlySet<string> = new Set(asReceived ? [] : normal.leftOut);
  const fields: FieldCoverage[] = [];
  for (const [name, value] of Object.entries(receipt)) {
    const pointer = childPointer("", name);
    if (name === "signature" || name === "bbs_signature") {
      const covered = name === "bbs_signature" && form === "v1";
      fields.push(
        field(
          pointer,
          value,
          covered ? "covered" : "not-covered",
          covered ? "" : "the signature itself",
        ),
      );
    } else if (name === "algorithm") {
      fields.push(field(pointer, value, "not-covered", "a hint"));
    } else if (unknown.has(pointer)) {
      fields.push(field(pointer, value, "not-covered", "extra field"));
    } else if (leftOut.has(name)) {
      fields.push(field(pointer, value, "left-out", "default, left out"));
    } else if (OPENED.has(name) && isObject(value)) {
      openFields(pointer, value, unknown, fields);
    } else {
      fields.push(field(pointer, value, "covered", ""));
      extraFields(receipt, pointer, unknown, fields);
    }
  }
  return fields;
}

/** Members of an action or a decision; `parameters` is opened once more. */
function openFields(
  base: string,
  object: JsonObject,
  unknown: ReadonlySet<string>,
  fields: FieldCoverage[],
): void {
  for (const [name, value] of Object.entries(object)) {
    const pointer = childPointer(base, name);
    if (unknown.has(pointer)) {
      fields.push(field(pointer, value, "not-covered", "extra field"));
    } else if (
      pointer === "/action/parameters" &&
      isObject(value) &&
      Object.keys(value).length > 0
    ) {
      for (const [parameter, item] of Object.entries(value)) {
        fields.push(field(childPointer(pointer, parameter), item, "covered", ""));
      }
    } else {
      fields.push(field(pointer, value, "covered", ""));
    }
  }
}

/** Unknown members deeper inside a covered list, such as an evidence item's. */
function extraFields(
  receipt: JsonObject,
  base: string,
  unknown: ReadonlySet<string>,
  fields: FieldCoverage[],
): void {
  for (const pointer of unknown) {
    if (pointer.startsWith(`${base}/`)) {
      fields.push(
        field(pointer, resolvePointer(receipt, pointer) ?? null, "not-covered", "extra field"),
      );
    }
  }
}

function field(
  pointer: string,
  value: JsonValue,
  coverage: FieldCoverage["coverage"],
  reason: string,
): FieldCoverage {
  const text = canonicalize(value);
  return {
    pointer,
    value: text.length > VALUE_LENGTH ? `${text.slice(0, VALUE_LENGTH - 1)}\u2026` : text,
    coverage,
    reason,
  };
}

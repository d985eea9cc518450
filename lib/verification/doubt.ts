import { isArray, isObject, type JsonObject, type JsonValue } from "@/kernel/json/value.ts";
import type { RowValue } from "@/lib/ingest/kafka/form.ts";
import type { Recognised } from "./recognise.ts";

/** U+FFFD, which decoders write where octets are no UTF-8. */
const REPLACEMENT = "\ufffd";

/**
 * Whether an exporting tool may have changed a receipt on the way, so that a signature that does not fit says
 * nothing about who changed it.
 *
 * A value written anew as JSON keeps what is signed, since canonical form does not care about spelling; but
 * many tools are built on doubles, and an integer from 2^53 on may have been rounded. A text in which octets
 * were replaced keeps every part without U+FFFD.
 */
export function doubtOf(
  receipt: JsonObject,
  state: RowValue["state"],
): NonNullable<Recognised["doubt"]> | null {
  switch (state) {
    case "kept":
      return null;
    case "rewritten":
      return holds(receipt, isRoundable) ? "rewritten" : null;
    case "replaced":
    case "lost":
      return holds(receipt, isReplaced) ? "replaced" : null;
  }
}

function isRoundable(value: JsonValue): boolean {
  return (
    typeof value === "bigint" ||
    (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value))
  );
}

function isReplaced(value: JsonValue): boolean {
  return typeof value === "string" && value.includes(REPLACEMENT);
}

/** Whether a value, or anything in it, is so; names count as texts. */
function holds(receipt: JsonObject, is: (value: JsonValue) => boolean): boolean {
  const left: JsonValue[] = [receipt];
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (isArray(value)) {
      for (const element of value) {
        left.push(element);
      }
    } else if (isObject(value)) {
      for (const [name, inner] of Object.entries(value)) {
        left.push(name, inner);
      }
    } else if (is(value)) {
      return true;
    }
  }
  return false;
}

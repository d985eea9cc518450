import { utf8 } from "@/kernel/encoding.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { isObject, type JsonValue } from "@/kernel/json/value.ts";
import { objectAt } from "@/kernel/receipt/read.ts";
import { ok } from "@/kernel/result.ts";
import { assemble, coordinatesOf } from "./assemble.ts";
import { isEnvelope } from "./carried.ts";
import { CONFLUENT_S3 } from "./confluent-s3.ts";
import type { RecordForm } from "./form.ts";
import { NOTHING_HELD } from "./held.ts";

/**
 * A record's value alone, as `nats sub --raw` and every "save the value" writes it: one of the two envelopes,
 * or the documentation's dead letter. Other values are known by nothing.
 */
export const BARE: RecordForm = {
  name: "bare-value",
  recognises: (row, context) =>
    isObject(row) &&
    (isEnvelope(row) || objectAt(row, "chio_denial") !== null) &&
    !CONFLUENT_S3.recognises(row, context),
  isPossible: () => true,
  read: (row, context) =>
    assemble("bare-value", {
      ...coordinatesOf(context),
      value: ok(row === null ? NOTHING_HELD : { bytes: utf8(textOf(row)), kept: "text" }),
    }),
  valueAt: (row) =>
    row === null
      ? null
      : {
          pointer: "",
          text: typeof row === "string" ? { text: row, isExact: true } : null,
          state: "kept",
        },
};

function textOf(row: JsonValue): string {
  return typeof row === "string" ? row : canonicalize(row);
}

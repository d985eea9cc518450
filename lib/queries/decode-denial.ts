import { number, numberOrNull, oneOf, type RawRow, text, textOrNull } from "@/lib/database/row.ts";
import { EVIDENCE } from "@/lib/denials/model.ts";
import type { DenialRow } from "./denial-model.ts";

/** A row of `denial-page.sql`. */
export function decodeDenial(row: RawRow): DenialRow {
  const units = textOrNull(row, "cost_units");
  const partition = numberOrNull(row, "source_partition");
  const offset = textOrNull(row, "source_offset");
  return {
    number: number(row, "number"),
    row: numberOrNull(row, "row"),
    record: numberOrNull(row, "record"),
    evidence: oneOf(row, "evidence", EVIDENCE),
    timestamp: numberOrNull(row, "timestamp"),
    id: text(row, "id"),
    agent: text(row, "agent"),
    service: text(row, "service"),
    server: text(row, "tool_server"),
    tool: text(row, "tool_name"),
    scope: text(row, "scope"),
    topic: text(row, "topic"),
    guard: text(row, "guard"),
    reason: text(row, "reason"),
    pattern: text(row, "reason_pattern"),
    capability: text(row, "capability_id"),
    policy: text(row, "policy_hash"),
    key: text(row, "message_key"),
    group: text(row, "consumer_group"),
    cost: units === null ? null : { units, currency: text(row, "cost_currency") },
    source: partition === null || offset === null ? null : { partition, offset },
    file: text(row, "file"),
  };
}

import { maskReason } from "@/lib/denials/mask.ts";
import {
  type DecisionEvents,
  EVENT_FIELDS,
  EVIDENCE,
  type EventField,
} from "@/lib/denials/model.ts";
import { scopeOf, secondOf } from "../call.ts";
import type { Storm } from "../storm.ts";

/** A storm's denials as columns, without files between: reasons masked as rows that are read are. */
export function callColumns(storm: Storm): DecisionEvents {
  const texts: string[] = [""];
  const numbers = new Map<string, number>([["", 0]]);
  const masked = new Map<string, string>();
  const number = (text: string): number => {
    const known = numbers.get(text);
    if (known !== undefined) {
      return known;
    }
    numbers.set(text, texts.length);
    return texts.push(text) - 1;
  };
  const mask = (reason: string): string => {
    const known = masked.get(reason) ?? maskReason(reason);
    masked.set(reason, known);
    return known;
  };
  const second: number[] = [];
  const columns = new Map<EventField, number[]>(EVENT_FIELDS.map((field) => [field, []]));
  for (const event of storm.events()) {
    if (event.kind !== "call" || event.call.denied === null) {
      continue;
    }
    const { call } = event;
    const { template, reason } = event.call.denied;
    second.push(secondOf(call.ms));
    const said: Partial<Record<EventField, string>> = {
      agent: call.by.agent,
      tool: call.tool,
      scope: scopeOf(call),
      guard: template.guard,
      reason: mask(reason),
      key: call.source.key,
    };
    for (const [field, column] of columns) {
      column.push(number(said[field] ?? ""));
    }
  }
  const count = second.length;
  const column = (field: EventField): Int32Array => Int32Array.from(columns.get(field) ?? []);
  return {
    count,
    second: Float64Array.from(second),
    isDenied: new Uint8Array(count).fill(1),
    evidence: new Uint8Array(count).fill(EVIDENCE.indexOf("claim")),
    row: new Int32Array(count).fill(-1),
    record: Int32Array.from(second, (_, at) => at),
    fields: {
      agent: column("agent"),
      service: column("service"),
      tool: column("tool"),
      scope: column("scope"),
      topic: column("topic"),
      guard: column("guard"),
      reason: column("reason"),
      capability: column("capability"),
      policy: column("policy"),
      key: column("key"),
      group: column("group"),
    },
    texts,
  };
}

import { asText, member } from "@/kernel/json/value.ts";
import { type KnownCapability, knownCapability } from "./known-capability.ts";
import type { PlacedRecord } from "./members.ts";

/** {@link knownCapability} for many ids: the records are walked once and not for each of them. */
export function indexCapabilities(
  others: readonly PlacedRecord[],
): (id: string) => KnownCapability | null {
  const byId = new Map<string, PlacedRecord[]>();
  for (const record of others) {
    const id = idOf(record);
    const same = id === undefined ? undefined : byId.get(id);
    if (same !== undefined) {
      same.push(record);
    } else if (id !== undefined) {
      byId.set(id, [record]);
    }
  }
  return (id) => knownCapability(byId.get(id) ?? [], id);
}

function idOf({ kind, value }: PlacedRecord): string | undefined {
  switch (kind) {
    case "capability":
      return asText(member(value, "id"));
    case "lineage":
      return asText(member(value, "capability_id"));
    default:
      return undefined;
  }
}

import type { Capability, CapabilitySnapshot } from "@/kernel/capability/model.ts";
import { readScope } from "@/kernel/capability/read-scope.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import { member } from "@/kernel/json/value.ts";
import type { LineageRow, LineageStore } from "./store/lineage-store.ts";

/** What this server knows of capabilities that were issued or met. */
export interface Lineage {
  byId(id: string): CapabilitySnapshot | null;
  knows(id: string): boolean;
  /** To be told when a capability's row is durable. */
  met(id: string): void;
}

/** Ids that are remembered to be stored, so that a known capability costs no read. */
const KNOWN_IDS = 10_000;

export function lineageOf(store: LineageStore): Lineage {
  const known = new Set<string>();
  const met = (id: string): void => {
    if (known.size >= KNOWN_IDS) {
      known.clear();
    }
    known.add(id);
  };
  return {
    met,
    byId(id) {
      const row = store.byId(id);
      return row === null ? null : snapshotOfRow(row);
    },
    knows(id) {
      if (!known.has(id) && store.byId(id) !== null) {
        met(id);
      }
      return known.has(id);
    },
  };
}

/** The row that keeps what a verified capability says of itself. */
export function lineageRow(capability: Capability): LineageRow {
  return {
    capabilityId: capability.id,
    subjectKey: capability.subject,
    issuerKey: capability.issuer,
    issuedAt: capability.issuedAt,
    expiresAt: capability.expiresAt,
    grantsJson: canonicalize(member(capability.token, "scope") ?? {}),
    delegationDepth: BigInt(capability.delegationChain.length),
    parentCapabilityId: capability.delegationChain.at(-1)?.capabilityId ?? null,
  };
}

/** @throws where the stored scope cannot be read back: a throw in a port is a deny */
function snapshotOfRow(row: LineageRow): CapabilitySnapshot {
  const parsed = parseJson(row.grantsJson);
  const scope = parsed.ok ? readScope(parsed.value.value, "/scope") : null;
  if (scope === null || !scope.ok) {
    throw new TypeError("a stored scope cannot be read");
  }
  return {
    id: row.capabilityId,
    issuer: row.issuerKey,
    subject: row.subjectKey,
    scope: scope.value,
    issuedAt: row.issuedAt,
    expiresAt: row.expiresAt,
    depth: Number(row.delegationDepth),
    parentId: row.parentCapabilityId,
  };
}

import { asText, isArray, isObject, type JsonValue, member } from "@/kernel/json/value.ts";
import type { Delegation } from "@/lib/chain/model.ts";
import type { PlacedRecord } from "./members.ts";

/** A chain of delegations is followed this far. */
const MOST = 64;

/**
 * What every loaded capability was handed on from, by its id. A token's own links are verified where its
 * signature and those of its links fit; a store's lineage row is what somebody wrote down.
 */
export function readDelegations(others: readonly PlacedRecord[]): ReadonlyMap<string, Delegation> {
  const parents = new Map<string, Delegation>();
  for (const { kind, value, signature, innerFits } of others) {
    if (kind === "lineage") {
      const capability = asText(member(value, "capability_id")) ?? "";
      const parent = asText(member(value, "parent_capability_id")) ?? "";
      if (parent !== "" && !parents.has(capability)) {
        parents.set(capability, { capability, parent, strength: "asserted" });
      }
    } else if (kind === "capability") {
      const strength = signature === "fits" && innerFits ? "verified" : "asserted";
      let capability = asText(member(value, "id")) ?? "";
      for (const parent of ancestorsOf(member(value, "delegation_chain"))) {
        // Some issuers write the token's own id into its links.
        if (parent === capability) {
          continue;
        }
        const known = parents.get(capability);
        if (known === undefined || known.strength === "asserted") {
          parents.set(capability, { capability, parent, strength });
        }
        capability = parent;
      }
    }
  }
  return parents;
}

/** From a capability up to the one it was first handed on from, nearest first. */
export function delegationsOf(
  others: readonly PlacedRecord[],
): (capability: string) => readonly Delegation[] {
  const parents = readDelegations(others);
  return (capability) => {
    const way: Delegation[] = [];
    const seen = new Set([capability]);
    let next = parents.get(capability);
    while (next !== undefined && way.length < MOST && !seen.has(next.parent)) {
      way.push(next);
      seen.add(next.parent);
      next = parents.get(next.parent);
    }
    return way;
  };
}

/** Ancestors that a token's chain names, nearest first: its links run from the first delegator on. */
function ancestorsOf(chain: JsonValue | undefined): readonly string[] {
  if (!isArray(chain)) {
    return [];
  }
  const ids: string[] = [];
  for (const link of chain.toReversed()) {
    const id = isObject(link) ? (asText(member(link, "capability_id")) ?? "") : "";
    if (id !== "" && ids.at(-1) !== id) {
      ids.push(id);
    }
  }
  return ids;
}

import { type ChainNodes, INTEGRITIES } from "./model.ts";

const VERIFIED = INTEGRITIES.indexOf("verified");
const UNCHECKPOINTED = INTEGRITIES.indexOf("verified-not-checkpointed");
const SELF_CONSISTENT = INTEGRITIES.indexOf("self-consistent");

const known = new WeakMap<ChainNodes, Uint8Array>();

/**
 * For each integrity, 1 where a receipt of it stands out as not verified, failing ones included. Where no key
 * is pinned nothing can be verified: that every receipt stands out would tell nobody anything, so a
 * self-consistent one does not.
 */
export function unverifiedIntegrities(nodes: ChainNodes): Uint8Array {
  let marks = known.get(nodes);
  if (marks === undefined) {
    const isPinned = nodes.integrity.includes(VERIFIED) || nodes.integrity.includes(UNCHECKPOINTED);
    marks = Uint8Array.from(INTEGRITIES, (_, integrity) => {
      const isVerified = integrity === VERIFIED || integrity === UNCHECKPOINTED;
      return !isVerified && (isPinned || integrity !== SELF_CONSISTENT) ? 1 : 0;
    });
    known.set(nodes, marks);
  }
  return marks;
}

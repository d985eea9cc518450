import type { CapabilitySnapshot } from "../capability/model.ts";
import { signDelegationLink } from "../capability/sign.ts";
import { publicKeyOf } from "../crypto/ed25519.ts";
import { toHex } from "../encoding.ts";
import type { JsonObject } from "../json/value.ts";
import { INVOKE, START, snapshotOf, tokenWith } from "./evaluation.ts";

/** A token at the end of an honest chain, and the store that knows its ancestors. */
export interface Delegated {
  readonly id: string;
  /** Ids from the root on. */
  readonly ancestors: readonly string[];
  readonly token: JsonObject;
  /** The agent at the end of the chain, who holds the token. */
  readonly agent: string;
  readonly lineage: (id: string) => CapabilitySnapshot | null;
}

/** What each step may hand on, besides what it may do. */
export const DELEGATE: JsonObject = { ...INVOKE, operations: ["invoke", "delegate"] };

/** The seed of the holder at a depth; the root's holder is at depth 0. */
export function holderSeed(depth: number): Uint8Array {
  return new Uint8Array(32).fill(0x70 + depth);
}

/**
 * A token that was handed on `depth` times, each step a second after the one before. `body` changes the last
 * token alone.
 */
export function delegated(depth: number, body: JsonObject = {}): Delegated {
  const idAt = (step: number) => `cap-${step}`;
  const keyAt = (step: number) => toHex(publicKeyOf(holderSeed(step)));
  const links: JsonObject[] = [];
  const known = new Map<string, CapabilitySnapshot>();
  let token: JsonObject = {};
  for (let step = 0; step <= depth; step += 1) {
    if (step > 0) {
      links.push(
        signDelegationLink(
          {
            capability_id: idAt(step - 1),
            delegatee: keyAt(step),
            timestamp: START + step,
          },
          holderSeed(step - 1),
        ),
      );
    }
    token = tokenWith({
      id: idAt(step),
      subject: keyAt(step),
      scope: { grants: [step === depth ? INVOKE : DELEGATE] },
      issued_at: START + step,
      ...(links.length === 0 ? {} : { delegation_chain: [...links] }),
      ...(step === depth ? body : {}),
    });
    known.set(idAt(step), snapshotOf(token, step, step === 0 ? null : idAt(step - 1)));
  }
  return {
    id: idAt(depth),
    ancestors: Array.from({ length: depth }, (_, step) => idAt(step)),
    token,
    agent: keyAt(depth),
    lineage: (id) => known.get(id) ?? null,
  };
}

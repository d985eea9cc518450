import type { VerifyNow } from "./capability/model.ts";
import { verifyEcdsa } from "./crypto/ecdsa.ts";
import type { PublicKey, SignatureValue } from "./crypto/key.ts";

/** Which reading of a record the signed octets were taken from. `normal` is what a signer is expected to produce. */
export type PreimageName =
  | "normal"
  | "cc-escape"
  | "raw"
  | "raw-cc-escape"
  | "stripped"
  | "enveloped"
  | "plain";

export interface Preimage {
  readonly name: PreimageName;
  readonly bytes: () => Uint8Array;
}

/** A statement "this key signed one of these octet strings", in the order in which they are tried. */
export interface SignatureClaim {
  readonly key: PublicKey;
  readonly signature: SignatureValue;
  readonly preimages: readonly Preimage[];
  /** RFC 6901 pointer of the signature inside the record. */
  readonly pointer: string;
}

/** An Ed25519 verifier. Only the pure rule of the protocol, or one that was held to it, may stand behind it. */
export interface SignatureBackend {
  readonly name: string;
  verify(
    publicKey: Uint8Array,
    message: Uint8Array,
    signature: Uint8Array,
  ): Promise<boolean> | boolean;
}

export type ClaimOutcome =
  | { readonly kind: "fits"; readonly preimage: PreimageName }
  | { readonly kind: "does-not-fit" }
  | { readonly kind: "unsupported"; readonly why: string };

/**
 * Tries the preimages in order; the first that fits wins. Dispatches on the key material, never on a
 * member that merely names an algorithm. A hybrid signature is `unsupported`: half a hybrid check would
 * let an adversary who broke the classical half pass.
 */
export async function checkClaim(
  claim: SignatureClaim,
  backend: SignatureBackend,
): Promise<ClaimOutcome> {
  const run = attempts(claim);
  let step = run.next(false);
  while (!step.done) {
    const { key, message, signature } = step.value;
    step = run.next(await backend.verify(key, message, signature));
  }
  return step.value;
}

/** The same with an Ed25519 verifier that answers at once. */
export function checkClaimNow(claim: SignatureClaim, verify: VerifyNow): ClaimOutcome {
  const run = attempts(claim);
  let step = run.next(false);
  while (!step.done) {
    const { key, message, signature } = step.value;
    step = run.next(verify(key, message, signature));
  }
  return step.value;
}

interface Attempt {
  readonly key: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

/** Asks for each Ed25519 verification and is told whether it holds. */
function* attempts(claim: SignatureClaim): Generator<Attempt, ClaimOutcome, boolean> {
  const { key, signature } = claim;
  if (key.kind === "hybrid" || signature.kind === "hybrid") {
    return { kind: "unsupported", why: "hybrid signatures need ML-DSA-65" };
  }
  if (key.kind !== signature.kind) {
    return { kind: "does-not-fit" };
  }
  for (const preimage of claim.preimages) {
    const message = preimage.bytes();
    const fits =
      key.kind === "ed25519"
        ? yield { key: key.bytes, message, signature: signature.bytes }
        : verifyEcdsa(key.kind, key.bytes, message, signature.bytes);
    if (fits) {
      return { kind: "fits", preimage: preimage.name };
    }
  }
  return { kind: "does-not-fit" };
}

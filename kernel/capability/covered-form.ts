import type { PublicKey } from "../crypto/key.ts";
import { isWeakKey } from "../crypto/weak-key.ts";
import { checkClaimNow, type PreimageName, type SignatureClaim } from "../signature.ts";
import type { VerifyNow } from "./model.ts";

/** `unverifiable`: nothing could be checked. `detail` follows "signature is invalid" and may be empty. */
export interface SignatureProblem {
  readonly kind: "unverifiable" | "invalid";
  readonly detail: string;
}

/** What the reference kernel makes from the parsed record. It never sees a record's raw form. */
const NORMAL: ReadonlySet<PreimageName> = new Set(["normal", "enveloped", "plain", "cc-escape"]);

/**
 * Why a signature gives no authority, or null. Stricter than a verification of evidence: a weak key signs for
 * everybody, and a signature over the raw form alone covers members that the typed record does not have.
 */
export function signatureProblem(
  claim: SignatureClaim | null,
  verify: VerifyNow,
): SignatureProblem | null {
  if (claim === null) {
    return { kind: "unverifiable", detail: "the signature cannot be read" };
  }
  if (isWeakSigner(claim.key)) {
    return { kind: "invalid", detail: ": the signer's key is weak" };
  }
  const outcome = checkClaimNow(claim, verify);
  switch (outcome.kind) {
    case "unsupported":
      return { kind: "unverifiable", detail: outcome.why };
    case "does-not-fit":
      return { kind: "invalid", detail: "" };
    case "fits":
      return NORMAL.has(outcome.preimage)
        ? null
        : {
            kind: "invalid",
            detail: ": it covers only the raw form, which the reference kernel would reject",
          };
  }
}

/** Whether signatures under a key prove nothing. Asked of Ed25519 keys: the curves of the others have no cofactor. */
export function isWeakSigner(key: PublicKey): boolean {
  return key.kind === "ed25519" && isWeakKey(key.bytes);
}

import type { Check } from "@/kernel/check.ts";
import { verifySignature } from "@/kernel/crypto/ed25519.ts";
import type { ReceiptInspection } from "@/kernel/receipt/inspect.ts";
import { type ClaimOutcome, checkClaim, type SignatureBackend } from "@/kernel/signature.ts";
import type { Platform } from "./platform.ts";

const EXACT: SignatureBackend = { name: "exact", verify: verifySignature };

/** How a signature ended, and the same as a check among others. */
export interface SignatureOutcome {
  readonly outcome: ClaimOutcome;
  readonly check: Check;
}

/**
 * Verifies the signature of one receipt by the platform's rule and by the exact one, which decides: where
 * they differ, nothing is said to fit. Null where there is no claim to check.
 */
export async function checkSignature(
  { claim }: ReceiptInspection,
  platform: Platform,
): Promise<SignatureOutcome | null> {
  if (claim === null) {
    return null;
  }
  const outcome = await checkClaim(claim, EXACT);
  const fast = platform.exact ? outcome : await checkClaim(claim, platform.backend);
  const failed = (code: "SIG-002" | "SIG-007", actual: string | null): Check => ({
    name: "signature",
    outcome: { kind: "failed", code, pointer: claim.pointer, expected: null, actual },
  });
  if (fast.kind !== outcome.kind) {
    return { outcome, check: failed("SIG-007", `${platform.backend.name} says: ${fast.kind}`) };
  }
  switch (outcome.kind) {
    case "fits": {
      const note = outcome.preimage === "normal" ? {} : { note: `as ${outcome.preimage}` };
      return { outcome, check: { name: "signature", outcome: { kind: "passed", ...note } } };
    }
    case "does-not-fit":
      return { outcome, check: failed("SIG-002", null) };
    case "unsupported": {
      const { why } = outcome;
      return { outcome, check: { name: "signature", outcome: { kind: "not-checked", why } } };
    }
  }
}

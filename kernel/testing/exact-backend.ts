import { verifySignature } from "../crypto/ed25519.ts";
import type { SignatureBackend } from "../signature.ts";

/** The kernel's own rule as a back end: slow, exact, and the same in every test. */
export const exactBackend: SignatureBackend = { name: "exact", verify: verifySignature };

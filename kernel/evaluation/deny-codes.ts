/** Every reason why a call is denied, with its names in the error registry (kernel semantics 9). */
export interface DenyReason {
  readonly urn: string;
  readonly legacy: string;
  readonly number: number;
}

const URN = "urn:chio:error:";
const KERNEL = "CHIO-KERNEL-";

function reason(urn: string, legacy: string, number: number): DenyReason {
  return { urn: URN + urn, legacy: KERNEL + legacy, number };
}

export const DENY = {
  "no-capability": reason("transport:auth-missing-or-invalid", "CAPABILITY-MISSING", 1100),
  "capability-unreadable": reason("capability:signature-invalid", "INVALID-SIGNATURE", 2100),
  "untrusted-issuer": reason("capability:signature-invalid", "UNTRUSTED-ISSUER", 2100),
  "invalid-signature": reason("capability:signature-invalid", "INVALID-SIGNATURE", 2100),
  "not-yet-valid": reason("capability:not-yet-valid", "CAPABILITY-NOT-YET-VALID", 2101),
  expired: reason("capability:expired", "CAPABILITY-EXPIRED", 2101),
  "lifetime-exceeded": reason("capability:expired", "CAPABILITY-EXPIRED", 2101),
  revoked: reason("capability:revoked", "CAPABILITY-REVOKED", 2102),
  "issuer-revoked": reason("capability:revoked", "CAPABILITY-REVOKED", 2102),
  "ancestor-revoked": reason("delegation:chain-revoked", "DELEGATION-CHAIN-REVOKED", 2102),
  "delegation-invalid": reason("delegation:invalid", "DELEGATION-INVALID", 2100),
  "unsupported-capability": reason("policy:constraint-invalid", "INVALID-CONSTRAINT", 2100),
  "subject-mismatch": reason("capability:subject-mismatch", "SUBJECT-MISMATCH", 2100),
  "out-of-scope": reason("capability:scope-exceeded", "OUT-OF-SCOPE-TOOL", 2100),
  "constraint-invalid": reason("policy:constraint-invalid", "INVALID-CONSTRAINT", 2100),
  "constraint-unchecked": reason("policy:constraint-invalid", "INVALID-CONSTRAINT", 2100),
  "dpop-invalid": reason("transport:dpop-verification-failed", "DPOP-VERIFICATION-FAILED", 1100),
  "dpop-replayed": reason("replay:deterministic-mismatch", "DPOP-VERIFICATION-FAILED", 1100),
  "tool-not-registered": reason("manifest:tool-not-registered", "TOOL-NOT-REGISTERED", 5100),
  "guard-denied": reason("guard:denied", "GUARD-DENIED", 3100),
  "guard-error": reason("guard:denied", "GUARD-DENIED", 3100),
  "budget-exhausted": reason("kernel:budget-exhausted", "BUDGET-EXHAUSTED", 4100),
  "budget-error": reason("kernel:internal-error", "BUDGET-STORE", 6100),
  "tool-server-error": reason("provider:tool-server-error", "TOOL-SERVER", 5100),
  "output-blocked": reason("guard:denied", "GUARD-DENIED", 3100),
  "emergency-stop": reason("policy:decision-denied", "EMERGENCY-STOP", 2100),
  "internal-error": reason("kernel:internal-error", "INTERNAL", 6100),
} as const satisfies Record<string, DenyReason>;

export type DenyCode = keyof typeof DENY;

/** What a receipt of an allowed call says instead. */
export const NO_ERROR_URN = `${URN}none`;
export const INPUT_REDACTED_URN = `${URN}guard:input-redacted`;
export const OUTPUT_REDACTED_URN = `${URN}guard:output-redacted`;

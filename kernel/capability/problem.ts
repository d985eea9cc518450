import type { DenyCode } from "../evaluation/deny-codes.ts";

/** Why a capability does not carry a call: the code of the denial and its reason, as a receipt states it. */
export interface CapabilityProblem {
  readonly code: DenyCode;
  readonly reason: string;
}

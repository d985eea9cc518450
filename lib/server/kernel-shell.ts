import type { Signer } from "@/kernel/signer.ts";
import type { EmergencyStop } from "./emergency-stop.ts";
import type { AdmissionRules } from "./http/admission.ts";
import type { Door } from "./http/door.ts";
import type { HttpLimits } from "./http/limits.ts";
import type { RateLimiter } from "./http/rate-limit.ts";
import type { IssuedStore } from "./issuance/issued-store.ts";
import type { ControlToken } from "./keys/control-token.ts";
import type { Keyring } from "./keys/keyring.ts";
import type { LiveParts } from "./live/model.ts";
import type { LineageStore } from "./store/lineage-store.ts";
import type { ReceiptStore } from "./store/receipt-store.ts";
import type { RevocationStore } from "./store/revocation-store.ts";

/** How well the server is: `unhealthy` where it cannot store what it decides, `degraded` where it is stopped. */
export type Health = "healthy" | "degraded" | "unhealthy";

/** The door that every request passes, whatever stands behind it. */
export interface ShellDoor extends AdmissionRules {
  readonly controlToken: ControlToken;
  readonly limits: HttpLimits;
  readonly rate: RateLimiter;
  readonly door: Door;
  /** Tells the operator of a bug; its text goes nowhere else. */
  report(problem: unknown): void;
}

/** The kernel and everything that it stands on, one for each process. Routes see the server through this. */
export interface KernelShell extends ShellDoor {
  readonly version: string;
  readonly live: LiveParts;
  /** A key of this process alone, for receipts that are no evidence. */
  readonly demoSigner: Signer;
  readonly keyring: Keyring;
  readonly issued: IssuedStore;
  /** Longest life of an issued token, in seconds. */
  readonly maxTtl: bigint;
  readonly receipts: ReceiptStore;
  readonly revocations: RevocationStore;
  readonly lineage: LineageStore;
  readonly emergency: EmergencyStop;
  health(): Health;
  /** The whole log as a zip of an evidence folder, checkpointed up to its end. */
  evidence(): AsyncGenerator<Uint8Array, void>;
  close(): Promise<void>;
}

import type { Primitives } from "@/kernel/primitives.ts";
import type { SignatureBackend } from "@/kernel/signature.ts";

/** What a shell lends the verification: hashing, and the fast signature rule. */
export interface Platform {
  readonly primitives: Primitives;
  readonly backend: SignatureBackend;
  /** Whether `backend` is the kernel's own exact rule, which needs no referee. */
  readonly exact: boolean;
  /** Seeds the referee's sampling, so that a run can be repeated. */
  readonly seed: number;
}

import type { BudgetEvent } from "@/kernel/economics/model.ts";
import type { Result } from "@/kernel/result.ts";
import type { Reservation } from "../log/log-entry.ts";
import type { TakenNonce } from "../store/nonce-store.ts";
import type { LiveParts } from "./model.ts";

/** What one call has taken: in force at once for every other call, and durable before anything is answered. */
export interface CallLedger {
  apply(event: BudgetEvent): Result<"applied" | "repeated", string>;
  takeNonce(key: string, expiresAt: bigint, now: bigint): boolean;
  /** What was taken since the last time; each is handed out once. */
  drain(): Reservation;
}

export function callLedger(parts: Pick<LiveParts, "budgets" | "takeNonce">): CallLedger {
  let budget: BudgetEvent[] = [];
  let nonces: TakenNonce[] = [];
  return {
    apply(event) {
      const applied = parts.budgets.apply(event);
      if (applied.ok && applied.value === "applied") {
        budget.push(event);
      }
      return applied;
    },
    takeNonce(key, expiresAt, now) {
      const taken = parts.takeNonce(key, expiresAt, now);
      if (taken) {
        nonces.push({ key, expiresAt });
      }
      return taken;
    },
    drain() {
      const drained = { budget, nonces };
      budget = [];
      nonces = [];
      return drained;
    },
  };
}

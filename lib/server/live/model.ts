import type { VerifyNow } from "@/kernel/capability/model.ts";
import type { BudgetBook } from "@/kernel/economics/book.ts";
import type { ToolCall } from "@/kernel/evaluation/call.ts";
import type {
  Evaluation,
  KernelContext,
  LoadedPolicy,
  PresentedCapability,
} from "@/kernel/evaluation/model.ts";
import type { CallOutcome, ParentLink } from "@/kernel/evaluation/receipt.ts";
import type { GuardMemory } from "@/kernel/guards/guard.ts";
import type { JsonObject, JsonValue } from "@/kernel/json/value.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import type { Signer } from "@/kernel/signer.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";
import type { Lineage } from "../lineage.ts";
import type { ReceiptLog } from "../log/receipt-log.ts";

/** A call that is to be judged under this server's policy and, if allowed and asked for, run. */
export interface LiveRequest {
  readonly capability: PresentedCapability;
  readonly call: ToolCall;
  readonly dpop: JsonValue | null;
  readonly parent: ParentLink | null;
  /** Whether an allowed tool call runs here; otherwise its caller runs it. */
  readonly dispatch: boolean;
  /** Further members of the receipt's metadata. */
  readonly metadata: JsonObject;
  /** Receipts of another form about the same call, made and stored together with it. */
  readonly beside?: (answer: JudgedAnswer) => readonly JsonObject[];
}

/** A call's receipt before it is stored: nobody outside may see it yet. */
export type JudgedAnswer = Omit<LiveAnswer, "beside">;

/** What came of it. The receipt is durable by the time that anyone holds this. */
export interface LiveAnswer {
  readonly evaluation: Evaluation;
  readonly outcome: CallOutcome;
  readonly receipt: JsonObject;
  /** Beside the receipt of a call whose reported cost does not fit what was held. */
  readonly reconciliation: JsonObject | null;
  /** What the request asked to have made beside it. */
  readonly beside: readonly JsonObject[];
}

/** What stands behind live evaluations. */
export interface LiveParts {
  readonly policy: LoadedPolicy;
  readonly trustedIssuers: () => ReadonlySet<string>;
  readonly isRevoked: (id: string) => boolean;
  readonly lineage: Lineage;
  readonly takeNonce: KernelContext["takeNonce"];
  /** In memory, so that no two calls see the same money; the log makes it durable. */
  readonly budgets: BudgetBook;
  readonly memory: GuardMemory;
  readonly dispatcher: Dispatcher | null;
  readonly emergencyStop: () => string | null;
  readonly signer: () => Signer;
  readonly receiptForm: "v1" | "pre-v1";
  readonly log: Pick<ReceiptLog, "append" | "reserve">;
  /** Unix milliseconds. */
  readonly clock: () => bigint;
  readonly verify: VerifyNow;
  readonly primitives: Primitives;
  /** Tells the operator of a bug. */
  readonly report: (problem: unknown) => void;
}

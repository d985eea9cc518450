import { parsePublicKey } from "@/kernel/crypto/key.ts";
import { asText, asU64, type JsonObject, member } from "@/kernel/json/value.ts";
import type { ReceiptForm } from "@/kernel/receipt/detect.ts";
import { inspectReceipt } from "@/kernel/receipt/inspect.ts";
import { checkClaimNow } from "@/kernel/signature.ts";
import type { KernelShell } from "./kernel-shell.ts";
import type { KeyRecord } from "./keys/key-history.ts";

/**
 * Whether a receipt of one of these forms is whole and signed by a kernel key of this server in its time. A receipt that is signed by whoever sent it proves nothing, so it is not valid here.
 */
export function verifies(
  receipt: JsonObject,
  forms: readonly ReceiptForm[],
  { live, keyring }: Pick<KernelShell, "live" | "keyring">,
): boolean {
  const { form, checks, claim } = inspectReceipt(receipt, live.primitives);
  return (
    forms.includes(form) &&
    claim !== null &&
    isOurs(receipt, keyring.records()) &&
    checks.every(({ outcome }) => outcome.kind !== "failed") &&
    checkClaimNow(claim, live.verify).kind === "fits"
  );
}

/** A retired key vouches for its own time alone: whoever got hold of it later signs nothing new. */
function isOurs(receipt: JsonObject, records: readonly KeyRecord[]): boolean {
  const key = parsePublicKey(asText(member(receipt, "kernel_key")) ?? "");
  const at = asU64(member(receipt, "timestamp"));
  return (
    key.ok &&
    at !== undefined &&
    records.some(
      (record) =>
        record.role === "kernel" &&
        record.key === key.value.canonical &&
        (record.validFrom === null || record.validFrom <= at) &&
        (record.retiredAt === null || at < record.retiredAt),
    )
  );
}

import { parsePublicKey } from "@/kernel/crypto/key.ts";
import { asText, type JsonObject, member } from "@/kernel/json/value.ts";
import type { ReceiptForm } from "@/kernel/receipt/detect.ts";
import { inspectReceipt } from "@/kernel/receipt/inspect.ts";
import { checkClaimNow } from "@/kernel/signature.ts";
import type { KernelShell } from "./kernel-shell.ts";

/**
 * Whether a receipt of one of these forms is whole and signed by a kernel key of this server, present or
 * retired. A receipt that is signed by whoever sent it proves nothing, so it is not valid here.
 */
export function verifies(
  receipt: JsonObject,
  forms: readonly ReceiptForm[],
  { live, keyring }: Pick<KernelShell, "live" | "keyring">,
): boolean {
  const { form, checks, claim } = inspectReceipt(receipt, live.primitives);
  const key = parsePublicKey(asText(member(receipt, "kernel_key")) ?? "");
  return (
    forms.includes(form) &&
    claim !== null &&
    key.ok &&
    keyring.publicKeys("kernel").includes(key.value.canonical) &&
    checks.every(({ outcome }) => outcome.kind !== "failed") &&
    checkClaimNow(claim, live.verify).kind === "fits"
  );
}

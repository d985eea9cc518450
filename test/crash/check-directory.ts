import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseJson } from "@/kernel/json/parse.ts";
import { asText, isObject, member } from "@/kernel/json/value.ts";
import { trustBundle } from "@/kernel/trust/trust-bundle.ts";
import { parseTrustFile } from "@/kernel/trust/trust-file.ts";
import { nodePlatform } from "@/lib/cli/node-platform.ts";
import { nodeInputs } from "@/lib/cli/node-sources.ts";
import { verifyInputs } from "@/lib/cli/verify-inputs.ts";
import { openKeyring } from "@/lib/server/keys/keyring.ts";
import { storedChain } from "@/lib/server/log/chain-state.ts";
import { BUDGET_STORE } from "@/lib/server/store/budget-store.ts";
import { checkpointStore } from "@/lib/server/store/checkpoint-store.ts";
import { RECEIPT_STORE, receiptStore } from "@/lib/server/store/receipt-store.ts";
import { REVOCATION_STORE } from "@/lib/server/store/revocation-store.ts";
import { integerAt, openForReading } from "@/lib/server/store/sqlite.ts";
import type { VerificationReport } from "@/lib/verification/report.ts";
import type { Acknowledged } from "./crash-target.ts";

/** What a killed process left, against what it had acknowledged. Empty where everything holds. */
export function missingFrom(
  directory: string,
  acknowledged: readonly Acknowledged[],
): readonly string[] {
  const receipts = openForReading(join(directory, RECEIPT_STORE));
  const budgets = openForReading(join(directory, BUDGET_STORE));
  const revocations = openForReading(join(directory, REVOCATION_STORE));
  const store = receiptStore(receipts);
  const place = receipts.prepare(
    "SELECT source_seq, receipt_kind FROM claim_receipt_log_entries WHERE receipt_id = ?",
  );
  const event = budgets.prepare("SELECT 1 FROM budget_mutation_events WHERE event_id = ?");
  const taken = revocations.prepare("SELECT 1 FROM explorer_taken_nonces WHERE nonce_key = ?");
  const problems: string[] = [];
  for (const { id, seq, child, hold, nonce } of acknowledged) {
    const text = store.byId(id);
    const row = place.first(id);
    if (text === null || row === null || idIn(text) !== id) {
      problems.push(`${id} was acknowledged and is not in the log`);
      continue;
    }
    if (seq !== null && integerAt(row, 0) !== BigInt(seq)) {
      problems.push(`${id} was acknowledged as ${seq} and is ${integerAt(row, 0)}`);
    }
    if (row[1] !== (child ? "child_receipt" : "tool_receipt")) {
      problems.push(`${id} is of another kind`);
    }
    if (hold !== null && event.first(`${hold}:authorize`) === null) {
      problems.push(`the spend of ${hold} is forgotten`);
    }
    if (nonce !== null && taken.first(nonce) === null) {
      problems.push(`the nonce ${nonce} may be taken again`);
    }
  }
  try {
    storedChain(checkpointStore(receipts), nodePlatform().primitives);
  } catch (problem) {
    problems.push(String(problem));
  }
  for (const connection of [receipts, budgets, revocations]) {
    connection.close();
  }
  return problems;
}

function idIn(text: string): string | null {
  const parsed = parseJson(text);
  const receipt = parsed.ok ? parsed.value.value : null;
  return isObject(receipt) ? (asText(member(receipt, "id")) ?? null) : null;
}

/**
 * Copies the receipt store as the kill left it, the write-ahead log first: a connection of an earlier check
 * may end at any time and move its frames into the file, and frames that are there twice change nothing.
 */
function copied(directory: string): string {
  mkdirSync(join(directory, "left"));
  for (const name of [`${RECEIPT_STORE}-wal`, RECEIPT_STORE]) {
    if (existsSync(join(directory, name))) {
      copyFileSync(join(directory, name), join(directory, "left", name));
    }
  }
  return directory;
}

/** The verdict of this project's own verification on the store that was left, with the server's keys pinned. */
export async function verifyDirectory(directory: string): Promise<VerificationReport> {
  const platform = nodePlatform();
  const keyring = openKeyring({
    directory,
    mode: "separate",
    environment: {},
    now: () => BigInt(Math.floor(Date.now() / 1000)),
    primitives: platform.primitives,
  });
  if (!keyring.ok) {
    throw new Error(`the keys cannot be opened: ${keyring.error.kind}`);
  }
  const trust = parseTrustFile(keyring.value.trustBundle(), platform.primitives);
  const inputs = await nodeInputs(["left"], { cwd: copied(directory), stdin: process.stdin });
  if (!trust.ok || !inputs.ok) {
    throw new Error("the directory cannot be verified");
  }
  const options = { trust: trustBundle(trust.value), platform };
  return (await verifyInputs(inputs.value.inputs, options)).verdict.report;
}

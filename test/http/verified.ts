import { expect } from "vitest";
import type { JsonObject, JsonValue } from "@/kernel/json/value.ts";
import { inspectReceipt } from "@/kernel/receipt/inspect.ts";
import { checkClaim } from "@/kernel/signature.ts";
import { nodePlatform } from "@/lib/cli/node-platform.ts";
import { at, objectAt, type TestServer } from "./server.ts";

const { primitives } = nodePlatform();
const { backend } = nodePlatform({ exactOnly: true });

/** Holds a receipt to the project's own verifier, and its signer to a key. */
export async function expectVerified(receipt: JsonObject, kernelKey: string): Promise<void> {
  const { checks, claim } = inspectReceipt(receipt, primitives);
  expect(checks.filter(({ outcome }) => outcome.kind === "failed")).toEqual([]);
  expect(claim).not.toBeNull();
  expect(claim === null ? null : await checkClaim(claim, backend)).toMatchObject({ kind: "fits" });
  expect(at(receipt, "kernel_key")).toBe(kernelKey);
}

export function kernelKey({ shell }: TestServer): string {
  return shell.keyring.signer("kernel").publicKey;
}

/** Holds an answer to a signed deny that is in the log, word for word. */
export async function expectSignedDeny(
  server: TestServer,
  answer: JsonValue,
  expected: { readonly guard: string; readonly reason: RegExp; readonly urn: string },
): Promise<JsonObject> {
  const receipt = objectAt(answer, "receipt");
  await expectVerified(receipt, kernelKey(server));
  expect(at(answer, "verdict", "verdict")).toBe("deny");
  expect(at(receipt, "decision", "verdict")).toBe("deny");
  expect(at(receipt, "decision", "guard")).toBe(expected.guard);
  expect(at(receipt, "decision", "reason")).toMatch(expected.reason);
  expect(at(receipt, "metadata", "chio_explorer", "reason_code")).toBe(
    `urn:chio:error:${expected.urn}`,
  );
  expect(at(receipt, "content_hash")).toBe(HASH_OF_NULL);
  expect(at(answer, "output")).toBeUndefined();
  const logged = await server.get(`/v1/receipts/query?limit=200&outcome=deny`, { control: true });
  expect(at(logged.json, "receipts")).toContainEqual(receipt);
  return receipt;
}

/** SHA-256 of the four octets `null`: nothing was delivered. */
const HASH_OF_NULL = "74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b";

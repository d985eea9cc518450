import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inspectCheckpoint } from "../checkpoint/inspect.ts";
import { signCheckpoint } from "../checkpoint/sign.ts";
import { purePrimitives } from "../crypto/sha256.ts";
import { toHex } from "../encoding.ts";
import { evaluate } from "../evaluate.ts";
import { canonicalize } from "../json/canonicalize.ts";
import { isArray, isObject, type JsonObject, type JsonValue } from "../json/value.ts";
import { leafHash } from "../merkle/hasher.ts";
import { rootFromInclusionProof } from "../merkle/proof.ts";
import { merkleTree } from "../merkle/tree.ts";
import { checkClaim } from "../signature.ts";
import { arbitraryJson } from "../testing/arbitrary-json.ts";
import {
  callWith,
  contextWith,
  INVOKE,
  KERNEL_SEED,
  START,
  tokenWith,
} from "../testing/evaluation.ts";
import { exactBackend } from "../testing/exact-backend.ts";
import { codes, inspect, preimage } from "../testing/receipts.ts";
import { receiptBody, signReceipt } from "./receipt.ts";

/**
 * P4, receipts and checkpoints: what the kernel signs verifies, nothing in it can be changed unnoticed, and a
 * leaf proves itself under the root of its checkpoint and no other leaf does.
 */
const TOKEN = tokenWith({ scope: { grants: [{ ...INVOKE, tool_name: "*" }] } });

function receiptOf(toolName: string, value: JsonValue, form: "v1" | "pre-v1"): JsonObject {
  const call = callWith({ toolName, arguments: value });
  const evaluation = evaluate(
    { capability: { kind: "token", token: TOKEN }, call, dpop: null },
    contextWith(),
  );
  const { verdict } = evaluation;
  const body = receiptBody({
    call,
    evaluation,
    outcome:
      verdict.kind === "allow"
        ? { kind: "allowed", allowance: verdict, output: value, outputRedacted: false }
        : { kind: "denied", denial: verdict.denial },
    timestamp: BigInt(START),
    policyHash: evaluation.trace.length === 0 ? "" : "ab".repeat(32),
    nonce: "rcpt-0001",
    parent: null,
    metadata: {},
    demo: false,
  });
  return signReceipt(body, form, KERNEL_SEED);
}

const receipts = fc
  .tuple(
    fc.constantFrom("tool", "read_file", "bash", "sql"),
    arbitraryJson,
    fc.constantFrom("v1" as const, "pre-v1" as const),
  )
  .map(([tool, value, form]) => receiptOf(tool, value, form));

/** Every copy of a value in which one leaf is another one, or one member is gone. */
function* changed(value: JsonValue): Generator<JsonValue> {
  if (isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield value.filter((_, place) => place !== index);
      for (const other of changed(item)) {
        yield value.with(index, other);
      }
    }
  } else if (isObject(value)) {
    for (const [name, item] of Object.entries(value)) {
      const rest = Object.entries(value).filter(([other]) => other !== name);
      yield Object.fromEntries(rest);
      for (const other of changed(item)) {
        yield Object.fromEntries([...rest, [name, other]]);
      }
    }
  } else {
    yield typeof value === "string" ? `${value}x` : value === null ? 0 : null;
  }
}

async function holds(receipt: JsonObject): Promise<boolean> {
  const inspection = inspect(receipt);
  return (
    inspection.form !== null &&
    codes(inspection).length === 0 &&
    (await preimage(inspection)) === "normal"
  );
}

describe("P4: receipts and checkpoints", () => {
  it("signs what verifies", async () => {
    await fc.assert(
      fc.asyncProperty(receipts, async (receipt) => {
        expect(await holds(receipt)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("binds every value of a receipt: each changed leaf and each missing member is noticed", async () => {
    for (const form of ["v1", "pre-v1"] as const) {
      const receipt = receiptOf("tool", { amount: "120.00", list: [1, { deep: true }] }, form);
      expect(await holds(receipt)).toBe(true);
      let tried = 0;
      for (const other of changed(receipt)) {
        // What a signer leaves out by default may be left out afterwards: the same text is signed.
        if (canonicalize(other) === canonicalize(receipt)) {
          continue;
        }
        tried += 1;
        expect([canonicalize(other), isObject(other) && (await holds(other))]).toEqual([
          canonicalize(other),
          false,
        ]);
      }
      expect(tried).toBeGreaterThan(80);
    }
  }, 60_000);

  it("proves each receipt under its checkpoint, and no other in its place", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(receipts, { minLength: 1, maxLength: 9 }), async (batch) => {
        const leaves = batch.map((receipt) => leafHash(purePrimitives.utf8(canonicalize(receipt))));
        const tree = merkleTree(leaves);
        const root = toHex(tree.root);
        const checkpoint = signCheckpoint(
          {
            schema: "chio.checkpoint_statement.v1",
            checkpoint_seq: 1,
            batch_start_seq: 1,
            batch_end_seq: batch.length,
            tree_size: batch.length,
            merkle_root: `0x${root}`,
            issued_at: START,
          },
          KERNEL_SEED,
        );
        const { claim } = inspectCheckpoint(checkpoint, purePrimitives);
        expect(claim !== null && (await checkClaim(claim, exactBackend)).kind).toBe("fits");
        for (const [index, leaf] of leaves.entries()) {
          const path = tree.inclusionProof(index);
          const rootFrom = (candidate: Uint8Array): string | null => {
            const proven = rootFromInclusionProof({
              leaf: candidate,
              index,
              size: batch.length,
              path,
            });
            return proven.ok ? toHex(proven.value) : null;
          };
          expect(rootFrom(leaf)).toBe(root);
          for (const other of leaves) {
            expect(rootFrom(other) === root).toBe(toHex(other) === toHex(leaf));
          }
        }
      }),
      { numRuns: 15 },
    );
  });
});

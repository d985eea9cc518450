import { describe, expect, it } from "vitest";
import { sign } from "@/kernel/crypto/ed25519.ts";
import { toHex, utf8 } from "@/kernel/encoding.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { asText, type JsonObject, member } from "@/kernel/json/value.ts";
import { STRENGTHS } from "@/lib/chain/model.ts";
import { keyOf, seedOf } from "./testing/keys.ts";
import { signedStep } from "./testing/steps.ts";
import { verify } from "./testing/verify.ts";

/** How strong the only link of a log is. */
async function strengthOf(receipts: readonly JsonObject[]): Promise<string | undefined> {
  const log = receipts.map((receipt) => JSON.stringify(receipt)).join("\n");
  const { chain } = await verify({ log });
  expect(chain.edges.count).toBe(1);
  return STRENGTHS[chain.edges.strength[0] ?? -1];
}

const root = signedStep({ id: "root" });

describe("a parent_receipt", () => {
  it("that the receipt was signed with is verified", async () => {
    const { signature: _, ...unsigned } = signedStep({ id: "child" });
    const body: JsonObject = {
      ...unsigned,
      kernel_key: `ed25519:${keyOf(seedOf("kernel"))}`,
      parent_receipt: "root",
    };
    const signature = `ed25519:${toHex(sign(seedOf("kernel"), utf8(canonicalize(body))))}`;
    expect(await strengthOf([root, { ...body, signature }])).toBe("verified");
  });

  it("that somebody added and dressed up as the documentation's form is not", async () => {
    const child = signedStep({ id: "child" });
    const signature = `ed25519:${asText(member(child, "signature"))}`;
    expect(await strengthOf([root, { ...child, signature, parent_receipt: "root" }])).toBe(
      "asserted",
    );
  });

  it("that somebody added to a signed receipt is not", async () => {
    const child = signedStep({ id: "child" });
    expect(await strengthOf([root, { ...child, parent_receipt: "root" }])).toBe("asserted");
  });
});

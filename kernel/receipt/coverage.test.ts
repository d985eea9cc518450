import { describe, expect, it } from "vitest";
import { verifySignature } from "../crypto/ed25519.ts";
import { checkClaimNow } from "../signature.ts";
import { BODY, inspect, SEED } from "../testing/receipts.ts";
import { actionOf, signPreV1 } from "./sign.ts";

describe("coverage", () => {
  it("lists every member once, in the record's order", () => {
    const receipt = {
      ...signPreV1({ ...BODY, action: actionOf({ amount: "12", currency: "EUR" }) }, SEED),
      trust_level: "mediated",
      note: "reviewed",
      algorithm: "ed25519",
    };
    const lines = inspect(receipt)
      .coverage()
      .map(({ pointer, coverage, reason }) => `${pointer} ${coverage} ${reason}`.trim());
    expect(lines).toEqual([
      "/id covered",
      "/timestamp covered",
      "/capability_id covered",
      "/tool_server covered",
      "/tool_name covered",
      "/action/parameters/amount covered",
      "/action/parameters/currency covered",
      "/action/parameter_hash covered",
      "/decision/verdict covered",
      "/content_hash covered",
      "/policy_hash covered",
      "/kernel_key covered",
      "/signature not-covered the signature itself",
      "/trust_level left-out default, left out",
      "/note not-covered extra field",
      "/algorithm not-covered a hint",
    ]);
  });

  it("covers no extra member of a receipt whose signature was only given a prefix", async () => {
    const signed = signPreV1(BODY, SEED);
    const dressed = {
      ...signed,
      signature: `ed25519:${String(signed["signature"])}`,
      parent_receipt: "somebody",
    };
    const { form, claim, coverage } = inspect(dressed);
    const outcome = claim === null ? null : checkClaimNow(claim, verifySignature);
    expect([form, outcome?.kind]).toEqual(["documentation", "fits"]);
    const preimage = outcome?.kind === "fits" ? outcome.preimage : "normal";
    const extra = coverage(preimage).find(({ pointer }) => pointer === "/parent_receipt");
    expect(extra?.coverage).toBe("not-covered");
  });
});

import { describe, expect, it } from "vitest";
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
});

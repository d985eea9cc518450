import { describe, expect, it } from "vitest";
import type { JsonObject } from "../json/value.ts";
import { BODY, CHILD_BODY, HASH, HTTP_BODY, KEY, MEDIATED, SEED } from "../testing/receipts.ts";
import { detectForm } from "./detect.ts";
import { signChild, signHttp, signPreV1, signV1 } from "./sign.ts";

describe("detectForm", () => {
  const receipts = {
    "pre-v1": signPreV1(BODY, SEED),
    v1: signV1(MEDIATED, SEED),
    child: signChild(CHILD_BODY, SEED),
    http: signHttp(HTTP_BODY, SEED),
  };

  it.each(Object.entries(receipts))("%s survives the loss of any member", (form, receipt) => {
    expect(detectForm(receipt)).toBe(form);
    for (const name of Object.keys(receipt)) {
      const { [name]: _removed, ...rest } = receipt;
      expect([name, detectForm(rest)]).not.toEqual([name, null]);
      expect([name, detectForm({ ...rest, [name]: 1 })]).not.toEqual([name, null]);
    }
  });

  it.each<readonly [string, JsonObject]>([
    ["a token", { id: "c", issuer: KEY, subject: KEY, scope: {}, issued_at: 1, signature: "" }],
    ["a checkpoint", { body: { kernel_key: KEY, merkle_root: HASH }, signature: "" }],
    ["a flattened checkpoint", { kernel_key: KEY, tree_size: 1, merkle_root: HASH, signature: "" }],
    [
      "a dead letter",
      {
        version: "chio-streaming/dlq/v1",
        request_id: "r",
        verdict: "deny",
        reason: "x",
        guard: "g",
        receipt_id: "i",
      },
    ],
    [
      "an audit row",
      {
        receipt_id: "r",
        capability_id: "c",
        tool_id: "t",
        decision: "allow",
        policy_hash: "p",
        timestamp: "t",
      },
    ],
    [
      "a store's columns",
      {
        receipt_id: "r",
        capability_id: "c",
        tool_server: "s",
        tool_name: "n",
        policy_hash: "p",
        content_hash: "h",
      },
    ],
    ["a log line", { level: "info", message: "signature ok", timestamp: 1 }],
  ])("leaves %s alone", (_, value) => {
    expect(detectForm(value)).toBeNull();
  });
});

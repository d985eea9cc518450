import { describe, expect, it } from "vitest";
import { publicKeyOf, verifySignature } from "@/kernel/crypto/ed25519.ts";
import { purePrimitives, sha256 } from "@/kernel/crypto/sha256.ts";
import { toHex, utf8 } from "@/kernel/encoding.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { signPreV1 } from "@/kernel/receipt/sign.ts";
import { differencesOf, findRepair } from "./repair.ts";

const seed = new Uint8Array(32).fill(0x51);
const otherKey = toHex(publicKeyOf(new Uint8Array(32).fill(0x52)));
const platform = {
  primitives: purePrimitives,
  backend: { name: "exact", verify: verifySignature },
  exact: true,
  seed: 1,
};

function receipt(amount: string): JsonObject {
  const parameters = { amount, order: "o-1" };
  return {
    id: "rcpt-1",
    timestamp: 1_776_270_871,
    capability_id: "cap-1",
    tool_server: "payments",
    tool_name: "approve_charge",
    action: { parameters, parameter_hash: toHex(sha256(utf8(canonicalize(parameters)))) },
    decision: { verdict: "allow" },
    content_hash: "00",
    policy_hash: "policy",
  };
}

function withAmount(signed: JsonObject, amount: string): JsonObject {
  const action = signed["action"] as JsonObject;
  return { ...signed, action: { ...action, parameters: { amount, order: "o-1" } } };
}

describe("the repair of a receipt that does not fit", () => {
  const signed = signPreV1(receipt("120.00"), seed);
  const edited = withAmount(signed, "12000.00");

  it("is the one value in which a fitting copy differs", async () => {
    const repair = await findRepair(edited, [{ row: 7, receipt: signed }], [], platform);
    expect(repair).toEqual({
      kind: "copy",
      copy: 7,
      differences: [
        { pointer: "/action/parameters/amount", here: '"12000.00"', wouldFit: '"120.00"' },
      ],
    });
  });

  it("names the deciding value alone where an unsigned member differs too", async () => {
    const noted = { ...edited, note: "reviewed" };
    const repair = await findRepair(noted, [{ row: 7, receipt: signed }], [], platform);
    expect(repair?.differences.map(({ pointer }) => pointer)).toEqual([
      "/action/parameters/amount",
    ]);
  });

  it("lists every difference where no single one decides", async () => {
    const twice = { ...edited, tool_name: "refund" };
    const repair = await findRepair(twice, [{ row: 7, receipt: signed }], [], platform);
    expect(repair?.differences).toHaveLength(2);
  });

  it("is another key of the data where only the key was replaced", async () => {
    const key = signed["kernel_key"] as string;
    const repair = await findRepair({ ...signed, kernel_key: otherKey }, [], [key], platform);
    expect(repair?.differences).toEqual([
      { pointer: "/kernel_key", here: JSON.stringify(otherKey), wouldFit: JSON.stringify(key) },
    ]);
  });

  it("is unknown where no copy fits and no key does", async () => {
    const copies = [{ row: 7, receipt: withAmount(signed, "1.00") }];
    expect(await findRepair(edited, copies, [otherKey], platform)).toBeNull();
  });
});

describe("differences", () => {
  it("treat a member as absent, not as null", () => {
    expect(differencesOf({ a: null }, {})).toEqual([
      { pointer: "/a", here: "null", wouldFit: null },
    ]);
  });

  it("reach into lists of one length and stop at others", () => {
    expect(differencesOf({ a: [1, 2] }, { a: [1, 3] })).toEqual([
      { pointer: "/a/1", here: "2", wouldFit: "3" },
    ]);
    expect(differencesOf({ a: [1] }, { a: [1, 3] })).toHaveLength(1);
  });

  it("name a hostile member without following it", () => {
    const hostile = JSON.parse('{"__proto__": 1}');
    expect(differencesOf(hostile, {})).toEqual([
      { pointer: "/__proto__", here: "1", wouldFit: null },
    ]);
  });
});

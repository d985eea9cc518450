import { describe, expect, it } from "vitest";
import { sign } from "@/kernel/crypto/ed25519.ts";
import { toHex, utf8 } from "@/kernel/encoding.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { lines } from "./testing/files.ts";
import { keyOf, type Pin, seedOf, trust } from "./testing/keys.ts";
import { receiptBody, signReceipt } from "./testing/log.ts";
import { codesOf, only, report, verify } from "./testing/verify.ts";

const seed = seedOf("kernel");
const KEY = keyOf(seed);
const AT = 1_000;
const at = (timestamp: number | bigint) => {
  const body = { ...receiptBody("r", 0), timestamp };
  return { "r.json": canonicalize(signReceipt(body, seed)) };
};

async function judged(timestamp: number | bigint, pin: Partial<Pin>): Promise<string> {
  const found = await report(at(timestamp), trust({ role: "kernel", key: KEY, ...pin }));
  return [found.headline, ...codesOf(found, "error")].join(" ");
}

describe("a pinned key", () => {
  it("holds from its start, which is inside", async () => {
    expect(await judged(AT - 1, { valid_from: AT })).toBe("does-not-verify KEY-003");
    expect(await judged(AT, { valid_from: AT })).toBe("verified");
  });

  it("holds up to its end, which is outside", async () => {
    expect(await judged(AT - 1, { valid_until: AT })).toBe("verified");
    expect(await judged(AT, { valid_until: AT })).toBe("does-not-verify KEY-003");
  });

  it("holds up to its retirement, which is outside", async () => {
    expect(await judged(AT - 1, { retired_at: AT })).toBe("verified");
    expect(await judged(AT, { retired_at: AT })).toBe("does-not-verify KEY-003");
  });

  it("that is retired does not sign at a time beyond exact numbers", async () => {
    expect(await judged(2n ** 60n, { retired_at: AT })).toBe("does-not-verify KEY-003");
    expect(await judged(2n ** 60n, {})).toBe("verified");
  });

  it("signs for its own role only", async () => {
    expect(await judged(AT, { role: "checkpoint" })).toBe("does-not-verify KEY-005");
    expect(await judged(AT, { key: keyOf(seedOf("other")) })).toBe("does-not-verify KEY-001");
  });

  it("is reported once, whatever it signed", async () => {
    const rows = [1, 2, 3].map((id) => signReceipt(receiptBody(String(id), id), seed));
    const pins = trust({ role: "kernel", key: keyOf(seedOf("other")) });
    const { verdict } = await verify({ "r.ndjson": lines(rows) }, pins);
    expect(only(verdict.report, "KEY-001").subject).toEqual({ kind: "key", id: KEY });
    expect(verdict.keys).toMatchObject([
      { key: KEY, standing: "not-pinned", receipts: { fit: 3, total: 3 } },
    ]);
  });
});

describe("statements and tool manifests", () => {
  const body = { schema: "chio.report.v1", id: "x" };
  const signature = toHex(sign(seed, utf8(canonicalize(body))));
  const files = { "s.json": JSON.stringify({ body, signerKey: KEY, signature }) };

  it("are signed by somebody too: with trust given, by a pinned key", async () => {
    const stranger = trust({ role: "kernel", key: keyOf(seedOf("other")) });
    const found = await report(files, stranger);
    expect(found.headline).toBe("does-not-verify");
    expect(codesOf(found, "error")).toEqual(["KEY-001"]);
  });

  it("may be signed by a key that is pinned for any role", async () => {
    const found = await report(files, trust({ role: "control_plane", key: KEY }));
    expect(found.headline).toBe("verified");
  });
});

describe("a key by itself", () => {
  it("that is weak proves nothing, with or without trust", async () => {
    const weak = `01${"00".repeat(31)}`;
    // The identity point: R = identity and S = 0 fit every message.
    const signature = `01${"00".repeat(63)}`;
    const receipt = { ...receiptBody("w", 1), kernel_key: weak, signature };
    for (const pins of [null, trust({ role: "kernel", key: KEY })]) {
      const { verdict } = await verify({ "w.json": JSON.stringify(receipt) }, pins);
      expect(verdict.report.headline).toBe("does-not-verify");
      expect(codesOf(verdict.report, "error")).toEqual(["KEY-002"]);
      expect(verdict.report.counts.by_status["does-not-verify"]).toBe(1);
      expect(verdict.keys[0]?.standing).toBe("weak");
    }
  });

  it("that is weak proves nothing under a statement either", async () => {
    const body = { schema: "chio.report.v1", id: "x" };
    const signed = { body, signerKey: `01${"00".repeat(31)}`, signature: `01${"00".repeat(63)}` };
    expect((await report({ "s.json": JSON.stringify(signed) })).headline).toBe("does-not-verify");
  });

  it("from a published seed carries a warning and may be pinned", async () => {
    const published = new Uint8Array(32).fill(7);
    const files = { "t.json": JSON.stringify(signReceipt(receiptBody("t", 1), published)) };
    const found = await report(files, trust({ role: "kernel", key: keyOf(published) }));
    expect(found.headline).toBe("verified");
    expect(codesOf(found)).toEqual(["KEY-004"]);
  });
});

import { tableFromIPC } from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NO_NUMBER } from "@/lib/verification/unit-result.ts";
import { receiptBatch, statusBatch } from "./receipt-batch.ts";
import { unitOf } from "./testing/unit.ts";

/** Well-formed text of any script: parsed JSON never holds a lone surrogate. */
const anyText = fc.string({ unit: "binary", maxLength: 12 });

describe("receipts as an Arrow stream", () => {
  it("says nothing for a unit without receipts", () => {
    const { result, texts } = unitOf(0, []);
    expect(receiptBatch("a", result, texts)).toBeNull();
  });

  it("reads back what was written, whatever the texts hold", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ reason: anyText, agent: anyText }), { minLength: 1, maxLength: 40 }),
        (all) => {
          const { result, texts } = unitOf(
            100,
            all.map(({ reason, agent }) => ({ texts: { reason, agent } })),
          );
          const stream = receiptBatch("log.ndjson", result, texts);
          const table = tableFromIPC(stream ?? new Uint8Array());
          const column = (name: string) => [...(table.getChild(name) ?? [])];
          expect(column("row")).toEqual(all.map((_, index) => 100 + index));
          expect(column("reason")).toEqual(all.map(({ reason }) => reason));
          expect(column("agent")).toEqual(all.map(({ agent }) => agent));
          expect(new Set(column("file"))).toEqual(new Set(["log.ndjson"]));
        },
      ),
    );
  });

  it("keeps 64-bit numbers whole and tells absent ones apart", () => {
    const { result, texts } = unitOf(0, [{ seq: 0n }, {}, { seq: (1n << 64n) - 2n }]);
    const table = tableFromIPC(receiptBatch("a", result, texts) ?? new Uint8Array());
    expect([...(table.getChild("seq") ?? [])]).toEqual([0n, null, (1n << 64n) - 2n]);
  });

  it("does not make code from strings, which a worker's policy forbids", () => {
    const made = globalThis.Function;
    let calls = 0;
    globalThis.Function = new Proxy(made, {
      construct() {
        calls += 1;
        throw new EvalError("refused by the policy");
      },
      apply() {
        calls += 1;
        throw new EvalError("refused by the policy");
      },
    });
    try {
      const { result, texts } = unitOf(0, [{}, {}]);
      expect(receiptBatch("a", result, texts)).not.toBeNull();
      statusBatch({
        row: Int32Array.of(0),
        integrity: Int32Array.of(0),
        integrityNames: ["verified"],
        inclusion: Int32Array.of(0),
        inclusionNames: ["included"],
        checkpointSeq: BigUint64Array.of(1n),
        copyOf: BigUint64Array.of(NO_NUMBER),
        speaks: Uint8Array.of(1),
      });
    } finally {
      globalThis.Function = made;
    }
    expect(calls).toBe(0);
  });
});

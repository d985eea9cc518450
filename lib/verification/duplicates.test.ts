import { describe, expect, it } from "vitest";
import { lines } from "./testing/files.ts";
import { seedOf } from "./testing/keys.ts";
import { receiptBody, signReceipt } from "./testing/log.ts";
import { codesOf, report, verify } from "./testing/verify.ts";

const seed = seedOf("kernel");
const receipt = signReceipt(receiptBody("same", 1), seed);
const other = signReceipt({ ...receiptBody("same", 1), tool_name: "other" }, seed);
const broken = { ...receipt, tool_name: "third" };

describe("one receipt more than once", () => {
  it("in one file is a warning for each repetition", async () => {
    const found = await report({ "a.ndjson": lines([receipt, receipt, receipt]) });
    expect(found.findings.map(({ code }) => code)).toEqual(["SEQ-002", "SEQ-002"]);
    expect(found.counts.receipts).toBe(1);
    expect(found.headline).toBe("self-consistent");
  });

  it("in two files is nothing to say", async () => {
    const found = await report({ "a.ndjson": lines([receipt]), "b.ndjson": lines([receipt]) });
    expect(found.findings).toEqual([]);
    expect(found.counts).toMatchObject({ rows: 2, receipts: 1 });
  });

  it("is known by its row in the first file, whichever was read first", async () => {
    const files = { "a.ndjson": lines([receipt]), "b.ndjson": lines([receipt]) };
    for (const order of [(): number[] => [0, 1], (): number[] => [1, 0]]) {
      const { chain } = await verify(files, null, { order });
      expect([...chain.nodes.row]).toEqual([0]);
    }
  });
});

describe("one id with two contents", () => {
  it("that are both signed is an error, across files too", async () => {
    const found = await report({ "a.ndjson": lines([receipt]), "b.ndjson": lines([other]) });
    expect(codesOf(found)).toEqual(["SEQ-004"]);
    expect(found.headline).toBe("does-not-verify");
  });

  it("of which one is edited is said, and counted by the edit", async () => {
    const found = await report({ "a.ndjson": lines([broken, receipt]) });
    expect(codesOf(found, "error")).toEqual(["SIG-002"]);
    expect(codesOf(found, "info")).toEqual(["SEQ-004"]);
    expect(found.counts.by_status).toMatchObject({ "does-not-verify": 1, "self-consistent": 0 });
  });
});

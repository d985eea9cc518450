import { describe, expect, it } from "vitest";
import { Dataset } from "./dataset.ts";
import { describeInputs } from "./describe-inputs.ts";
import { recordLine, signedStep } from "./testing/steps.ts";
import { report } from "./testing/verify.ts";

function described(recognisedAs: "write-ahead log" | "file"): string | undefined {
  const dataset = new Dataset();
  const path = "receipts.sqlite3-wal";
  dataset.addInput({ input: 0, path, sha256: "", size: 1, recognisedAs });
  const place = { collection: "", name: path, table: null } as const;
  dataset.addMembers([{ id: 0, input: 0, path, ...place, layout: "binary", sha256: "", size: 1 }]);
  return describeInputs(dataset, new Map(), () => false)[0]?.recognised_as;
}

describe("an input that is one file", () => {
  it("is called by what its first octets said", () => {
    expect(described("write-ahead log")).toBe("write-ahead log");
  });

  it("is called by its layout where they said nothing", () => {
    expect(described("file")).toBe("binary");
  });
});

describe("an exported topic", () => {
  const place = { topic: "t", partition: 0, offset: 1 };

  it("is called an export, and by what its records hold", async () => {
    const receipt = signedStep({ id: "a" });
    const { inputs } = await report({
      "events.ndjson": recordLine(place, []),
      "receipts.ndjson": recordLine(place, [], { version: "chio-streaming/v1", receipt }),
    });
    expect(
      inputs.map(({ recognised_as, rows, rejected }) => [recognised_as, rows, rejected]),
    ).toEqual([
      ["Kafka record export", 1, 0],
      ["Kafka record export, receipts (pre-v1)", 1, 0],
    ]);
  });
});

import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { folder, lines, stamped } from "./testing/files.ts";
import { log } from "./testing/log.ts";
import { codesOf, only, report } from "./testing/verify.ts";

const whole = stamped({ ...folder(log()), "evidence/README.txt": "Read me.\n" });
const MANIFEST = "evidence/manifest.json";
const manifest = JSON.parse(whole[MANIFEST] ?? "{}");
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

describe("a manifest", () => {
  it("that fits its folder says nothing", async () => {
    expect((await report(whole)).findings).toEqual([]);
  });

  it("finds white space that was changed in a file, and nothing else is wrong", async () => {
    const path = "evidence/receipts.ndjson";
    const found = await report({ ...whole, [path]: `${whole[path]}\n` });
    expect(codesOf(found)).toEqual(["MAN-001"]);
  });

  it("finds other bytes of the same number", async () => {
    const found = await report({ ...whole, "evidence/README.txt": "Red me!.\n" });
    expect(codesOf(found)).toEqual(["MAN-001"]);
    expect(only(found, "MAN-001").actual).toBe(`${sha256("Red me!.\n")}, 9 bytes`);
  });

  it("finds a file that is absent or not listed", async () => {
    const { "evidence/query.json": _, ...rest } = whole;
    const found = await report({
      ...rest,
      "evidence/extra.ndjson": whole["evidence/checkpoints.ndjson"] ?? "",
    });
    expect(codesOf(found)).toEqual(["MAN-002", "MAN-003"]);
    expect(only(found, "MAN-003").expected).toBe("query.json");
  });

  it.each([
    ["another count", { counts: { toolReceipts: 23 } }, "MAN-004"],
    ["another query", { query: { toolName: "x" } }, "MAN-005"],
    [
      "a path that leaves the folder",
      { files: [{ path: "../x", sha256: "", bytes: 1 }] },
      "MAN-006",
    ],
    ["files that are no list", { files: {} }, "MAN-006"],
  ])("with %s is an error", async (_, change, code) => {
    const found = await report({
      ...whole,
      [MANIFEST]: JSON.stringify({ ...manifest, ...change }),
    });
    expect(codesOf(found, "error")).toContain(code);
  });

  it("counts no row of a file that it does not list", async () => {
    const [receipt = {}] = log().receipts;
    const found = await report({ ...whole, "evidence/more.ndjson": lines([receipt]) });
    expect(codesOf(found)).toEqual(["MAN-002"]);
    expect(found.headline).toBe("self-consistent");
  });

  it.each([
    ["/proofCoverage/checkpointedReceipts", { proofCoverage: { checkpointedReceipts: 1 } }],
    ["/proofCoverage/uncheckpointedReceipts", { proofCoverage: { uncheckpointedReceipts: 9 } }],
    [
      "/claimBoundary/audit/checkpointWitnesses",
      { claimBoundary: { audit: { checkpointWitnesses: 99 } } },
    ],
    [
      "/claimBoundary/audit/inclusionProofs",
      { claimBoundary: { audit: { inclusionProofs: "24" } } },
    ],
  ])("with another %s is a warning", async (pointer, change) => {
    const found = await report({
      ...whole,
      [MANIFEST]: JSON.stringify({ ...manifest, ...change }),
    });
    expect(codesOf(found)).toEqual(["MAN-007"]);
    expect(only(found, "MAN-007")).toMatchObject({ severity: "warning", place: { pointer } });
  });

  it("makes documents of listed files that hold no record", async () => {
    const notes = "first\n{x}\nsecond\n";
    const listed = [
      ...manifest.files,
      { path: "notes", sha256: sha256(notes), bytes: notes.length },
    ];
    const found = await report({
      ...whole,
      "evidence/notes": notes,
      [MANIFEST]: JSON.stringify({ ...manifest, files: listed }),
    });
    expect(found.findings).toEqual([]);
  });

  it("excuses no row that can be read in two ways", async () => {
    const [receipt = {}] = log().receipts;
    const twice = lines([receipt]).replace("{", '{"id":"other",');
    const files = stamped({ ...folder(log()), "evidence/more.ndjson": twice });
    const found = await report(files);
    expect(found.headline).toBe("does-not-verify");
    expect(codesOf(found, "error")).toContain("FMT-001");
  });

  it("cannot count what no checkpoint covers where receipts have no numbers", async () => {
    const bare = { ...folder(log()), "evidence/receipts.ndjson": lines(log().receipts) };
    const stampedAnew = JSON.parse(stamped(bare)[MANIFEST] ?? "{}");
    stampedAnew.counts.uncheckpointedReceipts = 0;
    const found = await report({ ...bare, [MANIFEST]: JSON.stringify(stampedAnew) });
    expect(codesOf(found, "error")).toEqual([]);
    expect(found.questions.included.answer).toBe("cannot-tell");
  });

  it("cannot count what no checkpoint covers where child receipts shift the numbers", async () => {
    const mixed = stamped(folder(log({ receipts: 20, children: [2] })));
    const counted = JSON.parse(mixed[MANIFEST] ?? "{}");
    counted.counts.uncheckpointedReceipts = 4;
    const found = await report({ ...mixed, [MANIFEST]: JSON.stringify(counted) });
    expect(codesOf(found, "error")).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import type { ReceiptRow } from "@/lib/queries/model.ts";
import { csvCell, exportHead, exportLine } from "./export-text.ts";

const row: ReceiptRow = {
  row: 7,
  seq: "803",
  timestamp: 1_776_270_871,
  decision: "deny",
  status: "does-not-verify",
  id: "rcpt-1",
  agent: "=cmd|' /C calc'!A0",
  service: "payments",
  tool: "approve_charge",
  guard: "egress-allowlist",
  reason: 'host "a", refused\nsecond line',
  file: "receipts.ndjson",
};

describe("csvCell", () => {
  it("takes the force out of formulas", () => {
    for (const start of ["=", "+", "-", "@", "\t", "\r"]) {
      expect(csvCell(`${start}1`)).toMatch(/^"?'/u);
    }
    expect(csvCell("plain")).toBe("plain");
  });

  it("quotes separators, quotes and line ends", () => {
    expect(csvCell('a,"b"')).toBe('"a,""b"""');
    expect(csvCell("two\nlines")).toBe('"two\nlines"');
  });
});

describe("exportLine", () => {
  it("writes a cell for every column of the head", () => {
    expect(exportHead("csv").split(",").length).toBe(11);
    expect(exportLine({ ...row, reason: "r", agent: "a" }, "csv")).toBe(
      "803,2026-04-15T16:34:31Z,deny,does-not-verify,rcpt-1,a,payments,approve_charge,egress-allowlist,r,receipts.ndjson\r\n",
    );
  });

  it("writes one JSON document on one line", () => {
    const line = exportLine(row, "ndjson");
    expect(line.indexOf("\n")).toBe(line.length - 1);
    expect(JSON.parse(line)).toMatchObject({ seq: "803", agent: "=cmd|' /C calc'!A0" });
    expect(exportHead("ndjson")).toBe("");
  });

  it("keeps a time that no date can hold", () => {
    expect(JSON.parse(exportLine({ ...row, timestamp: 1e17 }, "ndjson")).time_utc).toBe(
      "100000000000000000",
    );
  });
});

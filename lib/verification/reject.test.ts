import { describe, expect, it } from "vitest";
import { parseJson } from "@/kernel/json/parse.ts";
import type { RawRecord } from "@/lib/ingest/record.ts";
import { rejectOf, unknownRecord, unreadableReceipt } from "./reject.ts";
import { log } from "./testing/log.ts";
import { report } from "./testing/verify.ts";

const text = JSON.stringify(log({ receipts: 1, batch: 1 }).receipts[0]);

function rejected(line: string): string {
  const record = { text: line, problem: null, line: 3, offset: 100, length: line.length };
  const parsed = parseJson(line);
  if (parsed.ok) {
    return "read";
  }
  const { code, severity, pointer, detail } = rejectOf(record, parsed.error);
  return `${code} ${severity} ${pointer} ${detail}`;
}

describe("a line that is no record", () => {
  it.each([
    ["is noise", "started", "FMT-002 warning  at byte 100"],
    ["is cut", text.slice(0, 90), "FMT-003 warning"],
    ["repeats a name of no record", '{"a":1,"a":2}', "FMT-001 warning /a at byte 107"],
    ["has half a character", '{"a":"\\ud800"}', "FMT-005 warning"],
    ["has a number outside JSON", '{"a":1e400}', "FMT-006 warning"],
  ])("and %s is a warning", (_, line, expected) => {
    expect(rejected(line)).toContain(expected);
  });

  it("and is too deep is an error", () => {
    expect(rejected("[".repeat(200))).toContain("LIM-002 error");
  });
});

describe("a line that is recognisably a record and may not be read is an error", () => {
  const broken = (extra: string): string => text.replace("{", `{${extra},`);
  it.each([
    ["a name twice", broken('"id":1'), "FMT-001 error"],
    ["half a character", broken('"x":"\\udc00"'), "FMT-005 error"],
    ["a number outside JSON", broken('"x":1e400'), "FMT-006 error"],
  ])("%s", (_, line, expected) => {
    expect(rejected(line)).toContain(expected);
  });

  it("however its names are spelled", () => {
    const escaped = broken('"id":1').replace(/"([a-z])/g, (_, first: string) => {
      return `"\\u00${first.charCodeAt(0).toString(16)}`;
    });
    expect(rejected(escaped)).toContain("FMT-001 error");
  });
});

it("a receipt that is not UTF-8 is an error, although its names are beyond the excerpt", async () => {
  const [receipt = {}] = log({ receipts: 1, batch: 1 }).receipts;
  const line = JSON.stringify({ action: { parameters: "x".repeat(2_000) }, ...receipt });
  const bytes = new TextEncoder().encode(`${line}\n${line}\nnoise \n`);
  bytes[1_000] = 0xff;
  bytes[bytes.length - 2] = 0xff;
  const found = await report({ "r.ndjson": bytes });
  const rejected = found.findings.filter(({ code }) => code === "FMT-005");
  expect(rejected.map(({ severity }) => severity)).toEqual(["error", "warning"]);
  expect(found.headline).toBe("does-not-verify");
});

it("a place in the text is told in octets of the file", () => {
  expect(rejected('{"ü":1,"ü":2}')).toContain("at byte 108");
});

it("what is JSON and unknown is a warning, a wrapper without its receipt an error", () => {
  const record: RawRecord = { text: '{"a":1}', problem: null, line: 1, offset: 0, length: 7 };
  expect(unknownRecord(record)).toMatchObject({ code: "FMT-004", severity: "warning" });
  expect(unreadableReceipt(record, "/receipt")).toMatchObject({ severity: "error" });
});

it("a text inside a row is judged by its own problem", () => {
  const record: RawRecord = { text: "{}", problem: null, line: 1, offset: 0, length: 2 };
  const pointer = "/payload/id";
  const judged = (kind: "cut" | "duplicate-key" | "not-utf-8" | "number" | "depth") => {
    const reject = unreadableReceipt(record, "/payload", { kind, pointer });
    return `${reject.code} ${reject.severity} ${reject.pointer}`;
  };
  expect(judged("duplicate-key")).toBe("FMT-001 error /payload/id");
  expect(judged("not-utf-8")).toBe("FMT-005 error /payload/id");
  expect(judged("number")).toBe("FMT-006 error /payload/id");
  expect(judged("depth")).toBe("LIM-002 error /payload/id");
  expect(judged("cut")).toBe("FMT-003 warning /payload/id");
});

it("a damaged export of a receipt is an error too: its names are quoted once more", () => {
  const payload = JSON.stringify(JSON.stringify({ signature: "", capability_id: "" }));
  expect(rejected(`{"payload":${payload},"payload":${payload}}`)).toContain("FMT-001 error");
  expect(rejected('{"payload":"{}","payload":"{}"}')).toContain("FMT-001 warning");
});

it("an excerpt is short and never half a character", () => {
  const record = { text: `${"x".repeat(199)}😀`, problem: null, line: 1, offset: 0, length: 9 };
  const { excerpt } = unknownRecord(record);
  expect(excerpt.length).toBe(200);
  expect(excerpt.isWellFormed?.() ?? true).toBe(true);
});

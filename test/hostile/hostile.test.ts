import { gzipSync, zipSync } from "fflate";
import { expect, test } from "vitest";
import { nodePlatform } from "@/lib/cli/node-platform.ts";
import { renderVerdict } from "@/lib/cli/render.ts";
import { verifyInputs } from "@/lib/cli/verify-inputs.ts";
import type { ByteSource, InputFile } from "@/lib/ingest/record.ts";
import { bytesSource } from "@/lib/ingest/sources.ts";
import type { Verdict } from "@/lib/verification/report.ts";
import { signPlain, testKey } from "../mutation/support/signing.ts";

const platform = nodePlatform({ seed: 1 });
const KEY = testKey("kernel");
const encoder = new TextEncoder();
const LONG = 60_000;

async function verdictOf(...inputs: readonly InputFile[]): Promise<Verdict> {
  return (await verifyInputs(inputs, { trust: null, platform })).verdict;
}

const file = (path: string, content: string | Uint8Array): InputFile => ({
  path,
  source: bytesSource(typeof content === "string" ? encoder.encode(content) : content),
});

function child(id: string, extra: Record<string, string> = {}): string {
  return JSON.stringify(
    signPlain(
      {
        id,
        timestamp: 1_776_269_200,
        session_id: "sess-1",
        parent_request_id: "req-1",
        request_id: `req-${id}`,
        operation_kind: "tool_call",
        terminal_state: { state: "completed" },
        outcome_hash: "00".repeat(32),
        policy_hash: "policy",
        metadata: extra,
        kernel_key: KEY.hex,
      },
      KEY,
    ),
  );
}

const GOOD = child("good");
const codesOf = ({ report }: Verdict): string[] =>
  [...new Set(report.findings.map((one) => one.code))].sort();

/** One bad line among good ones: it is named by its code and place, and takes nothing with it. */
async function amongOthers(bad: string | Uint8Array): Promise<Verdict> {
  const line = typeof bad === "string" ? encoder.encode(bad) : bad;
  const before = encoder.encode(`${GOOD}\n`);
  const after = encoder.encode(`\n${child("after")}\n`);
  const whole = new Uint8Array(before.length + line.length + after.length);
  whole.set(before);
  whole.set(line, before.length);
  whole.set(after, before.length + line.length);
  const verdict = await verdictOf(file("mixed.ndjson", whole));
  expect(verdict.report.counts.by_status["self-consistent"]).toBeGreaterThanOrEqual(2);
  return verdict;
}

test.each([
  ["HTML", "<img src=x onerror=alert(1)><script>alert(1)</script>"],
  ["SQL", "'); DROP TABLE receipts; --"],
  ["a prototype's name", "__proto__"],
  ["terminal controls", "\u001b[2J\u001b[31mverified\u0007\u202e"],
  ["a path", "../../../../etc/passwd\u0000"],
])("text that is %s is text", async (_, text) => {
  const verdict = await verdictOf(file(`${text}.ndjson`, `${child(text, { [text]: text })}\n`));
  expect(verdict.report.headline).toBe("self-consistent");
  expect(verdict.report.counts.receipts).toBe(1);
  const shown = renderVerdict(verdict, false).replaceAll("\n", "");
  expect(shown).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test("members named __proto__ and constructor reach no prototype", async () => {
  const line =
    '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"id":"x"}';
  await amongOthers(line);
  expect(Reflect.get({}, "polluted")).toBeUndefined();
});

test.each([
  ["not JSON", "hello", "FMT-002"],
  ["NaN in a receipt", GOOD.replace("1776269200", "NaN"), "FMT-006"],
  ["1e400", GOOD.replace("1776269200", "1e400"), "FMT-006"],
  ["a duplicate key", GOOD.replace("{", '{"id":"good",'), "FMT-001"],
  [
    "a duplicate key deep inside",
    GOOD.replace('"metadata":{}', '"metadata":{"a":{"b":1,"b":1}}'),
    "FMT-001",
  ],
  ["a lone surrogate", GOOD.replace("sess-1", "\\ud800"), "FMT-005"],
  ["2^64", child("large").replace("1776269200", "18446744073709551616"), "FMT-007"],
  ["a cut line", GOOD.slice(0, 300), "FMT-003"],
  ["another thing", '{"hello":"world"}', "FMT-004"],
  ["10,000 levels", `${"[".repeat(10_000)}${"]".repeat(10_000)}`, "LIM-002"],
  [
    "10,000 levels in a receipt",
    GOOD.replace('"metadata":{}', `"metadata":${"[".repeat(10_000)}${"]".repeat(10_000)}`),
    "LIM-002",
  ],
])("%s is a coded finding", async (_, line, code) => {
  expect(codesOf(await amongOthers(line))).toContain(code);
});

test("invalid UTF-8 is a coded finding", async () => {
  const bytes = encoder.encode(GOOD.replace("sess-1", "sess-?"));
  bytes[bytes.indexOf(0x3f)] = 0xff;
  expect(codesOf(await amongOthers(bytes))).toContain("FMT-005");
});

test("a line of 100 MB is not read, and the lines around it are", { timeout: LONG }, async () => {
  const head = encoder.encode(`${GOOD}\n`);
  const tail = encoder.encode(`\n${child("after")}\n`);
  const middle = 100 * 1024 * 1024;
  const size = head.length + middle + tail.length;
  let largest = 0;
  const source: ByteSource = {
    size,
    transferable: null,
    async read(start, end) {
      const to = Math.min(end, size);
      const bytes = new Uint8Array(Math.max(0, to - start)).fill(0x78);
      largest = Math.max(largest, bytes.length);
      for (const [content, at] of [
        [head, 0],
        [tail, head.length + middle],
      ] as const) {
        const from = Math.max(start, at);
        const until = Math.min(to, at + content.length);
        if (from < until) {
          bytes.set(content.subarray(from - at, until - at), from - start);
        }
      }
      return bytes;
    },
  };
  const verdict = await verdictOf({ path: "long.ndjson", source });
  expect(codesOf(verdict)).toContain("LIM-001");
  expect(verdict.report.counts.receipts).toBe(2);
  expect(largest).toBeLessThan(32 * 1024 * 1024);
});

test("a zip bomb is stopped at its limit, and what came before it is kept", {
  timeout: LONG,
}, async () => {
  const zeros = new Uint8Array(256 * 1024 * 1024);
  const bomb = zipSync(
    { "receipts.ndjson": encoder.encode(`${GOOD}\n`), "zeros.ndjson": zeros },
    { level: 9 },
  );
  expect(bomb.length).toBeLessThan(1024 * 1024);
  const verdict = await verdictOf(file("bomb.zip", bomb));
  expect(codesOf(verdict)).toContain("LIM-003");
  expect(verdict.report.counts.receipts).toBe(1);
});

test("a gzip bomb is stopped at its limit", { timeout: LONG }, async () => {
  const bomb = gzipSync(new Uint8Array(256 * 1024 * 1024), { level: 9 });
  expect(codesOf(await verdictOf(file("bomb.gz", bomb)))).toContain("LIM-003");
});

test("archives inside archives are opened only so far", async () => {
  let inner = zipSync({ "receipts.ndjson": encoder.encode(`${GOOD}\n`) });
  for (let depth = 0; depth < 5; depth += 1) {
    inner = zipSync({ "inner.zip": inner });
  }
  expect(codesOf(await verdictOf(file("nested.zip", inner)))).toContain("LIM-003");
});

test("a cut archive keeps what was read and is an error", async () => {
  const whole = zipSync({
    "a.ndjson": encoder.encode(`${GOOD}\n`),
    "b.ndjson": encoder.encode(`${child("b")}\n`),
  });
  const verdict = await verdictOf(file("cut.zip", whole.slice(0, whole.length - 60)));
  expect(codesOf(verdict)).toContain("FMT-011");
  expect(verdict.report.headline).toBe("does-not-verify");
});

test("a damaged store is a coded finding", async () => {
  const bytes = new Uint8Array(8192);
  bytes.set(encoder.encode("SQLite format 3\u0000"));
  bytes[16] = 0x10;
  bytes.fill(0xa5, 100);
  expect(codesOf(await verdictOf(file("store.sqlite3", bytes)))).toContain("FMT-011");
});

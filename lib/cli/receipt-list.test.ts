import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "@/kernel/json/value.ts";
import { vectorsDirectory } from "@/kernel/testing/vectors.ts";
import { lines, numbered } from "@/lib/verification/testing/files.ts";
import { seedOf } from "@/lib/verification/testing/keys.ts";
import { FIRST_TIME, receiptBody, signReceipt } from "@/lib/verification/testing/log.ts";
import { recordLine } from "@/lib/verification/testing/steps.ts";
import { type Bench, bench } from "./testing/run-in.ts";

const KERNEL = seedOf("kernel");
const DECISIONS = ["allow", "deny", "cancelled", "incomplete"] as const;
const COSTS: readonly (JsonObject | null)[] = [
  { financial: { cost_charged: 250, currency: "USD" } },
  { financial: { cost_charged: { units: 0, currency: "EUR" } } },
  null,
];

/** 24 receipts whose decision, server, tool, tenant and cost each go round at a pace of their own. */
const receipts = Array.from({ length: 24 }, (_, index) => {
  const verdict = DECISIONS[index % 4] ?? "allow";
  const metadata = COSTS[index % 3] ?? null;
  return signReceipt(
    {
      ...receiptBody(`list-${index}`, FIRST_TIME + index),
      capability_id: `cap-${index % 5}`,
      tool_server: index % 2 === 0 ? "payments" : "mail",
      tool_name: index % 3 === 0 ? "charge" : "send",
      decision: verdict === "deny" ? { verdict, reason: "no", guard: "scope" } : { verdict },
      ...(index % 6 === 0 ? { tenant_id: "acme" } : {}),
      ...(metadata === null ? {} : { metadata }),
    },
    KERNEL,
  );
});
const shuffled = [...numbered(receipts, 100)].sort(
  (a, b) => ((Number(a["seq"]) * 7) % 24) - ((Number(b["seq"]) * 7) % 24),
);

let on: Bench;
beforeAll(async () => {
  on = await bench({
    "plain.ndjson": lines(receipts),
    "numbered.ndjson": lines(shuffled),
    "both/export.ndjson": lines(numbered(receipts, 100)),
    "both/again.json": JSON.stringify(receipts, null, 2),
    "partly/one.ndjson": lines(numbered(receipts.slice(0, 12), 1)),
    "partly/two.ndjson": lines(numbered(receipts.slice(12), 1)),
    "spread.json": JSON.stringify(receipts[0], null, 2),
    "raw.ndjson": `{"seq":1,"receipt":{"timestamp" : 18446744073709551615, "id":"raw\\u0041","capability_id":"c","tool_server":"s","tool_name":"\u202e\u009b","decision":{"verdict":"allow"},"action":{"parameters":{},"parameter_hash":""},"content_hash":"","policy_hash":"","kernel_key":"","signature":""}}\n`,
    "topic.ndjson": recordLine({ topic: "orders", partition: 0, offset: 3 }, [], receipts[0]),
    "kcat.json": `${JSON.stringify({ topic: "orders", partition: 0, offset: 4, tstype: "create", ts: 1, broker: 0, headers: [], key: null, payload: JSON.stringify(receipts[1], null, 1) })}\n`,
    "noise.txt": "nothing here\n",
  });
});
afterAll(() => on.remove());

interface Page {
  readonly ids: readonly number[];
  readonly next: number | null;
  readonly total: number | null;
}

async function list(...words: readonly string[]): Promise<Page> {
  const { code, text, complaints } = await on.chio(["receipt", "list", ...words]);
  expect(code, complaints).toBe(0);
  const said = /^next_cursor=(\d+) total_count=(\d+)\n$/.exec(complaints);
  expect(said === null).toBe(complaints === "");
  return {
    ids: text
      .split("\n")
      .slice(0, -1)
      .map((line) => Number(String(JSON.parse(line).id).slice("list-".length))),
    next: said === null ? null : Number(said[1]),
    total: said === null ? null : Number(said[2]),
  };
}

const all = receipts.map((_, index) => index);

describe("filters", () => {
  test.each([
    [[], () => true],
    [["--capability", "cap-3"], (index: number) => index % 5 === 3],
    [["--tool-server", "mail"], (index: number) => index % 2 === 1],
    [["--tool-name", "charge"], (index: number) => index % 3 === 0],
    [["--outcome", "deny"], (index: number) => index % 4 === 1],
    [["--outcome", "incomplete"], (index: number) => index % 4 === 3],
    [["--since", `${FIRST_TIME + 5}`], (index: number) => index >= 5],
    [["--until", `${FIRST_TIME + 5}`], (index: number) => index <= 5],
    [["--min-cost", "0"], (index: number) => index % 3 !== 2],
    [["--min-cost", "1"], (index: number) => index % 3 === 0],
    [["--max-cost", "249"], (index: number) => index % 3 === 1],
    [["--min-cost", "250", "--max-cost", "250"], (index: number) => index % 3 === 0],
    [["--tenant", "acme"], (index: number) => index % 6 === 0],
    [["--admin-all", "--json"], () => true],
    [["--outcome", "allow", "--tool-name", "charge"], (index: number) => index % 12 === 0],
    [["--capability", "__proto__"], () => false],
  ] satisfies [string[], (index: number) => boolean][])("%j", async (words, fits) => {
    const page = await list(...words, "plain.ndjson");
    expect(page).toEqual({ ids: all.filter(fits), next: null, total: null });
  });
});

describe("pages", () => {
  test.each([
    ["plain.ndjson", 7],
    ["numbered.ndjson", 5],
    ["both", 1],
    ["partly", 9],
  ])("of %s, %i at a time, are the whole without a repetition", async (path, limit) => {
    const ids: number[] = [];
    let cursor: number | null = 0;
    while (cursor !== null) {
      const page: Page = await list(path, "--limit", `${limit}`, "--cursor", `${cursor}`);
      expect(page.ids.length).toBeLessThanOrEqual(limit);
      expect(page.total ?? 24).toBe(24);
      ids.push(...page.ids);
      cursor = page.next;
    }
    expect(ids).toEqual(all);
  });

  test("the store's own number is the cursor where each receipt has one", async () => {
    expect(await list("numbered.ndjson", "--limit", "2")).toEqual({
      ids: [0, 1],
      next: 101,
      total: 24,
    });
    expect((await list("numbered.ndjson", "--cursor", "120")).ids).toEqual([21, 22, 23]);
  });

  test("the total is of the filter, whatever the cursor", async () => {
    const words = ["--outcome", "deny", "--limit", "1"];
    expect((await list(...words, "plain.ndjson")).total).toBe(6);
    expect((await list(...words, "--cursor", "10", "plain.ndjson")).total).toBe(6);
  });

  test("a cursor behind the end gives nothing", async () => {
    expect(await list("plain.ndjson", "--cursor", "24")).toEqual({
      ids: [],
      next: null,
      total: null,
    });
  });
});

describe("lines", () => {
  const text = async (path: string, isTTY = false): Promise<string> =>
    (await on.chio(["receipt", "list", path], { isTTY })).text;

  test("are as they stand in the file where they stand on one line", async () => {
    expect(await text("plain.ndjson")).toBe(lines(receipts));
    const raw = await text("raw.ndjson");
    expect(raw.startsWith('{"timestamp" : 18446744073709551615, "id":"raw\\u0041",')).toBe(true);
    expect(raw).toContain("\u202e");
  });

  test("are made into one line where they are not, with the same value", async () => {
    const spread = await text("spread.json");
    expect(spread.split("\n")).toHaveLength(2);
    expect(JSON.parse(spread)).toEqual(receipts[0]);
  });

  test.each([
    ["topic.ndjson", 0],
    ["kcat.json", 1],
  ])("are the receipt alone where %s wraps it in a Kafka record's value", async (path, index) => {
    const line = await text(path);
    expect(line.split("\n")).toHaveLength(2);
    expect(JSON.parse(line)).toEqual(receipts[index]);
    const shown = await on.chio(["receipt", "show", `list-${index}`, path]);
    expect(JSON.parse(shown.text.split("\n\n")[1] ?? "")).toEqual(receipts[index]);
  });

  test("steer no terminal and keep their value there", async () => {
    const shown = await text("raw.ndjson", true);
    expect(shown.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(JSON.parse(shown)).toEqual(JSON.parse(await text("raw.ndjson")));
  });
});

test.skipIf(vectorsDirectory() === null)("a kernel's store is read as it is", async () => {
  const store = join(vectorsDirectory() ?? "", "stores/provider-receipts.sqlite3");
  const page = async (...words: readonly string[]) =>
    on.chio(["receipt", "list", "--admin-all", "--receipt-db", store, ...words]);
  const whole = await page();
  const first = await page("--limit", "3");
  expect(first.complaints).toBe("next_cursor=3 total_count=8\n");
  const rest = await page("--cursor", "3");
  expect(first.text + rest.text).toBe(whole.text);
  expect(whole.text.split("\n")).toHaveLength(9);
});

test("where nothing is a receipt, it says so", async () => {
  const run = await on.chio(["receipt", "list", "noise.txt"]);
  expect(run).toEqual({
    code: 2,
    text: "",
    complaints: "chio receipt list: no receipt was found in what was named\n",
  });
});

import { gzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "@/kernel/json/value.ts";
import { signV1 } from "@/kernel/receipt/sign.ts";
import { lines } from "@/lib/verification/testing/files.ts";
import { seedOf } from "@/lib/verification/testing/keys.ts";
import { receiptBody, signReceipt } from "@/lib/verification/testing/log.ts";
import { ndjsonOf, type Step } from "@/lib/verification/testing/steps.ts";
import { BACKWARD, documentationChain, FORWARD } from "./testing/documentation.ts";
import { type Bench, bench } from "./testing/run-in.ts";

const KERNEL = seedOf("kernel");
const abbreviated = documentationChain("abbreviated");
const signed = documentationChain("signed");
const edited = signed.map((receipt) =>
  receipt["id"] === "rcpt_003" ? { ...receipt, tool_name: "refund" } : receipt,
);

/** Ids are hashes there; the documentation's are their aliases. */
function v1Chain(): readonly JsonObject[] {
  let parent: JsonObject = {};
  return documentationChain("abbreviated").map((receipt, index) => {
    const { id, timestamp, tool_server, tool_name } = receipt;
    const body = {
      ...receiptBody(String(id), Number(timestamp)),
      tool_server: tool_server ?? "",
      tool_name: tool_name ?? "",
      receipt_kind: "mediated_decision",
      boundary_class: "prevent",
      trust_level: "mediated",
      metadata: {
        governed_transaction: { call_chain: { chainId: "order-17", ...parent } },
      },
    };
    const made = signV1(body, KERNEL);
    parent = { parentReceiptId: made["id"] ?? "", parentRequestId: `request-${index}` };
    return made;
  });
}

/** A root with two branches that join, a denial at the end, a cause that is not here. */
const DIAMOND: readonly Step[] = [
  { id: "diamond-root", tool: "events:produce:orders", parent: "elsewhere-1", at: 0 },
  { id: "diamond-left", parent: "diamond-root", at: 1 },
  { id: "diamond-right", parent: "diamond-root", at: 2 },
  { id: "diamond-denied", parent: "diamond-right", at: 3, decision: "deny" },
];
const CIRCLE: readonly Step[] = [
  { id: "circle-a", parent: "circle-b" },
  { id: "circle-b", parent: "circle-a" },
];

let on: Bench;
beforeAll(async () => {
  on = await bench({
    "abbreviated/example.ndjson": lines(abbreviated),
    "reversed/late.json": JSON.stringify([...signed].reverse().slice(0, 3)),
    "reversed/early.ndjson.gz": gzipSync(Buffer.from(lines([...signed].reverse().slice(3)))),
    "edited.ndjson": lines(edited),
    "v1.ndjson": lines(v1Chain()),
    "diamond.ndjson": ndjsonOf(DIAMOND),
    "circle.ndjson": ndjsonOf(CIRCLE),
    "hostile.ndjson": lines(
      ["__proto__", "--json", "\u001b[2J\u202eevil\nid", "x".repeat(1_000_000)].map((id) =>
        signReceipt(receiptBody(id, 1_776_270_871), KERNEL),
      ),
    ),
    "empty.ndjson": "",
  });
});
afterAll(() => on.remove());

const chain = (...words: readonly string[]) => on.chio(["receipt", "chain", ...words]);

describe("the documentation's example", () => {
  test.each(["abbreviated", "reversed"])(
    "%s: prints its tree forward and backward",
    async (path) => {
      const forward = await chain("rcpt_001", path);
      expect(forward).toEqual({ code: 0, text: FORWARD, complaints: "" });
      const backward = await chain("rcpt_005", "--direction", "backward", path);
      expect(backward).toEqual({ code: 0, text: BACKWARD, complaints: "" });
    },
  );

  test("is read from standard input and by another name of the option", async () => {
    const run = await on.chio(["receipt", "chain", "--direction=backward", "rcpt_005", "-"], {
      stdin: lines(signed),
    });
    expect(run.text).toBe(BACKWARD);
    expect((await chain("--receipt-db", "abbreviated", "rcpt_001")).text).toBe(FORWARD);
  });

  test("is found by the aliases of content-addressed receipts", async () => {
    const { text, code } = await chain("rcpt_005", "--direction", "backward", "v1.ndjson");
    expect(text.replaceAll(/[0-9a-f]{64}/gu, "ID")).toBe(BACKWARD.replaceAll(/rcpt_\d+/gu, "ID"));
    expect(code).toBe(0);
    const [id = ""] = /^[0-9a-f]{64}/u.exec(text) ?? [];
    expect(await chain(id.slice(0, 6), "--direction", "backward", "v1.ndjson")).toEqual({
      code: 0,
      text,
      complaints: "",
    });
  });

  test("exits 1 where a receipt that is shown does not verify, and only then", async () => {
    const run = await chain("rcpt_001", "edited.ndjson");
    expect(run.code).toBe(1);
    expect(run.text).toContain("rcpt_003 (refund tool call, does not verify)");
    const before = await chain("rcpt_002", "--direction", "backward", "edited.ndjson");
    expect(before.code).toBe(0);
    expect(before.complaints).toBe(
      "chio receipt chain: something else that was read does not verify; chio verify says what and where\n",
    );
  });
});

describe("other chains", () => {
  test("depth cuts and says so; what is not loaded is named; denials are not overlooked", async () => {
    expect((await chain("diamond-root", "--depth", "1", "diamond.ndjson")).text).toBe(
      `diamond-root (orders produced by service)
  -> diamond-left (work tool call)
  -> diamond-right (work tool call)
    ... 1 more
`,
    );
    const both = await chain("diamond-right", "--direction", "both", "diamond.ndjson");
    expect(both.text).toContain("<- elsewhere-1 (not loaded)");
    expect(both.text).toContain("-> diamond-denied (work tool call, denied by scope)");
    expect(both.text).not.toContain("diamond-left");
  });

  test("a circle ends", async () => {
    const { text } = await chain("circle-a", "circle.ndjson");
    expect(text).toBe(
      `circle-a (work tool call)
  -> circle-b (work tool call)
    -> circle-a (work tool call, already shown)
`,
    );
  });

  test("--json has the nodes and the links of the same walk", async () => {
    const run = await chain("rcpt_002", "--depth=2", "--json", "abbreviated");
    const { nodes } = JSON.parse(run.text);
    expect(nodes.map(({ id, distance }: JsonObject) => [id, distance])).toEqual([
      ["rcpt_002", 0],
      ["rcpt_003", 1],
      ["rcpt_004", 2],
    ]);
  });
});

describe("naming a receipt", () => {
  test.each([
    [
      "a beginning of several",
      ["diamond", "diamond.ndjson"],
      "diamond could be 4 receipts: diamond-root, diamond-left, diamond-right, diamond-denied; give more of the id",
    ],
    [
      "a cause that is not loaded",
      ["elsewhere-1", "diamond.ndjson"],
      "elsewhere-1 is not loaded, only named as a cause by diamond-root; 4 receipts were read. Name the file that holds it too",
    ],
    [
      "too short a beginning",
      ["rcpt", "abbreviated"],
      "no receipt has the id rcpt; 5 receipts were read; a beginning of an id needs 6 characters",
    ],
    [
      "an id that nobody names",
      ["absent-id", "empty.ndjson"],
      "no receipt has the id absent-id; 0 receipts were read",
    ],
    ["no file", ["rcpt_001", "absent.ndjson"], "absent.ndjson: there is no such file or folder"],
  ])("%s: exit 2 and a sentence", async (_, words, sentence) => {
    const run = await chain(...words);
    expect(run).toEqual({ code: 2, text: "", complaints: `chio receipt chain: ${sentence}\n` });
  });

  test.each([["__proto__"], ["--json"], ["\u001b[2J\u202eevil\nid"], ["x".repeat(1_000_000)]])(
    "a hostile id is an id and steers nothing",
    async (id) => {
      const run = await chain("--", id, "hostile.ndjson");
      expect(run.code).toBe(0);
      expect(run.text.length).toBeLessThan(1_000);
      expect(run.text.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(run.text).toContain("approve_charge tool call");
    },
  );

  test("a hostile id that is absent is refused on one short line", async () => {
    const run = await chain(`\u001b[2J${"y".repeat(1_000_000)}`, "hostile.ndjson");
    expect(run.code).toBe(2);
    expect(run.complaints.length).toBeLessThan(1_200);
    expect(run.complaints.trimEnd()).not.toMatch(/\p{Cc}/u);
  });
});

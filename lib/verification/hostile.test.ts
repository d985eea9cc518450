import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isArray, isObject, type JsonValue } from "@/kernel/json/value.ts";
import { folder } from "./testing/files.ts";
import { keyOf, seedOf, trustKernel } from "./testing/keys.ts";
import { log } from "./testing/log.ts";
import { report, verify } from "./testing/verify.ts";

const KEY = keyOf(seedOf("kernel"));
const built = log({ receipts: 6, batch: 3, children: [2], version: 2 });
const records = [
  ...Object.values(folder(built)).flatMap((text) => text.split("\n").filter((line) => line !== "")),
  ...built.entries.map((entry) => JSON.stringify(entry)),
  JSON.stringify({
    receipt: built.receipts[0],
    receipt_inclusion: built.proofs[0],
    checkpoint_statement: built.checkpoints[0],
  }),
  JSON.stringify({
    schema: "s",
    exportedAt: 1,
    counts: { toolReceipts: 1 },
    files: [{ path: "a", sha256: "b", bytes: 1 }],
    query: {},
  }),
  JSON.stringify({
    from_checkpoint_seq: 1,
    to_checkpoint_seq: 2,
    from_checkpoint_sha256: "",
    to_checkpoint_sha256: "",
    to_chain_root: "",
  }),
  JSON.stringify({
    first_checkpoint_seq: 1,
    second_checkpoint_seq: 2,
    first_checkpoint_sha256: "",
    second_checkpoint_sha256: "",
  }),
  JSON.stringify({ capability_id: "cap-log-1", revoked_at: 1 }),
  ...["create", "logappend"].map((tstype, offset) =>
    JSON.stringify({
      topic: "dlq",
      partition: 0,
      offset,
      tstype,
      ts: 1,
      headers: ["X-Chio-Receipt", "log-1", "X-Chio-Parent-Receipt", "log-2"],
      key: null,
      payload: JSON.stringify({ version: "chio-streaming/v1", receipt: built.receipts[offset] }),
    }),
  ),
  JSON.stringify({
    issuer: KEY,
    subject: KEY,
    scope: {},
    issued_at: 1,
    expires_at: 2,
    id: "c",
    delegation_chain: [{}],
    signature: "00",
  }),
].map((line): JsonValue => JSON.parse(line));

const NASTY: readonly JsonValue[] = [
  null,
  true,
  "",
  "0x",
  "\u0000",
  "💥",
  -1,
  0,
  1.5,
  1e300,
  Number.MAX_SAFE_INTEGER,
  [],
  {},
  [[]],
  "__proto__",
  `0x${"00".repeat(32)}`,
  "00".repeat(32),
  "00".repeat(64),
  KEY,
  "p256:04",
  "hybrid:a:b:c",
];

/** A copy with one value, somewhere inside, replaced, removed or named otherwise. */
function mutated(value: JsonValue, path: readonly number[], by: JsonValue, how: number): JsonValue {
  const [step = 0, ...rest] = path;
  const isLast = rest.length === 0;
  if (isArray(value) && value.length > 0) {
    const at = step % value.length;
    return value.flatMap((element, index) =>
      index === at
        ? isLast
          ? how === 0
            ? []
            : [by]
          : [mutated(element, rest, by, how)]
        : [element],
    );
  }
  if (isObject(value) && Object.keys(value).length > 0) {
    const names = Object.keys(value);
    const chosen = names[step % names.length] ?? "";
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, inner]): [string, JsonValue][] => {
        if (name !== chosen) return [[name, inner]];
        if (!isLast) return [[name, mutated(inner, rest, by, how)]];
        return how === 0
          ? []
          : how === 1
            ? [[name, by]]
            : [
                [`${name}x`, inner],
                [name, by],
              ];
      }),
    );
  }
  return by;
}

const change = fc.record({
  record: fc.nat(1_000),
  path: fc.array(fc.nat(40), { minLength: 1, maxLength: 4 }),
  by: fc.oneof(
    fc.constantFrom(...NASTY),
    fc.jsonValue().map((value): JsonValue => JSON.parse(JSON.stringify(value))),
  ),
  how: fc.nat(2),
});

describe("whatever a file holds, there is a verdict and no exception", () => {
  it("records with values changed anywhere", { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const rows = [...records];
        for (const { record, path, by, how } of changes) {
          const at = record % rows.length;
          rows[at] = mutated(rows[at] ?? null, path, by, how);
        }
        const text = rows.map((row) => JSON.stringify(row)).join("\n");
        const { verdict } = await verify({ "x/all.ndjson": text }, trustKernel(KEY));
        expect(verdict.report.headline).toMatch(
          /^(verified|self-consistent|does-not-verify|not-checked)$/,
        );
        for (const finding of verdict.report.findings) {
          expect(`${finding.expected} ${finding.actual}`).not.toMatch(/undefined|\[object/);
        }
      }),
      { numRuns: 400, seed: 5 },
    );
  });

  it("arbitrary JSON", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue(), { maxLength: 20 }), async (values) => {
        const text = values.map((value) => JSON.stringify(value)).join("\n");
        expect((await report({ "a.ndjson": text, "b/manifest.json": text })).headline).toMatch(
          /not/,
        );
      }),
      { numRuns: 200, seed: 6 },
    );
  });
});

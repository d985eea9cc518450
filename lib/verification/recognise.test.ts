import { describe, expect, it } from "vitest";
import type { JsonValue } from "@/kernel/json/value.ts";
import { recognise } from "./recognise.ts";
import { log } from "./testing/log.ts";

const built = log({ receipts: 2, batch: 2 });
const [receipt = {}] = built.receipts;
const [checkpoint = {}] = built.checkpoints;
const [proof = {}] = built.proofs;
const found = (value: JsonValue): string[] =>
  recognise(value).map(({ kind, pointer }) => `${kind} ${pointer}`.trim());

describe("a record is recognised by its members", () => {
  it.each([
    ["a bare receipt", receipt, ["receipt"]],
    ["a wrapped receipt", { seq: 1, receipt }, ["receipt /receipt"]],
    ["a wrapper without a receipt", { seq: 1, receipt: {} }, ["unreadable-receipt /receipt"]],
    [
      "an envelope of receipts",
      { cases: [{ receipt }, { receipt }] },
      ["receipt /cases/0/receipt", "receipt /cases/1/receipt"],
    ],
    ["a checkpoint", checkpoint, ["checkpoint"]],
    ["a checkpoint whose schema was changed", { ...checkpoint, schema: "x" }, ["checkpoint"]],
    ["an inclusion proof", proof, ["inclusion-proof"]],
    [
      "a bare inclusion proof",
      { tree_size: 1, leaf_index: 0, audit_path: [] },
      ["inclusion-proof"],
    ],
    ["a revocation", { capability_id: "c", revoked_at: 1 }, ["revocation"]],
    [
      "a budget store's own count",
      { table: "budget_replication_meta", singleton: 1, next_seq: 3 },
      ["budget"],
    ],
    ["an empty query", {}, ["query"]],
    ["a store's row that lost its statement", { body: null, signature: null }, []],
    ["a query of known names", { toolServer: "t" }, ["query"]],
    ["an object of other names", { hello: 1 }, []],
    ["no object", [1, 2], []],
  ])("%s", (_, value, expected) => {
    expect(found(value)).toEqual(expected);
  });
});

describe("extra members, which no signature covers,", () => {
  const extras = {
    witness_checkpoint_seq: 1,
    witness_checkpoint_sha256: "",
    witnessed_at: 1,
    liveDbSizeBytes: 1,
    revoked_at: 1,
    entry_seq: 1,
    receipt_kind_: "",
    from_checkpoint_seq: 1,
    to_checkpoint_seq: 1,
    from_checkpoint_sha256: "",
    log_id: "",
    published_at: 1,
    log_tree_size: 1,
    entry_start_seq: 1,
    generated_at: "",
    files: [],
    sha256: {},
  };
  it.each([
    ["receipt", receipt],
    ["checkpoint", checkpoint],
    ["capability", { issuer: "", subject: "", scope: {}, issued_at: 1, expires_at: 2 }],
    ["tool-manifest", { manifest: {}, signature: "", signer_key: "" }],
    ["statement", { body: { id: "x" }, signerKey: "", signature: "" }],
  ])("do not turn a signed %s into an unsigned record", (kind, value) => {
    expect(found({ ...value, ...extras })).toEqual([kind]);
  });

  it("that make a receipt look like a wrapper leave it a receipt, beside what it wraps", () => {
    expect(found({ ...receipt, seq: 1, receipt: null })).toEqual(["receipt"]);
    expect(found({ ...receipt, seq: 1, receipt })).toEqual(["receipt", "receipt /receipt"]);
  });
});

it("does not take names from a prototype", () => {
  expect(found(JSON.parse('{"__proto__": {"capability_id": "c", "revoked_at": 1}}'))).toEqual([
    "revocation /__proto__",
  ]);
});

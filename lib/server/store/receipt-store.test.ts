import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { leafHash } from "@/kernel/merkle/hasher.ts";
import { signV1 } from "@/kernel/receipt/sign.ts";
import { nodeSigner } from "../keys/signer.ts";
import { temporaryDirectory } from "../testing/data-directory.ts";
import { primitives, signedChild, signedHttp, signedTool } from "../testing/signed.ts";
import { type LineageRow, lineageStore } from "./lineage-store.ts";
import { receiptRow } from "./receipt-row.ts";
import { type AppendedRow, openReceiptStore, type ReceiptStore } from "./receipt-store.ts";

const key = nodeSigner(new Uint8Array(32).fill(9));
const tool = (number: number): JsonObject => signedTool({ key, number, at: 100n });

let directory: ReturnType<typeof temporaryDirectory>;
let store: ReceiptStore;
beforeEach(() => {
  directory = temporaryDirectory();
  store = openReceiptStore(directory.path);
});
afterEach(() => {
  store.close();
  directory.remove();
});

const append = (...receipts: readonly JsonObject[]): readonly AppendedRow[] =>
  store.connection.write(() =>
    store.append(receipts.map((receipt) => receiptRow(receipt, primitives))),
  );

describe("the receipt store", () => {
  it("numbers tool and child receipts apart, and both together in the log", () => {
    const appended = append(
      tool(1),
      signedChild(key, 1, 100n),
      signedHttp(key, 1, 100n),
      tool(2),
      signedChild(key, 2, 100n),
    );
    expect(appended).toEqual([
      { seq: 1n, entrySeq: 1n },
      { seq: 1n, entrySeq: 2n },
      { seq: 1n, entrySeq: null },
      { seq: 2n, entrySeq: 3n },
      { seq: 2n, entrySeq: 4n },
    ]);
    expect(store.nextEntrySeq()).toBe(5n);
    expect(
      store.entriesAfter(1n, 2).map(({ entrySeq, kind, seq }) => [entrySeq, kind, seq]),
    ).toEqual([
      [2n, "child", 1n],
      [3n, "tool", 2n],
    ]);
  });

  it("keeps a receipt as the text that its leaf is the hash of", () => {
    const receipt = tool(1);
    const row = receiptRow(receipt, primitives);
    append(receipt);
    expect(store.byId(row.id)).toBe(canonicalize(receipt));
    expect(row.kind === "tool" && row.leaf).toEqual(
      leafHash(primitives.utf8(canonicalize(receipt))),
    );
    expect(store.byId("absent")).toBeNull();
    const http = signedHttp(key, 7, 100n);
    append(http);
    expect(store.byId("http-7")).toBe(canonicalize(http));
  });

  it("keeps the normal form: what a typed reader would not see is no part of a leaf", () => {
    const { id: _, signature: __, ...body } = tool(1);
    const receipt = signV1({ ...body, evidence: [], tenant_id: null }, key);
    const row = receiptRow(receipt, primitives);
    expect(row.json).not.toContain("evidence");
    expect(row.json).not.toContain("tenant_id");
  });

  it("refuses a receipt twice, and an id that another table has, and stays as it was", () => {
    append(tool(1));
    expect(() => append(tool(2), tool(1))).toThrow(/UNIQUE/);
    const child = receiptRow(signedChild(key, 1, 100n), primitives);
    const stolen = { ...child, id: receiptRow(tool(1), primitives).id };
    expect(() => store.connection.write(() => store.append([stolen]))).toThrow(RangeError);
    expect(store.nextEntrySeq()).toBe(2n);
    expect(append(tool(3))).toEqual([{ seq: 2n, entrySeq: 2n }]);
  });

  it("lets no entry of the log be changed or removed", () => {
    append(tool(1));
    for (const sql of [
      "UPDATE claim_receipt_log_entries SET raw_json = ''",
      "DELETE FROM claim_receipt_log_entries",
    ]) {
      expect(() => store.connection.exec(sql)).toThrow(/immutable/);
    }
  });
});

describe("a row", () => {
  it("is made of a receipt that holds together, and of nothing else", () => {
    const receipt = tool(1);
    for (const broken of [
      {},
      { ...receipt, id: "00".repeat(32) },
      { ...receipt, action: { parameters: {}, parameter_hash: "00".repeat(32) } },
      { ...receipt, signature: "" },
      { ...receipt, boundary_class: "detect_only" },
    ]) {
      expect(() => receiptRow(broken, primitives)).toThrow(RangeError);
    }
  });

  it("holds what queries filter by", () => {
    expect(receiptRow(tool(4), primitives)).toMatchObject({
      kind: "tool",
      timestamp: 100n,
      capabilityId: "cap-1",
      subjectKey: "ab".repeat(32),
      issuerKey: "cd".repeat(32),
      grantIndex: 0n,
      toolServer: "payments",
      toolName: "charge",
      decisionKind: "allow",
      tenantId: null,
    });
    expect(receiptRow(signedChild(key, 4, 100n), primitives)).toMatchObject({
      kind: "child",
      id: "child-4",
      requestId: "child-req-4",
      terminalState: "completed",
      operationKind: "create_message",
    });
  });
});

describe("lineage", () => {
  const row = (id: string, parent: string | null, subject = "s"): LineageRow => ({
    capabilityId: id,
    subjectKey: subject,
    issuerKey: "i",
    issuedAt: 1n,
    expiresAt: 2n,
    grantsJson: "{}",
    delegationDepth: parent === null ? 0n : 1n,
    parentCapabilityId: parent,
  });

  it("leads from a capability to its root, and ends at a stranger, at a circle, at 32", () => {
    const lineage = lineageStore(store.connection);
    for (const one of [row("a", null), row("b", "a"), row("c", "b"), row("x", "gone")]) {
      lineage.record(one);
    }
    const chain = (id: string) => lineage.chain(id).map(({ capabilityId }) => capabilityId);
    expect([chain("c"), chain("x"), chain("absent")]).toEqual([["c", "b", "a"], ["x"], []]);
    lineage.record(row("m", "n"));
    lineage.record(row("n", "m"));
    expect(chain("m")).toEqual(["m", "n"]);
    for (let depth = 0; depth < 40; depth += 1) {
      lineage.record(row(`d${depth}`, `d${depth + 1}`));
    }
    expect(chain("d0").length).toBe(32);
  });

  it("keeps the first record of a capability", () => {
    const lineage = lineageStore(store.connection);
    lineage.record(row("a", null, "first"));
    lineage.record(row("a", null, "second"));
    expect(lineage.byId("a")?.subjectKey).toBe("first");
    expect(lineage.byId("b")).toBeNull();
    lineage.record(row("b", null));
    expect(lineage.after("a", 5).map(({ capabilityId }) => capabilityId)).toEqual(["b"]);
  });
});

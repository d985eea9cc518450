import { beforeAll, describe, expect, test } from "vitest";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { objectAt, text } from "@/kernel/receipt/read.ts";
import { nodePlatform } from "@/lib/cli/node-platform.ts";
import { report } from "@/lib/verification/testing/verify.ts";
import { linesOf, recordOf } from "../manifest.ts";
import type { DemoPorts } from "../ports.ts";
import { webSign } from "../web-sign.ts";
import { choreography } from "./choreography.ts";
import {
  type ChoreographyFile,
  type ChoreographyOptions,
  type ChoreographyTruth,
  DENIAL_KINDS,
} from "./model.ts";
import { countsOf, descendants, type Files, headerOf, recount } from "./testing/recount.ts";

let ports: DemoPorts;
let unsigned: DemoPorts;
beforeAll(async () => {
  const { primitives } = nodePlatform();
  ports = { primitives, sign: await webSign() };
  unsigned = { primitives, sign: () => new Uint8Array(64) };
});

interface Made {
  readonly files: Files;
  readonly truth: ChoreographyTruth;
}

async function make(options: ChoreographyOptions, by: DemoPorts = unsigned): Promise<Made> {
  const parts: Record<ChoreographyFile, string[]> = { receipts: [], records: [], statements: [] };
  let truth: ChoreographyTruth | null = null;
  for await (const chunk of choreography(options, by)) {
    if (chunk.kind === "truth") {
      truth = chunk.truth;
    } else {
      parts[chunk.file].push(chunk.text);
    }
  }
  if (truth === null) {
    throw new Error("no truth");
  }
  const files = {
    receipts: parts.receipts.join(""),
    records: parts.records.join(""),
    statements: parts.statements.join(""),
  };
  return { files, truth };
}

const BULK = { orders: 24, decisions: "by-kind" } as const;

/** Topics of the records stand in the open; values and headers do not. */
function textsIn({ records }: Files): string {
  return records.replaceAll(/"[a-z]+_b64":"[^"]*"/g, "");
}

function countsIn({ missing, rolledBack, ...truth }: ChoreographyTruth) {
  const { edited: _, orders: __, perOrder: ___, hotRoot: ____, ...counts } = truth;
  return { ...counts, missing: [...missing].sort(), rolledBack: [...rolledBack].sort() };
}

describe("a choreography", () => {
  test("is the same for one seed, and another for another", async () => {
    const once = await make({ ...BULK, orders: 12, seed: 4 });
    expect(await make({ ...BULK, orders: 12, seed: 4 })).toEqual(once);
    expect((await make({ ...BULK, orders: 12, seed: 5 })).files).not.toEqual(once.files);
  });

  test.each([
    ["as it is", { seed: 1 }],
    ["with a hot root", { seed: 2, hotRoot: 200 }],
    ["under other names, in another order", { seed: 3, hotRoot: 50, permute: true, chunk: 700 }],
    ["without Kafka records", { seed: 1, records: false }],
  ])("holds what its truth says: %s", async (_, options) => {
    const { files, truth } = await make({ ...BULK, ...options });
    const found = recount(files);
    expect(countsIn(truth)).toEqual(countsOf(found));
    const beneath = descendants(found, truth.hotRoot.id);
    expect(truth.hotRoot.descendants).toBe(beneath.size);
    expect(truth.perOrder.map(({ root }) => root).sort()).toEqual([...found.roots].sort());
    const each = truth.perOrder.map(({ receipts }) => receipts);
    expect(each.reduce((sum, one) => sum + one, 0)).toBe(found.receipts.length);
  });

  test("has every kind of thing that happens to orders", async () => {
    const { truth } = await make({ ...BULK, seed: 1 });
    for (const some of [
      truth.denied,
      truth.incomplete,
      truth.missing.length,
      truth.rolledBack.length,
      ...Object.values(truth.linksBySource),
      ...Object.values(truth.linksByStrength),
    ]) {
      expect(some).toBeGreaterThan(0);
    }
  });

  test("lets a dead letter follow every refusal, and nothing else", async () => {
    const plan = (order: number) => ({ denied: new Set(DENIAL_KINDS.slice(order, order + 1)) });
    const { files, truth } = await make({ orders: 6, seed: 1, plan });
    expect(truth.perOrder.map((one) => one.denied)).toEqual([1, 1, 1, 1, 1, 0]);
    const found = recount(files);
    const byId = new Map(found.receipts.map((one) => [one.id, one]));
    const denied = found.receipts.filter(({ verdict }) => verdict === "deny");
    const guards = denied.map(({ value }) => text(objectAt(value, "decision") ?? {}, "guard"));
    expect(new Set(guards)).toEqual(new Set(["kernel", "forbidden-path", "pii-read"]));
    for (const { id } of denied) {
      const after = found.children.get(id) ?? [];
      expect(after.map((one) => byId.get(one)?.tool)).toEqual(["events:produce:dead-letter"]);
      expect(found.children.get(after[0] ?? "")).toBeUndefined();
    }
    const letters = linesOf(files.records)
      .map((line) => recordOf(line))
      .filter((record) => text(record, "topic") === "dead-letter");
    const carried = letters.map((record) => {
      const value = recordOf(atob(text(record, "value_b64")));
      const id = text(value, "receipt_id");
      expect(headerOf(record, "X-Chio-Receipt")).toBe(id);
      expect(objectAt(value, "receipt")).toEqual(byId.get(id)?.value);
      return id;
    });
    expect(carried.sort()).toEqual(denied.map(({ id }) => id).sort());
  });

  test("never has a consequence before its cause", async () => {
    const { files } = await make({ ...BULK, seed: 6, hotRoot: 90 });
    const found = recount(files);
    const byId = new Map(found.receipts.map((one) => [one.id, one]));
    for (const [parent, children] of found.children) {
      const cause = byId.get(parent);
      for (const child of children) {
        const after = byId.get(child);
        expect(cause === undefined || (after?.time ?? 0) >= cause.time).toBe(true);
        expect(cause === undefined || (after?.seq ?? 0) > cause.seq).toBe(true);
      }
    }
  });

  test("keeps its structure under other names and in another order", async () => {
    const usual = await make({ ...BULK, seed: 9, hotRoot: 20 });
    const other = await make({ ...BULK, seed: 9, hotRoot: 20, permute: true });
    const { missing: usualMissing, ...counts } = countsOf(recount(usual.files));
    const { missing, ...otherCounts } = countsOf(recount(other.files));
    expect({ ...otherCounts, rolledBack: otherCounts.rolledBack.length }).toEqual({
      ...counts,
      rolledBack: counts.rolledBack.length,
    });
    expect(missing.length).toBe(usualMissing.length);
    expect(other.truth.hotRoot.descendants).toBe(usual.truth.hotRoot.descendants);
    const seqs = recount(other.files).receipts.map(({ seq }) => seq);
    expect(seqs).not.toEqual([...seqs].sort((a, b) => a - b));
    for (const name of ["order-service", "payment.charged", "cap-ntf-0244", "chio.receipts"]) {
      const found = [usual, other].map(({ files }) =>
        `${files.receipts}${textsIn(files)}`.includes(name),
      );
      expect([name, ...found]).toEqual([name, true, false]);
    }
  });

  test("decides by kind as it decides each", async () => {
    const options = { orders: 6, seed: 1, hotRoot: 5 };
    const each = await make(options);
    expect(await make({ ...options, decisions: "by-kind" })).toEqual(each);
    expect(each.truth.denied).toBeGreaterThan(0);
  });

  test("is signed throughout, but for the receipts that were changed", async () => {
    const { files, truth } = await make({ orders: 4, seed: 12, edited: 2 }, ports);
    const found = await report({
      "receipts.ndjson": files.receipts,
      "records.ndjson": files.records,
      "statements.ndjson": files.statements,
    });
    expect(found.counts.receipts).toBe(truth.receipts);
    expect(found.counts.rejected).toBe(0);
    const failing = found.findings.filter(({ code }) => code === "SIG-002");
    expect(failing.map(({ subject }) => subject.id).sort()).toEqual([...truth.edited].sort());
    expect(truth.edited.length).toBe(2);
    const errors = found.findings.filter(
      ({ severity, cause }) => severity === "error" && cause === null,
    );
    expect(errors.length).toBe(2);
  });

  test("writes receipts in canonical form", async () => {
    const { files } = await make({ ...BULK, orders: 2, seed: 3 });
    for (const { value } of recount(files).receipts) {
      expect(files.receipts.includes(`"receipt":${canonicalize(value)}}\n`)).toBe(true);
    }
  });
});

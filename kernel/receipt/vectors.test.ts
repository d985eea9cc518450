import { describe, expect, it } from "vitest";
import { purePrimitives } from "../crypto/sha256.ts";
import { fromHex } from "../encoding.ts";
import { asText, isArray, isObject, type JsonObject, member } from "../json/value.ts";
import { leafHash } from "../merkle/hasher.ts";
import { checkClaim } from "../signature.ts";
import { exactBackend } from "../testing/exact-backend.ts";
import { readLines, readObject } from "../testing/read-objects.ts";
import { vectorsDirectory } from "../testing/vectors.ts";
import { inspectReceipt, type ReceiptInspection } from "./inspect.ts";
import { verdictObject } from "./verdict-object.ts";

const missing = vectorsDirectory() === null;

async function fits(inspection: ReceiptInspection): Promise<string> {
  if (inspection.claim === null) {
    return "no claim";
  }
  const outcome = await checkClaim(inspection.claim, exactBackend);
  return outcome.kind === "fits" ? outcome.preimage : outcome.kind;
}

function failures(inspection: ReceiptInspection): readonly string[] {
  return inspection.checks.flatMap(({ outcome }) =>
    outcome.kind === "failed" ? [outcome.code] : [],
  );
}

function objects(value: JsonObject, name: string): readonly JsonObject[] {
  const list = member(value, name);
  return isArray(list) ? list.filter(isObject) : [];
}

function objectAt(value: JsonObject, name: string): JsonObject {
  const item = member(value, name);
  if (!isObject(item)) {
    throw new Error(`no ${name}`);
  }
  return item;
}

describe.skipIf(missing)("receipt vectors", () => {
  for (const file of ["receipts-april/receipt.json", "receipts-v1/receipt.json"]) {
    const cases = missing ? [] : objects(readObject(file), "cases");
    it.each(cases.map((one) => [asText(member(one, "id")), one] as const))(
      `${file}: %s`,
      async (_, one) => {
        const inspection = inspectReceipt(objectAt(one, "receipt"), purePrimitives);
        const signature = await fits(inspection);
        expect(verdictObject(inspection, signature === "normal", false)).toEqual(
          member(one, "expected"),
        );
      },
    );
  }

  it("reads an evidence log of each form without a single deviation", async () => {
    const logs = [
      ["evidence/log-april-form", "pre-v1", 24],
      ["evidence/log-v1-form", "v1", 24],
      ["evidence/minimal-evidence", "pre-v1", 1],
    ] as const;
    for (const [folder, form, count] of logs) {
      const rows = readLines(`${folder}/receipts.ndjson`);
      expect(rows).toHaveLength(count);
      for (const row of rows) {
        const inspection = inspectReceipt(objectAt(row, "receipt"), purePrimitives);
        expect(inspection.form).toBe(form);
        expect(failures(inspection)).toEqual([]);
        expect(inspection.notes).toEqual([]);
        expect(await fits(inspection)).toBe("normal");
      }
    }
  });

  it("tells the single objects apart", async () => {
    const outcomeOf = async (path: string) => {
      const file = readObject(`single-objects/${path}`);
      const receipt = member(file, "receipt");
      return fits(inspectReceipt(isObject(receipt) ? receipt : file, purePrimitives));
    };
    expect(await outcomeOf("binding-allow_receipt.json")).toBe("normal");
    expect(await outcomeOf("binding-deny_receipt.json")).toBe("normal");
    expect(await outcomeOf("tenant-receipt.json")).toBe("does-not-fit");
    expect(await outcomeOf("child-request-receipt.json")).toBe("does-not-fit");
  });

  it("reproduces the root of the anchor example from the receipt without its signature", async () => {
    const anchor = readObject("anchors/CHIO_ANCHOR_INCLUSION_PROOF_EXAMPLE.json");
    const inspection = inspectReceipt(objectAt(anchor, "receipt"), purePrimitives);
    const root = asText(member(objectAt(anchor, "receipt_inclusion"), "merkle_root")) ?? "";
    expect(leafHash(inspection.bodyLeafBytes())).toEqual(fromHex(root.slice(2)));
    expect(leafHash(inspection.leafBytes())).not.toEqual(fromHex(root.slice(2)));
    expect(await fits(inspection)).toBe("normal");
  });
});

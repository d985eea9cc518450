import { describe, expect, it } from "vitest";
import { purePrimitives } from "../crypto/sha256.ts";
import { toHex } from "../encoding.ts";
import { isArray, isObject, type JsonObject, member } from "../json/value.ts";
import { checkClaim } from "../signature.ts";
import { exactBackend } from "../testing/exact-backend.ts";
import { readLines, readObject } from "../testing/read-objects.ts";
import { vectorsDirectory } from "../testing/vectors.ts";
import { chainLeaf, isUnlinked, verifySuccession } from "./chain.ts";
import { verifyConsistencyV2 } from "./consistency.ts";
import {
  deriveConsistencyV1,
  derivePublication,
  deriveWitness,
  recordDifference,
} from "./derived.ts";
import { equivocationRecord, findEquivocation } from "./equivocation.ts";
import { type CheckpointInspection, inspectCheckpoint } from "./inspect.ts";

const missing = vectorsDirectory() === null;

function pairs<T>(list: readonly T[]): readonly (readonly [T, T])[] {
  return list.slice(1).flatMap((next, index) => {
    const previous = list[index];
    return previous === undefined ? [] : [[previous, next] as const];
  });
}

async function signature(inspection: CheckpointInspection): Promise<string> {
  if (inspection.claim === null) {
    return "no claim";
  }
  const outcome = await checkClaim(inspection.claim, exactBackend);
  return outcome.kind === "fits" ? outcome.preimage : outcome.kind;
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) {
    throw new Error(`no element ${index}`);
  }
  return item;
}

describe.skipIf(missing)("checkpoint vectors", () => {
  for (const [folder, form] of [
    ["evidence/log-april-form", "statement-v1"],
    ["evidence/log-v1-form", "statement-v2"],
  ] as const) {
    it(`${folder}: statements, succession and every derived record agree`, async () => {
      const log = readLines(`${folder}/checkpoints.ndjson`).map((row) =>
        inspectCheckpoint(row, purePrimitives),
      );
      expect(log).toHaveLength(5);
      for (const checkpoint of log) {
        expect(checkpoint.form).toBe(form);
        expect(checkpoint.checks).toEqual([{ name: "structure", outcome: { kind: "passed" } }]);
        expect(checkpoint.notes).toEqual([]);
        expect(await signature(checkpoint)).toBe("normal");
        expect(isUnlinked(checkpoint)).toBe(false);
      }
      const publications = readLines(`${folder}/checkpoint-publications.ndjson`);
      for (const [index, record] of publications.entries()) {
        const derived = derivePublication(at(log, index), purePrimitives);
        expect(recordDifference(record, derived)).toBeNull();
      }
      const witnesses = readLines(`${folder}/checkpoint-witnesses.ndjson`);
      for (const [index, [previous, next]] of pairs(log).entries()) {
        expect(verifySuccession(previous, next)).toEqual([]);
        const derived = deriveWitness(previous, next, purePrimitives);
        expect(recordDifference(at(witnesses, index), derived)).toBeNull();
        expect(findEquivocation(previous, next)).toBeNull();
      }
    });
  }

  it("derives version 1 consistency records", () => {
    const folder = "evidence/log-april-form";
    const log = readLines(`${folder}/checkpoints.ndjson`).map((row) =>
      inspectCheckpoint(row, purePrimitives),
    );
    const records = readLines(`${folder}/checkpoint-consistency-proofs.ndjson`);
    expect(records).toHaveLength(4);
    for (const [index, [from, to]] of pairs(log).entries()) {
      const derived = deriveConsistencyV1(from, to, purePrimitives);
      expect(recordDifference(at(records, index), derived)).toBeNull();
    }
  });

  it("verifies version 2 consistency proofs, and refuses each with one thing changed", () => {
    const folder = "evidence/log-v1-form";
    const log = readLines(`${folder}/checkpoints.ndjson`).map((row) =>
      inspectCheckpoint(row, purePrimitives),
    );
    const first = at(log, 0);
    expect(toHex(chainLeaf(first.facts, purePrimitives) ?? new Uint8Array())).toBe(
      first.facts.chainRoot,
    );
    const records = readLines(`${folder}/checkpoint-consistency-proofs.ndjson`);
    expect(records).toHaveLength(4);
    for (const [index, [from, to]] of pairs(log).entries()) {
      const record = at(records, index);
      expect(verifyConsistencyV2(record, from, to, purePrimitives)).toEqual({
        ok: true,
        value: undefined,
      });
      for (const name of Object.keys(record)) {
        if (name === "chain_proof_hashes" && member(record, name) === undefined) {
          continue;
        }
        const changed: JsonObject = { ...record, [name]: changedValue(record[name]) };
        expect([name, verifyConsistencyV2(changed, from, to, purePrimitives).ok]).toEqual([
          name,
          false,
        ]);
      }
    }
  });

  it("finds the equivocation and writes its record", async () => {
    const file = readObject("merkle/equivocation-conflicting-seq.json");
    const list = member(file, "checkpoints");
    const [a, b] = (isArray(list) ? list : [])
      .filter(isObject)
      .map((row) => inspectCheckpoint(row, purePrimitives));
    if (a === undefined || b === undefined) {
      throw new Error("no pair");
    }
    expect([await signature(a), await signature(b)]).toEqual(["normal", "normal"]);
    const expected = member(file, "expected_equivocation");
    expect(equivocationRecord(a, b, purePrimitives)).toEqual(expected);
    expect(equivocationRecord(b, a, purePrimitives)).toEqual(expected);
  });

  it("reads the anchor example's flattened statement without the range rule", async () => {
    const anchor = readObject("anchors/CHIO_ANCHOR_INCLUSION_PROOF_EXAMPLE.json");
    const statement = member(anchor, "checkpoint_statement");
    if (!isObject(statement)) {
      throw new Error("no statement");
    }
    const inspection = inspectCheckpoint(statement, purePrimitives);
    expect(inspection.form).toBe("flattened");
    expect(inspection.checks).toEqual([{ name: "structure", outcome: { kind: "passed" } }]);
    expect(await signature(inspection)).toBe("normal");
  });
});

function changedValue(value: JsonObject[string] | undefined): JsonObject[string] {
  if (typeof value === "number") {
    return value + 1;
  }
  if (typeof value === "string") {
    return value.endsWith("0") ? `${value.slice(0, -1)}1` : `${value.slice(0, -1)}0`;
  }
  return Array.isArray(value) ? [...value, `0x${"00".repeat(32)}`] : {};
}

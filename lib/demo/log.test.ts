import { beforeAll, describe, expect, test } from "vitest";
import { verifySignature } from "@/kernel/crypto/ed25519.ts";
import { purePrimitives, sha256 } from "@/kernel/crypto/sha256.ts";
import { fromHex, toHex, utf8 } from "@/kernel/encoding.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { isObject, type JsonObject, member } from "@/kernel/json/value.ts";
import { leafHash } from "@/kernel/merkle/hasher.ts";
import { rootFromInclusionProof } from "@/kernel/merkle/proof.ts";
import { evidenceFolder } from "./evidence.ts";
import { demoKernelA, demoKernelB, generateLog, type LogOptions } from "./log.ts";
import { linesOf, recordOf } from "./manifest.ts";
import type { DemoPorts } from "./ports.ts";
import { webSign } from "./web-sign.ts";

const OPTIONS: LogOptions = {
  receipts: 23,
  seed: 7,
  batch: 5,
  form: "v1",
  statement: 2,
  signers: [
    { from: 1, key: demoKernelA() },
    { from: 11, key: demoKernelB() },
  ],
};

let ports: DemoPorts;
beforeAll(async () => {
  ports = { primitives: purePrimitives, sign: await webSign() };
});

const bytesOf = (text: unknown): Uint8Array =>
  fromHex(String(text).replace(/^0x/, "")) ?? new Uint8Array();
const part = (value: JsonObject, name: string): JsonObject => {
  const found = member(value, name);
  return isObject(found) ? found : {};
};
const without = (value: JsonObject, ...names: string[]): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));

function signed(key: unknown, message: JsonObject, signature: unknown): boolean {
  return verifySignature(bytesOf(key), utf8(canonicalize(message)), bytesOf(signature));
}

describe("a generated log", () => {
  test("has v1 receipts whose ids, parameter hashes and signatures fit", async () => {
    let seq = 0;
    for await (const batch of generateLog(OPTIONS, ports)) {
      for (const { seq: number, value } of batch.receipts) {
        seq += 1;
        expect(number).toBe(seq);
        const body = without(value, "id", "signature");
        expect(value["id"]).toBe(toHex(sha256(utf8(canonicalize(body)))));
        expect(
          signed(value["kernel_key"], { body, id: value["id"] ?? "" }, value["signature"]),
        ).toBe(true);
        const action = part(value, "action");
        const parameters = canonicalize(action["parameters"] ?? null);
        expect(action["parameter_hash"]).toBe(toHex(sha256(utf8(parameters))));
        expect(value["kernel_key"]).toBe(seq < 11 ? demoKernelA().key : demoKernelB().key);
      }
    }
    expect(seq).toBe(23);
  });

  test("signs pre-v1 and documentation receipts over all but the signature", async () => {
    for (const form of ["pre-v1", "documentation"] as const) {
      for await (const batch of generateLog({ ...OPTIONS, form }, ports)) {
        for (const { value } of batch.receipts) {
          const key = String(value["kernel_key"]).replace("ed25519:pub:", "");
          const signature = String(value["signature"]).replace("ed25519:", "");
          expect(signed(key, without(value, "signature"), signature)).toBe(true);
        }
      }
    }
  });

  test("has checkpoints that continue each other, with proofs that lead to their roots", async () => {
    let previous: string | null = null;
    const seen: number[] = [];
    for await (const batch of generateLog(OPTIONS, ports)) {
      const { checkpoint } = batch;
      if (checkpoint === null) {
        expect(batch.receipts.map((one) => one.seq)).toEqual([21, 22, 23]);
        continue;
      }
      seen.push(checkpoint.seq);
      const body = part(checkpoint.value, "body");
      expect(signed(body["kernel_key"], body, checkpoint.value["signature"])).toBe(true);
      expect(member(body, "previous_checkpoint_sha256") ?? null).toBe(previous);
      previous = toHex(sha256(utf8(canonicalize(body))));
      batch.proofs().forEach((proof, index) => {
        const receipt = batch.receipts[index]?.value ?? {};
        const path = part(proof, "proof")["audit_path"];
        const root = rootFromInclusionProof({
          leaf: leafHash(utf8(canonicalize(receipt))),
          index,
          size: 5,
          path: Array.isArray(path) ? path.map(bytesOf) : [],
        });
        expect(root.ok && toHex(root.value)).toBe(toHex(bytesOf(body["merkle_root"])));
      });
    }
    expect(seen).toEqual([1, 2, 3, 4]);
  });
});

describe("an evidence folder", () => {
  test("lists every file with its size and hash, and counts what is there", async () => {
    const folder = await evidenceFolder(OPTIONS, ports);
    const manifest = recordOf(folder.get("manifest.json") ?? "{}");
    const files = member(manifest, "files");
    expect(Array.isArray(files) && files.length).toBe(12);
    for (const file of Array.isArray(files) ? files.filter(isObject) : []) {
      const text = folder.get(String(file["path"])) ?? "absent";
      expect(file["sha256"]).toBe(toHex(sha256(utf8(text))));
      expect(file["bytes"]).toBe(utf8(text).length);
    }
    expect(member(manifest, "counts")).toEqual({
      toolReceipts: 23,
      childReceipts: 0,
      checkpoints: 4,
      capabilityLineage: 0,
      inclusionProofs: 20,
      uncheckpointedReceipts: 3,
    });
    // The change of key between checkpoints 2 and 3 starts another log: no record spans it.
    expect(linesOf(folder.get("checkpoint-consistency-proofs.ndjson")).length).toBe(2);
  });

  test("is the same, byte for byte, whoever signs and however often it is made", async () => {
    const once = await evidenceFolder(OPTIONS, ports);
    const again = await evidenceFolder(OPTIONS, ports);
    expect([...again]).toEqual([...once]);
    const { sign } = await import("@/kernel/crypto/ed25519.ts");
    expect([...(await evidenceFolder(OPTIONS, { ...ports, sign }))]).toEqual([...once]);
  });
});

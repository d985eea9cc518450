import { sha256 } from "@/kernel/crypto/sha256.ts";
import { utf8 } from "@/kernel/encoding.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { Dataset } from "../dataset.ts";
import type { MemberInfo } from "../members.ts";
import { FLAG, NO_NUMBER, type OtherRecord, type UnitResult } from "../unit-result.ts";
import { noChain } from "./no-chain.ts";
import { noDeadLetters } from "./no-dead-letters.ts";

export interface UnitRow {
  readonly id: string;
  readonly seq: number | null;
  readonly key?: string;
  readonly flags?: number;
}

export interface UnitProof {
  readonly checkpoint: number;
  readonly receipt: number;
  readonly index: number;
  readonly size: number;
  readonly root?: Uint8Array;
}

/**
 * A unit's result as a worker would send it, without the signatures: what relating a million hostile rows
 * costs is a question of the relations alone.
 */
export function unitOf(
  member: number,
  rows: readonly UnitRow[],
  others: readonly OtherRecord[] = [],
  proofs: readonly UnitProof[] = [],
): UnitResult {
  const keys = [...new Set(rows.map(({ key = "k" }) => key))];
  const numbers = new Map(keys.map((key, index) => [key, index]));
  const identity = new Uint8Array(rows.length * 32);
  const leaf = new Uint8Array(rows.length * 32);
  for (const [at, { id }] of rows.entries()) {
    identity.set(sha256(utf8(id)), at * 32);
    leaf.set(sha256(utf8(`leaf ${id}`)), at * 32);
  }
  const path = proofs.map(({ size }) => Math.ceil(Math.log2(Math.max(size, 1))));
  const root = new Uint8Array(proofs.length * 32);
  for (const [at, proof] of proofs.entries()) {
    root.set(proof.root ?? new Uint8Array(32), at * 32);
  }
  let end = 0;
  const count = rows.length;
  return {
    member,
    start: 0,
    rowBase: member * 1_000,
    lines: count,
    records: count + others.length + proofs.length,
    exported: {},
    keys,
    capabilities: [""],
    pointers: [""],
    receipts: {
      count,
      line: Uint32Array.from(rows, (_, at) => at + 1),
      offset: Float64Array.from(rows, (_, at) => at * 100),
      length: new Uint32Array(count).fill(100),
      seq: BigUint64Array.from(rows, ({ seq }) => (seq === null ? NO_NUMBER : BigInt(seq))),
      timestamp: new BigUint64Array(count).fill(1n),
      form: new Uint8Array(count).fill(1),
      flags: Uint16Array.from(rows, ({ flags = FLAG.signatureFits | FLAG.contentHolds }) => flags),
      key: Uint32Array.from(rows, ({ key = "k" }) => numbers.get(key) ?? 0),
      pointer: new Uint32Array(count),
      capability: new Uint32Array(count),
      identity,
      leaf,
    },
    ids: rows.map(({ id }) => id).join("\u0000"),
    proofs: {
      count: proofs.length,
      line: Uint32Array.from(proofs, (_, at) => at + 1),
      offset: Float64Array.from(proofs, (_, at) => at * 100),
      length: new Uint32Array(proofs.length).fill(100),
      checkpointSeq: BigUint64Array.from(proofs, ({ checkpoint }) => BigInt(checkpoint)),
      receiptSeq: BigUint64Array.from(proofs, ({ receipt }) => BigInt(receipt)),
      leafIndex: Float64Array.from(proofs, ({ index }) => index),
      proofLeafIndex: Float64Array.from(proofs, ({ index }) => index),
      treeSize: Float64Array.from(proofs, ({ size }) => size),
      root,
      path: new Uint8Array(path.reduce((sum, length) => sum + length, 0) * 32),
      pathEnd: Uint32Array.from(path, (length) => {
        end += length * 32;
        return end;
      }),
    },
    chain: noChain(count),
    deadLetters: noDeadLetters(),
    others,
    rejects: [],
    findings: [],
    counted: {},
    refereed: { signatures: 0, checked: 0, disagreements: 0 },
  };
}

export function memberOf(id: number, path: string): MemberInfo {
  const cut = path.lastIndexOf("/");
  return {
    id,
    input: id,
    path,
    collection: cut === -1 ? "" : path.slice(0, cut),
    name: path.slice(cut + 1),
    layout: "lines",
    sha256: "00",
    table: null,
    size: 1,
  };
}

export function recordOf(kind: OtherRecord["kind"], at: number, value: JsonObject): OtherRecord {
  return {
    kind,
    line: at + 1,
    offset: at * 100,
    length: 100,
    pointer: "",
    value,
    signature: kind === "checkpoint" ? "fits" : "none",
    innerFits: true,
    key: null,
    sha256: null,
    anchored: null,
  };
}

export function datasetOf(paths: readonly string[], units: readonly UnitResult[]): Dataset {
  const dataset = new Dataset();
  for (const [input, path] of paths.entries()) {
    dataset.addInput({ input, path, sha256: "00", size: 1, recognisedAs: "file" });
  }
  dataset.addMembers(paths.map((path, id) => memberOf(id, path)));
  for (const unit of units) {
    dataset.add(unit);
  }
  return dataset;
}

import { fromHex } from "@/kernel/encoding.ts";
import {
  asU64,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
} from "@/kernel/json/value.ts";
import { doubled } from "./receipt-sink.ts";
import { NO_NUMBER, type ProofColumns } from "./unit-result.ts";

/** A path longer than this proves no tree that fits 64-bit sizes. */
const LONGEST_PATH = 64;

/** Grows the inclusion proofs of one unit. Proofs are as many as receipts, so they are kept in columns. */
export class ProofSink {
  readonly #line: number[] = [];
  readonly #offset: number[] = [];
  readonly #length: number[] = [];
  readonly #checkpointSeq: bigint[] = [];
  readonly #receiptSeq: bigint[] = [];
  readonly #leafIndex: number[] = [];
  readonly #proofLeafIndex: number[] = [];
  readonly #treeSize: number[] = [];
  readonly #pathEnd: number[] = [];
  #root = new Uint8Array(32 * 256);
  #path = new Uint8Array(32 * 1024);
  #pathLength = 0;

  /**
   * Adds a proof, wrapped (`{checkpoint_seq, receipt_seq, leaf_index, merkle_root, proof}`) or bare.
   * Returns the pointer of the first member that cannot be read, or null.
   */
  add(
    place: { readonly line: number; readonly offset: number; readonly length: number },
    value: JsonObject,
  ): string | null {
    const inner = member(value, "proof");
    const proof = isObject(inner) ? inner : value;
    const at = isObject(inner) ? "/proof" : "";
    const path = readPath(member(proof, "audit_path"));
    const root =
      member(value, "merkle_root") === undefined ? null : readHash(member(value, "merkle_root"));
    const wrapped = isObject(inner);
    const problem =
      wrapped && asU64(member(value, "checkpoint_seq")) === undefined
        ? "/checkpoint_seq"
        : wrapped && asU64(member(value, "receipt_seq")) === undefined
          ? "/receipt_seq"
          : path === null
            ? `${at}/audit_path`
            : root === undefined
              ? "/merkle_root"
              : wrapped && !isIndex(member(value, "leaf_index"))
                ? "/leaf_index"
                : !isIndex(member(proof, "tree_size"))
                  ? `${at}/tree_size`
                  : !isIndex(member(proof, "leaf_index"))
                    ? `${at}/leaf_index`
                    : null;
    if (problem !== null || path === null) {
      return problem;
    }
    const index = this.#line.length;
    this.#line.push(place.line);
    this.#offset.push(place.offset);
    this.#length.push(place.length);
    this.#checkpointSeq.push(asU64(member(value, "checkpoint_seq")) ?? NO_NUMBER);
    this.#receiptSeq.push(asU64(member(value, "receipt_seq")) ?? NO_NUMBER);
    this.#proofLeafIndex.push(asIndex(member(proof, "leaf_index")));
    this.#leafIndex.push(asIndex(member(value, "leaf_index")));
    this.#treeSize.push(asIndex(member(proof, "tree_size")));
    while ((index + 1) * 32 > this.#root.length) {
      this.#root = doubled(this.#root);
    }
    if (root) {
      this.#root.set(root, index * 32);
    }
    while (this.#pathLength + path.length * 32 > this.#path.length) {
      this.#path = doubled(this.#path);
    }
    for (const hash of path) {
      this.#path.set(hash, this.#pathLength);
      this.#pathLength += 32;
    }
    this.#pathEnd.push(this.#pathLength);
    return null;
  }

  columns(): ProofColumns {
    const count = this.#line.length;
    return {
      count,
      line: Uint32Array.from(this.#line),
      offset: Float64Array.from(this.#offset),
      length: Uint32Array.from(this.#length),
      checkpointSeq: BigUint64Array.from(this.#checkpointSeq),
      receiptSeq: BigUint64Array.from(this.#receiptSeq),
      leafIndex: Float64Array.from(this.#leafIndex),
      proofLeafIndex: Float64Array.from(this.#proofLeafIndex),
      treeSize: Float64Array.from(this.#treeSize),
      root: this.#root.slice(0, count * 32),
      path: this.#path.slice(0, this.#pathLength),
      pathEnd: Uint32Array.from(this.#pathEnd),
    };
  }
}

/** A Merkle hash on the wire is `0x` and 64 hex digits; a missing prefix is tolerated in reading. */
export function readHash(value: JsonValue | undefined): Uint8Array | undefined {
  if (typeof value !== "string") {
    return undefined;
  }
  const bytes = fromHex(value.startsWith("0x") ? value.slice(2) : value);
  return bytes?.length === 32 ? bytes : undefined;
}

function readPath(value: JsonValue | undefined): readonly Uint8Array[] | null {
  if (!isArray(value) || value.length > LONGEST_PATH) {
    return null;
  }
  const hashes: Uint8Array[] = [];
  for (const element of value) {
    const hash = readHash(element);
    if (hash === undefined) {
      return null;
    }
    hashes.push(hash);
  }
  return hashes;
}

function isIndex(value: JsonValue | undefined): boolean {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function asIndex(value: JsonValue | undefined): number {
  return typeof value === "number" && isIndex(value) ? value : Number.NaN;
}

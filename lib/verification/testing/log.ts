import { chainLeaf } from "@/kernel/checkpoint/chain.ts";
import { inspectCheckpoint } from "@/kernel/checkpoint/inspect.ts";
import { signCheckpoint } from "@/kernel/checkpoint/sign.ts";
import { purePrimitives } from "@/kernel/crypto/sha256.ts";
import { toHex } from "@/kernel/encoding.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { leafHash } from "@/kernel/merkle/hasher.ts";
import { merkleRoot, merkleTree } from "@/kernel/merkle/tree.ts";
import { inspectReceipt } from "@/kernel/receipt/inspect.ts";
import { actionOf, signChild, signPreV1, signV1 } from "@/kernel/receipt/sign.ts";
import { keyOf, seedOf } from "./keys.ts";

export const HASH = "cd".repeat(32);
export const FIRST_TIME = 1_776_270_871;

export interface LogOptions {
  readonly receipts?: number;
  readonly batch?: number;
  readonly form?: "pre-v1" | "v1";
  readonly version?: 1 | 2;
  /** Part of every id, so that two logs hold different receipts. */
  readonly name?: string;
  readonly kernel?: Uint8Array;
  readonly checkpointer?: Uint8Array;
  /** From this receipt on another key signs receipts and checkpoints. */
  readonly rotation?: { readonly from: number; readonly to: Uint8Array };
  /** April's statements need not name their predecessor. */
  readonly linked?: boolean;
  /** Positions of the checkpointed sequence that hold a child receipt. */
  readonly children?: readonly number[];
}

/** What a kernel's export holds, each record as it was signed. */
export interface BuiltLog {
  readonly receipts: readonly JsonObject[];
  readonly children: readonly JsonObject[];
  readonly checkpoints: readonly JsonObject[];
  readonly proofs: readonly JsonObject[];
  /** Rows of the claim log: which receipt stands at each position. */
  readonly entries: readonly JsonObject[];
}

export function receiptBody(id: string, timestamp: number): JsonObject {
  return {
    id,
    timestamp,
    capability_id: `cap-${id}`,
    tool_server: "payments",
    tool_name: "approve_charge",
    action: actionOf({ amount: id }),
    decision: { verdict: "allow" },
    content_hash: HASH,
    policy_hash: "policy",
  };
}

const MEDIATED: JsonObject = {
  receipt_kind: "mediated_decision",
  boundary_class: "prevent",
  trust_level: "mediated",
};

export function signReceipt(
  body: JsonObject,
  seed: Uint8Array,
  form: "pre-v1" | "v1" = "pre-v1",
): JsonObject {
  return form === "v1" ? signV1({ ...body, ...MEDIATED }, seed) : signPreV1(body, seed);
}

export function signedChild(id: string, timestamp: number, seed: Uint8Array): JsonObject {
  const body = {
    id,
    timestamp,
    session_id: "session",
    parent_request_id: "parent",
    request_id: id,
    operation_kind: "create_message",
    terminal_state: { state: "completed" },
    outcome_hash: HASH,
    policy_hash: "policy",
  };
  return signChild(body, seed);
}

/** The leaf under which a checkpoint commits to a receipt. */
export function leafOf(receipt: JsonObject): Uint8Array {
  return leafHash(inspectReceipt(receipt, purePrimitives).leafBytes());
}

export function digestOf(checkpoint: JsonObject): string {
  return inspectCheckpoint(checkpoint, purePrimitives).sha256;
}

/** Signs a whole log: receipts, their checkpoints, and a proof for each receipt. */
export function log(options: LogOptions = {}): BuiltLog {
  const { receipts: total = 24, batch = 8, form = "pre-v1", name = "log", rotation } = options;
  const kernel = options.kernel ?? seedOf("kernel");
  const signerAt = (position: number): Uint8Array =>
    rotation !== undefined && position >= rotation.from ? rotation.to : kernel;
  const childPositions = new Set(options.children ?? []);
  const receipts: JsonObject[] = [];
  const children: JsonObject[] = [];
  const entries: JsonObject[] = [];
  const leaves: Uint8Array[] = [];
  for (let position = 1; position <= total; position += 1) {
    const isChild = childPositions.has(position);
    const id = `${name}-${position}`;
    const at = FIRST_TIME + position;
    const record = isChild
      ? signedChild(id, at, signerAt(position))
      : signReceipt(receiptBody(id, at), signerAt(position), form);
    const list = isChild ? children : receipts;
    list.push(record);
    leaves.push(leafOf(record));
    entries.push({
      entry_seq: position,
      receipt_kind: isChild ? "child_receipt" : "tool_receipt",
      source_seq: list.length,
    });
  }
  const checkpoints: JsonObject[] = [];
  const proofs: JsonObject[] = [];
  for (let start = 1; start + batch - 1 <= total; start += batch) {
    const signer = rotation === undefined ? (options.checkpointer ?? kernel) : signerAt(start);
    const own = leaves.slice(start - 1, start - 1 + batch);
    checkpoints.push(nextCheckpoint(checkpoints, start, own, signer, options));
    const tree = merkleTree(own);
    for (const [index, entry] of entries.slice(start - 1, start - 1 + batch).entries()) {
      if (entry["receipt_kind"] === "tool_receipt") {
        proofs.push({
          checkpoint_seq: checkpoints.length,
          receipt_seq: entry["source_seq"] ?? null,
          leaf_index: index,
          merkle_root: `0x${toHex(tree.root)}`,
          proof: {
            tree_size: batch,
            leaf_index: index,
            audit_path: tree.inclusionProof(index).map((hash) => `0x${toHex(hash)}`),
          },
        });
      }
    }
  }
  return { receipts, children, checkpoints, proofs, entries };
}

function nextCheckpoint(
  earlier: readonly JsonObject[],
  start: number,
  leaves: readonly Uint8Array[],
  seed: Uint8Array,
  { version = 1, linked = true }: LogOptions,
): JsonObject {
  const last = earlier.at(-1);
  const body: JsonObject = {
    schema: `chio.checkpoint_statement.v${version}`,
    checkpoint_seq: earlier.length + 1,
    batch_start_seq: start,
    batch_end_seq: start + leaves.length - 1,
    tree_size: leaves.length,
    merkle_root: `0x${toHex(merkleRoot(leaves))}`,
    issued_at: FIRST_TIME + start + leaves.length,
    kernel_key: keyOf(seed),
    ...(last !== undefined && (linked || version === 2)
      ? { previous_checkpoint_sha256: digestOf(last) }
      : {}),
  };
  if (version === 1) {
    return signCheckpoint(body, seed);
  }
  const chain = [...earlier, { body, signature: "" }].map((checkpoint) => {
    const { facts } = inspectCheckpoint(checkpoint, purePrimitives);
    return chainLeaf(facts, purePrimitives) ?? new Uint8Array();
  });
  return signCheckpoint({ ...body, chain_root: `0x${toHex(merkleRoot(chain))}` }, seed);
}

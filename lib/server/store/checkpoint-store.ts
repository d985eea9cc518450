import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { asText, asU64, isObject, member } from "@/kernel/json/value.ts";
import { type Connection, integerAt, type Row, textAt } from "./sqlite.ts";

/** A signed statement as stored: the canonical text of its body, and the signature over that text. */
export interface StoredCheckpoint {
  readonly seq: bigint;
  readonly start: bigint;
  readonly end: bigint;
  /** `0x` and 64 hexadecimal digits. */
  readonly merkleRoot: string;
  readonly issuedAt: bigint;
  readonly kernelKey: string;
  readonly statementJson: string;
  readonly signature: string;
}

/** The signed statements of a log; projections beside them are kept by the store's triggers. */
export interface CheckpointStore {
  /** Appends a signed statement in its own transaction; throws where it does not follow the last one. */
  put(checkpoint: JsonObject): void;
  last(): StoredCheckpoint | null;
  /** In ascending order after `seq`, at most `limit`. */
  after(seq: bigint, limit: number): readonly StoredCheckpoint[];
}

const COLUMNS =
  "checkpoint_seq, batch_start_seq, batch_end_seq, merkle_root, issued_at, kernel_key, statement_json, signature";

export function checkpointStore(connection: Connection): CheckpointStore {
  const insert = connection.prepare(
    `INSERT INTO kernel_checkpoints (
       checkpoint_seq, batch_start_seq, batch_end_seq, tree_size, merkle_root, issued_at,
       statement_json, signature, kernel_key
     ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const last = connection.prepare(
    `SELECT ${COLUMNS} FROM kernel_checkpoints ORDER BY checkpoint_seq DESC LIMIT 1`,
  );
  const after = connection.prepare(
    `SELECT ${COLUMNS} FROM kernel_checkpoints WHERE checkpoint_seq > ?
     ORDER BY checkpoint_seq LIMIT ?`,
  );
  return {
    put(checkpoint) {
      const body = member(checkpoint, "body");
      if (!isObject(body)) {
        throw new TypeError("a checkpoint without a body");
      }
      const values = [
        integer(body, "checkpoint_seq"),
        integer(body, "batch_start_seq"),
        integer(body, "batch_end_seq"),
        integer(body, "tree_size"),
        text(body, "merkle_root"),
        integer(body, "issued_at"),
        canonicalize(body),
        text(checkpoint, "signature"),
        text(body, "kernel_key"),
      ];
      connection.write(() => insert.run(...values));
    },
    last() {
      const row = last.first();
      return row === null ? null : checkpointOf(row);
    },
    after: (seq, limit) => after.all(seq, BigInt(limit)).map(checkpointOf),
  };
}

function checkpointOf(row: Row): StoredCheckpoint {
  return {
    seq: integerAt(row, 0),
    start: integerAt(row, 1),
    end: integerAt(row, 2),
    merkleRoot: textAt(row, 3),
    issuedAt: integerAt(row, 4),
    kernelKey: textAt(row, 5),
    statementJson: textAt(row, 6),
    signature: textAt(row, 7),
  };
}

function integer(body: JsonObject, name: string): bigint {
  const value = asU64(member(body, name));
  if (value === undefined) {
    throw new TypeError(`a checkpoint without ${name}`);
  }
  return value;
}

function text(body: JsonObject, name: string): string {
  const value = asText(member(body, name));
  if (value === undefined) {
    throw new TypeError(`a checkpoint without ${name}`);
  }
  return value;
}

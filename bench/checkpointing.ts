import { hash as nativeHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { textLeafHash } from "@/kernel/merkle/hasher.ts";
import { demoKey } from "@/lib/demo/keys.ts";
import { nodePrimitives } from "@/lib/node/crypto.ts";
import { nodeSigner } from "@/lib/server/keys/signer.ts";
import { openCheckpointer } from "@/lib/server/log/checkpointer.ts";
import type { CommittedLeaf } from "@/lib/server/log/receipt-log.ts";
import { checkpointStore } from "@/lib/server/store/checkpoint-store.ts";
import { openReceiptStore } from "@/lib/server/store/receipt-store.ts";
import { openStoreFile } from "@/lib/server/store/sqlite.ts";
import { compare, type Pair } from "./canonical-json.ts";

/** Receipts to a checkpoint, as the server has it unless told otherwise. */
const EVERY = 100;
/** Leaves that one commit brings, as under some load. */
const COMMIT = 10;
/** Octets of a stored statement with its columns. */
const STATEMENT = 900;
const TABLE = "CREATE TABLE rows (text TEXT NOT NULL)";

/**
 * Receipts per second that a checkpointer takes, statements signed and stored durably, against the bare parts
 * of that: two hashes for each receipt, and one signature and one synced commit for each hundred.
 */
export function compareCheckpointing(receipts: number, runs: number): Pair {
  const primitives = nodePrimitives();
  const signer = nodeSigner(demoKey("benchmark checkpoint").seed);
  const leaves = Array.from({ length: receipts }, (_, index) =>
    textLeafHash(`receipt ${index}`, primitives),
  );
  return compare(
    receipts,
    runs,
    () =>
      inFolder((folder) => {
        const store = openReceiptStore(folder);
        const checkpoints = checkpointStore(store.connection);
        const checkpointer = openCheckpointer({
          receipts: store,
          checkpoints,
          signer,
          primitives,
          now: () => BigInt(Math.floor(Date.now() / 1000)),
          every: EVERY,
          within: 3_600_000,
        });
        for (let start = 0; start < receipts; start += COMMIT) {
          const committed = leaves
            .slice(start, start + COMMIT)
            .map((leaf, index): CommittedLeaf => ({ entrySeq: BigInt(start + index + 1), leaf }));
          checkpointer.add(committed);
        }
        checkpointer.close();
        const signed = checkpointer.lastSeq;
        store.close();
        return signed;
      }),
    () =>
      inFolder((folder) => {
        const connection = openStoreFile(join(folder, "bare.sqlite3"), { schema: [TABLE] });
        const insert = connection.prepare("INSERT INTO rows VALUES (?)");
        const statement = "s".repeat(STATEMENT);
        const node = new Uint8Array(65);
        let signed = 0;
        for (let start = 0; start < receipts; start += EVERY) {
          for (let one = 0; one < 2 * Math.min(EVERY, receipts - start); one += 1) {
            nativeHash("sha256", node, "buffer");
          }
          signer.sign(nativeHash("sha256", node, "buffer"));
          connection.write(() => insert.run(statement));
          signed += 1;
        }
        connection.close();
        return signed;
      }),
  );
}

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "chio-bench-"));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

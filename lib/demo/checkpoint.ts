import type { MerkleRange } from "@/kernel/merkle/range.ts";
import {
  type Batch,
  type CheckpointRecord,
  draftCheckpoint,
  type StatementVersion,
} from "@/lib/evidence/checkpoint.ts";
import type { DemoKey } from "./keys.ts";
import type { DemoPorts } from "./ports.ts";

/** Signs a batch with a demo key, after `previous`. */
export async function signBatch(
  version: StatementVersion,
  batch: Batch,
  key: DemoKey,
  previous: CheckpointRecord | null,
  chain: MerkleRange,
  ports: DemoPorts,
): Promise<CheckpointRecord> {
  const draft = draftCheckpoint(version, batch, key.key, previous, chain, ports.primitives);
  return draft.seal(await ports.sign(key.seed, draft.message));
}

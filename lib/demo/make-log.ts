import { ndjson } from "@/lib/evidence/folder.ts";
import { demoKernelA, generateLog } from "./log.ts";
import type { DemoPorts } from "./ports.ts";

/** Some records of one file: the shell joins the chunks of a path to a Blob, and never holds the text. */
export interface LogChunk {
  readonly path: string;
  readonly text: string;
  /** Receipts made so far. */
  readonly done: number;
}

/** Above this many receipts the inclusion proofs would outweigh the log; roots are recomputed anyway. */
const PROOFS_UP_TO = 100_000;

/**
 * A clean log of `receipts` receipts in checkpoints of 100, one chunk at a time: `receipts.ndjson`,
 * `inclusion-proofs.ndjson` for logs of up to 100,000, and `checkpoints.ndjson` at the end.
 */
export async function* makeLog(receipts: number, ports: DemoPorts): AsyncGenerator<LogChunk> {
  const folder = `demo-log-${receipts}`;
  const checkpoints: string[] = [];
  let done = 0;
  const options = {
    receipts,
    seed: receipts >>> 0,
    batch: 100,
    form: "v1",
    statement: 2,
    signers: [{ from: 1, key: demoKernelA() }],
  } as const;
  for await (const batch of generateLog(options, ports)) {
    done += batch.receipts.length;
    const records = batch.receipts.map(({ seq, value }) => ({ seq, receipt: value }));
    yield { path: `${folder}/receipts.ndjson`, text: ndjson(records), done };
    if (receipts <= PROOFS_UP_TO && batch.checkpoint !== null) {
      yield { path: `${folder}/inclusion-proofs.ndjson`, text: ndjson(batch.proofs()), done };
    }
    if (batch.checkpoint !== null) {
      checkpoints.push(ndjson([batch.checkpoint.value]));
    }
  }
  yield { path: `${folder}/checkpoints.ndjson`, text: checkpoints.join(""), done };
}

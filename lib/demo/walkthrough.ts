import { evidenceFolder } from "./evidence.ts";
import { demoKernelA, demoKernelB } from "./log.ts";
import { linesOf } from "./manifest.ts";
import type { DemoPorts } from "./ports.ts";
import { type DemoFile, demoTrust, EDIT, filesOf } from "./samples.ts";
import { editReceipt, removeCheckpoint, restamp } from "./tamper.ts";

/** The numbers of the auditor's case, counted while it is made and never by what verifies it. */
export interface WalkthroughTruth {
  readonly generated: number;
  readonly receipts: number;
  readonly checkpoints: number;
  readonly absentCheckpoint: number;
  readonly absentReceipts: readonly [number, number];
  readonly uncheckpointed: number;
  readonly editedSeq: number;
  readonly copyLines: number;
  readonly copySame: number;
  readonly copyNotUnderstood: number;
}

export interface Walkthrough {
  readonly evidence: readonly DemoFile[];
  readonly copy: DemoFile;
  readonly trust: DemoFile;
  readonly truth: WalkthroughTruth;
}

const RECEIPTS = 3892;
const BATCH = 100;
const REMOVED = 17;
const NOISE = new Map<number, string>([
  [141, "-- export resumed after 2 s --"],
  [555, '{"seq":1055,"receipt":{"id":"rcpt-'],
  [872, "null, see attachment"],
]);

/**
 * The auditor's five minutes: a pre-v1 log of 3,892 receipts in 38 checkpoints of 100, of which checkpoint
 * 17 is removed with its receipts and #803 is edited, the manifest stamped anew; and another department's
 * copy of receipts 501 to 1,500 with three lines of noise.
 */
export async function buildWalkthrough(ports: DemoPorts): Promise<Walkthrough> {
  const original = await evidenceFolder(
    {
      receipts: RECEIPTS,
      seed: 803,
      batch: BATCH,
      form: "pre-v1",
      statement: 1,
      signers: [
        { from: 1, key: demoKernelA() },
        { from: 2101, key: demoKernelB() },
      ],
    },
    ports,
  );
  const edited = editReceipt(original, EDIT.seq, EDIT.from, EDIT.to);
  const evidence = restamp(removeCheckpoint(edited, REMOVED), ports);
  const lines = linesOf(original.get("receipts.ndjson")).slice(500, 1500);
  const copy = lines.map((line, index) => `${NOISE.get(index + 1) ?? line}\n`).join("");
  return {
    evidence: filesOf("evidence-2026-04", evidence),
    copy: { path: "export-B.ndjson", text: copy },
    trust: { path: "chio-trust.json", text: demoTrust() },
    truth: {
      generated: RECEIPTS,
      receipts: RECEIPTS - BATCH,
      checkpoints: Math.floor(RECEIPTS / BATCH) - 1,
      absentCheckpoint: REMOVED,
      absentReceipts: [(REMOVED - 1) * BATCH + 1, REMOVED * BATCH],
      uncheckpointed: RECEIPTS % BATCH,
      editedSeq: EDIT.seq,
      copyLines: lines.length,
      copySame: lines.length - NOISE.size - 1,
      copyNotUnderstood: NOISE.size,
    },
  };
}

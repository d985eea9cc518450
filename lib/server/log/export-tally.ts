import type { CheckpointRecord } from "@/lib/evidence/checkpoint.ts";
import { isOneLog } from "@/lib/evidence/derived-records.ts";
import type { LogFacts, ManifestFacts, ManifestFile } from "@/lib/evidence/manifest.ts";

/** Counts of an export, taken while its files are written: the manifest states what is there. */
export class ExportTally {
  tool = 0;
  child = 0;
  /** Tool receipts that a checkpoint covers. */
  covered = 0;
  lineage = 0;
  inclusion = 0;
  readonly #records: readonly CheckpointRecord[];

  constructor(records: readonly CheckpointRecord[]) {
    this.#records = records;
  }

  /** `exportedAt` in Unix seconds. */
  facts(exportedAt: number, files: readonly ManifestFile[]): ManifestFacts {
    const logs = this.#logs();
    const joined = logs.reduce((sum, log) => sum + log.witnesses, 0);
    return {
      exportedAt,
      query: {},
      toolReceipts: this.tool,
      childReceipts: this.child,
      checkpoints: this.#records.length,
      publications: this.#records.length,
      witnesses: joined,
      consistencyProofs: joined,
      inclusionProofs: this.inclusion,
      lineage: this.lineage,
      covered: this.covered,
      logs,
      files,
    };
  }

  /** One log for each key that signed, in the order in which they took over. */
  #logs(): readonly LogFacts[] {
    const logs = new Map<string, LogFacts>();
    this.#records.forEach((record, index) => {
      const known = logs.get(record.key);
      const before = this.#records[index - 1];
      const joins = before !== undefined && isOneLog(before, record) ? 1 : 0;
      logs.set(record.key, {
        key: record.key,
        checkpoints: (known?.checkpoints ?? 0) + 1,
        witnesses: (known?.witnesses ?? 0) + joins,
        consistencyProofs: (known?.consistencyProofs ?? 0) + joins,
        treeSize: record.end,
      });
    });
    return [...logs.values()];
  }
}

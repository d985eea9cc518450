import type { ExportForm } from "@/lib/ingest/kafka/export-form.ts";
import type { Verdict } from "@/lib/verification/report.ts";

/** What the pages see of the session: files, run, verdict, trust, machine. Immutable snapshots. */
export interface SessionState {
  readonly phase: "empty" | "running" | "done" | "stopped" | "refused";
  readonly selfTest: SelfTestState | null;
  readonly progress: Progress | null;
  readonly files: readonly FileCard[];
  readonly rejects: readonly RejectedRow[];
  readonly verdict: Verdict | null;
  readonly trust: TrustState;
  readonly machine: MachineState;
  /** Changes whenever rows or statuses in the database changed: a part of every query key. */
  readonly revision: number;
  /** The last thing that went wrong outside the data: an engine that died, a worker that was replaced. */
  readonly notice: Notice | null;
}

export interface SelfTestState {
  readonly accepted: { readonly passed: number; readonly total: number };
  readonly refused: { readonly passed: number; readonly total: number };
  /** Names of the known answers that were not met; the app gives no verdict while there are any. */
  readonly failures: readonly string[];
}

export type StageName = "read" | "parse" | "sign" | "prove" | "link";
export interface StageProgress {
  readonly name: StageName;
  readonly state: "waiting" | "running" | "done";
  readonly done: number;
  readonly total: number;
  readonly note: string;
}
export interface Progress {
  readonly stages: readonly StageProgress[];
  /** Receipts per second over the last seconds, and seconds left; null while unknown. */
  readonly rate: number | null;
  readonly secondsLeft: number | null;
  readonly memoryEstimate: number | null;
}

export interface FileCard {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly members: number;
  readonly understanding: "reading" | "understood" | "in-part" | "not-understood";
  readonly recognisedAs: string;
  /** Label and value, in the order to be shown. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** What the file makes possible, in a sentence. */
  readonly unlocks: string;
  readonly isTrustFile: boolean;
  /** As what its records are read; null for a file of which nobody would ask. */
  readonly readAs: ReadAs | null;
}

/** The export form that a file is read as: the one of most of its records, or a person's choice. */
export interface ReadAs {
  /** Null where no export was recognised. */
  readonly form: ExportForm | null;
  readonly isChosen: boolean;
  /** Further forms among its records. */
  readonly others: number;
}

export interface RejectedRow {
  readonly file: string;
  readonly line: number | null;
  readonly byteOffset: number | null;
  readonly code: string;
  readonly message: string;
  readonly excerpt: string;
}

export interface TrustKey {
  readonly role: string;
  readonly key: string;
  readonly fingerprint: string;
  readonly note: string;
  readonly validFrom: number | null;
  readonly validUntil: number | null;
  readonly retiredAt: number | null;
}
export interface TrustState {
  readonly pinned: readonly TrustKey[];
  /** Trust files that came together with evidence: to be confirmed by fingerprint before they count. */
  readonly offered: readonly {
    readonly id: string;
    readonly path: string;
    readonly keys: readonly TrustKey[];
  }[];
  /** A dropped trust file that was refused, with the reason. */
  readonly refused: readonly { readonly path: string; readonly reason: string }[];
}

export interface MachineState {
  readonly workers: number;
  /** An estimate: a page cannot ask what its workers take. Null before the first file. */
  readonly memoryBytes: number | null;
  readonly offlineReady: boolean;
  readonly requestsSent: number;
  readonly backend: "webcrypto" | "exact";
  readonly checkedReceipts: number;
  readonly checkedSeconds: number;
}

export interface Notice {
  readonly code: string;
  readonly message: string;
}

/** What a page can ask of the session. */
export interface SessionCommands {
  /** Files with their relative paths (`folder/file`); one call is one drop. */
  open(files: readonly { readonly path: string; readonly file: Blob }[]): void;
  openText(text: string): void;
  openSample(name: SampleName): void;
  makeLog(receipts: number): void;
  /** Reads a file anew, as exported in this form; null leaves it to the guess. Everything is read again. */
  readAs(card: string, form: ExportForm | null): void;
  stop(): void;
  /** Pins an offered trust file after the person compared its fingerprints. */
  confirmTrust(id: string): void;
  unpinAll(): void;
  clear(): void;
}

export type SampleName =
  | "clean"
  | "changed"
  | "removed-checkpoint"
  | "forked"
  | "choreography"
  | "storm";

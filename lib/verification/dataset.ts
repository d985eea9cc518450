import type { FindingCode } from "@/kernel/findings.ts";
import type { TrustBundle } from "@/kernel/trust/trust-bundle.ts";
import type { IngestFinding } from "@/lib/ingest/record.ts";
import { ChainRows } from "./chain-rows.ts";
import { type Conclusion, conclude } from "./conclude.ts";
import { DeadLetters } from "./dead-letters.ts";
import { type MemberInfo, Members, type PlacedRecord } from "./members.ts";
import type { Platform } from "./platform.ts";
import { Proofs } from "./proofs.ts";
import { Rows } from "./rows.ts";
import type { Reject, UnitFinding, UnitResult } from "./unit-result.ts";

/** A dropped file as a whole: an archive or a store is one input with several members. */
export interface InputInfo {
  readonly input: number;
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
  readonly recognisedAs: string;
}

export interface PlacedReject extends Reject {
  readonly member: number;
  readonly unitStart: number;
}

/** A unit's finding; `row` is the dataset's, -1 off receipts. */
export interface PlacedFinding extends UnitFinding {
  readonly member: number;
  readonly unitStart: number;
}

export interface ConcludeOptions {
  readonly trust: TrustBundle | null;
  /** Inputs that are the auditor's own trust files: what is judged by, not what is judged. */
  readonly trustInputs?: ReadonlySet<number>;
  readonly platform: Platform;
  /** The run was stopped before all units were read. */
  readonly partial: boolean;
  readonly onProgress?: (stage: "prove" | "link", done: number, total: number) => void;
  /** Lets other work of the thread pass; called now and then. */
  readonly pause?: () => Promise<void>;
}

/**
 * Everything that was read, gathered from units in any order. Concluding relates the records to each
 * other and to the auditor's keys; it may be repeated with other keys without checking a signature again.
 */
export class Dataset {
  readonly members = new Members();
  readonly rows = new Rows();
  readonly proofs = new Proofs();
  readonly chain = new ChainRows();
  readonly inputs: InputInfo[] = [];
  readonly others: PlacedRecord[] = [];
  readonly rejects: PlacedReject[] = [];
  readonly findings: PlacedFinding[] = [];
  /** Findings that units counted without listing them. */
  readonly unlisted = new Map<FindingCode, number>();
  readonly deadLetters = new DeadLetters();
  readonly ingestFindings: IngestFinding[] = [];
  readonly refereed = { signatures: 0, checked: 0, disagreements: 0 };
  #conclusion: Conclusion | null = null;

  addInput(input: InputInfo): void {
    this.inputs.push(input);
  }

  addMembers(members: readonly MemberInfo[]): void {
    for (const member of members) {
      this.members.add(member);
    }
  }

  /** A member is hashed after it was planned; until then it has an empty hash. */
  setHash(member: number, sha256: string): void {
    this.members.setHash(member, sha256);
  }

  addIngestFinding(finding: IngestFinding): void {
    this.ingestFindings.push(finding);
  }

  add(result: UnitResult): void {
    const first = this.rows.count;
    const at = { member: result.member, unitStart: result.start };
    this.members.addUnit(result);
    this.rows.append(result);
    this.proofs.append(result);
    this.chain.append(result, first);
    this.deadLetters.append(result, result.deadLetters, first);
    for (const other of result.others) {
      const anchored = other.anchored && { ...other.anchored, row: first + other.anchored.row };
      this.others.push({ ...other, anchored, ...at });
    }
    for (const reject of result.rejects) {
      this.rejects.push({ ...reject, ...at });
    }
    const listed = new Map<FindingCode, number>();
    for (const finding of result.findings) {
      const row = finding.row === -1 ? -1 : first + finding.row;
      this.findings.push({ ...finding, row, ...at });
      listed.set(finding.code, (listed.get(finding.code) ?? 0) + 1);
    }
    for (const [code, total] of countsOf(result)) {
      const more = total - (listed.get(code) ?? 0);
      if (more > 0) {
        this.unlisted.set(code, (this.unlisted.get(code) ?? 0) + more);
      }
    }
    this.refereed.signatures += result.refereed.signatures;
    this.refereed.checked += result.refereed.checked;
    this.refereed.disagreements += result.refereed.disagreements;
  }

  /** Relates everything read so far; see {@link conclude}. */
  async conclude(options: ConcludeOptions): Promise<Conclusion> {
    this.#conclusion = await conclude(this, options);
    return this.#conclusion;
  }

  /** The last conclusion, or null before the first. */
  get conclusion(): Conclusion | null {
    return this.#conclusion;
  }
}

function countsOf(result: UnitResult): [FindingCode, number][] {
  return Object.entries(result.counted) as [FindingCode, number][];
}

export type { MemberInfo };

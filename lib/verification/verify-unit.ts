import type { FindingCode, Severity } from "@/kernel/findings.ts";
import { FINDINGS } from "@/kernel/findings.ts";
import { type JsonObject, member } from "@/kernel/json/value.ts";
import { objectAt } from "@/kernel/receipt/read.ts";
import { readCarried } from "@/lib/ingest/kafka/carried.ts";
import type { ExportForm } from "@/lib/ingest/kafka/export-form.ts";
import type { RecordContext } from "@/lib/ingest/kafka/form.ts";
import { coordinatesOfPath } from "@/lib/ingest/path-coordinates.ts";
import { roomOf } from "@/lib/ingest/plan.ts";
import { contextOf, readRow } from "@/lib/ingest/read-row.ts";
import type { UnitExtent } from "@/lib/ingest/read-unit.ts";
import type { RawRecord, Unit } from "@/lib/ingest/record.ts";
import { ChainSink } from "./chain-sink.ts";
import { compareDeadLetter } from "./dead-letter-checks.ts";
import { differenceIn } from "./dead-letter-findings.ts";
import { type DeadLetterRow, DeadLetterSink } from "./dead-letter-sink.ts";
import { GroupMemory } from "./group-memory.ts";
import { inspectOther } from "./inspect-other.ts";
import type { Platform } from "./platform.ts";
import { ProofSink } from "./proof-sink.ts";
import { ReceiptCheck } from "./receipt-check.ts";
import { ID_SEPARATOR, ReceiptSink } from "./receipt-sink.ts";
import { sequenceOf } from "./receipts-within.ts";
import type { Found, RecognisedRecord } from "./recognise.ts";
import { recogniseRow } from "./recognise-row.ts";
import { Referee } from "./referee.ts";
import { refusedRow, rejectOf, unknownRecord, unreadableReceipt } from "./reject.ts";
import {
  type OtherRecord,
  type ReceiptTexts,
  type Reject,
  UNIT_LISTED,
  type UnitFinding,
  type UnitResult,
} from "./unit-result.ts";

export interface VerifiedUnit {
  readonly result: UnitResult;
  readonly texts: ReceiptTexts;
  readonly letters: readonly DeadLetterRow[];
  /** The buffers of `result`, for a transfer to another thread. */
  readonly transfer: readonly ArrayBufferLike[];
}

/** Where a record stands in its member, as columns and findings carry it. */
export interface RecordPlace {
  readonly line: number;
  readonly offset: number;
  readonly length: number;
}

/**
 * Reads and checks every record of one unit: everything that can be told of a record by itself. What needs
 * its neighbours (proofs, chains, gaps, duplicates) or the auditor's keys is left to the dataset.
 */
export async function verifyUnit(
  unit: Unit,
  records: AsyncIterable<readonly RawRecord[], UnitExtent>,
  platform: Platform,
  isStopped: () => boolean = () => false,
): Promise<VerifiedUnit> {
  const verifier = new UnitVerifier(unit, platform);
  const batches = records[Symbol.asyncIterator]();
  let lines = 0;
  for (let next = await batches.next(); ; next = await batches.next()) {
    if (next.done === true) {
      // Blank lines after the last record count too, for the line numbers of the units behind this one.
      return verifier.finish(next.value.lines);
    }
    if (isStopped()) {
      await batches.return?.();
      return verifier.finish(lines);
    }
    await verifier.take(next.value);
    lines = next.value.at(-1)?.line ?? lines;
  }
}

/**
 * Signatures that are checked at a time. Each keeps its record's texts alive: with hundreds of them the
 * collector copies what would otherwise die young, which cost a quarter of the time.
 */
const IN_FLIGHT = 32;

/** The receiver of what a unit's records yield. */
export interface UnitSinks {
  readonly receipts: ReceiptSink;
  readonly proofs: ProofSink;
  readonly chain: ChainSink;
  readonly others: OtherRecord[];
  readonly report: (finding: UnitFinding) => void;
  /** Whether the unit's reserved row numbers hold one more receipt; says so in the rejects where not. */
  hasRoom(place: RecordPlace, pointer: string): boolean;
}

class UnitVerifier implements UnitSinks {
  readonly receipts = new ReceiptSink();
  readonly proofs = new ProofSink();
  readonly chain: ChainSink;
  readonly deadLetters: DeadLetterSink;
  readonly others: OtherRecord[] = [];
  readonly #unit: Unit;
  readonly #known: RecordContext;
  readonly #isCounted: boolean;
  readonly #platform: Platform;
  readonly #referee: Referee;
  readonly #memory: GroupMemory;
  readonly #receiptCheck: ReceiptCheck;
  readonly #rejects: Reject[] = [];
  readonly #findings: UnitFinding[] = [];
  readonly #counted: Partial<Record<FindingCode, number>> = {};
  readonly #exported = new Map<ExportForm, number>();
  #records = 0;
  /** The dead letter that was met last, and where the receipt that it holds would stand in its row. */
  #letter: { readonly index: number; readonly receiptAt: string } | null = null;

  constructor(unit: Unit, platform: Platform) {
    this.#unit = unit;
    this.#known = contextOf(unit, unit.path);
    this.#isCounted = unit.start === 0 && coordinatesOfPath(unit.path ?? "") !== null;
    this.#platform = platform;
    this.chain = new ChainSink(platform.primitives);
    this.deadLetters = new DeadLetterSink(platform.primitives);
    this.#referee = new Referee(platform);
    this.#memory = new GroupMemory(platform.primitives);
    this.#receiptCheck = new ReceiptCheck(this, this.#memory.primitives, this.#referee);
  }

  readonly report = (finding: UnitFinding): void => {
    const seen = (this.#counted[finding.code] ?? 0) + 1;
    this.#counted[finding.code] = seen;
    if (seen <= UNIT_LISTED) {
      this.#findings.push(finding);
    }
  };

  hasRoom(place: RecordPlace, pointer: string): boolean {
    return this.#hasRoomFor(this.receipts.count, place, pointer);
  }

  #hasRoomFor(count: number, place: RecordPlace, pointer: string): boolean {
    if (count < roomOf(this.#unit)) {
      return true;
    }
    this.#rejects.push(unreadableReceipt({ ...place, text: null, problem: null }, pointer));
    return false;
  }

  async take(batch: readonly RawRecord[]): Promise<void> {
    const pending: Promise<void>[] = [];
    for (const record of batch) {
      this.#takeRecord(record, pending);
      if (pending.length >= IN_FLIGHT) {
        await Promise.all(pending);
        this.#memory.release();
        pending.length = 0;
      }
    }
    await Promise.all(pending);
    this.#memory.release();
  }

  #takeRecord(record: RawRecord, pending: Promise<void>[]): void {
    const read = readRow(record, this.#unit);
    if (read.kind === "heading") {
      return;
    }
    this.#records += 1;
    if (read.kind === "refused") {
      this.#rejects.push(
        record.text !== null && read.problem === null
          ? unknownRecord(record)
          : rejectOf(record, read.problem ?? undefined),
      );
      return;
    }
    const found = recogniseRow(read, this.#context());
    if (found === null) {
      this.#rejects.push(rejectOf(record));
      return;
    }
    for (const pointer of read.beyondU64) {
      this.report(noteOn(record, "FMT-007", pointer));
    }
    this.#letter = null;
    if (found.length === 0) {
      this.#rejects.push(unknownRecord(record));
    }
    for (const each of found) {
      this.#takeRecognised(record, each, pending);
    }
  }

  /** Bare values are counted: a value's number in its file gives its offset. Later units cannot tell it. */
  #context(): RecordContext {
    return this.#isCounted ? { ...this.#known, index: this.#records - 1 } : this.#known;
  }

  #takeRecognised(record: RawRecord, recognised: Found, pending: Promise<void>[]): void {
    switch (recognised.kind) {
      case "receipt": {
        if (!this.hasRoom(record, recognised.pointer)) {
          return;
        }
        if (recognised.pointer === this.#letter?.receiptAt) {
          this.deadLetters.holds(this.#letter.index, this.receipts.count);
        }
        const started = this.#receiptCheck.start(record, recognised, sequenceOf(recognised));
        pending.push(started);
        return;
      }
      case "unreadable-receipt":
        this.#rejects.push(unreadableReceipt(record, recognised.pointer, recognised.problem));
        return;
      case "kafka-record":
        this.#takeExported(record, recognised);
        this.#exported.set(
          recognised.record.form,
          (this.#exported.get(recognised.record.form) ?? 0) + 1,
        );
        for (const pointer of recognised.beyondU64) {
          this.report(noteOn(record, "FMT-007", pointer));
        }
        return;
      case "refused":
        this.#rejects.push(refusedRow(record, recognised));
        return;
      case "framing":
        return;
      case "inclusion-proof": {
        const problem = this.proofs.add(record, recognised.value);
        if (problem !== null) {
          this.report({
            ...noteOn(record, "INC-002", `${recognised.pointer}${problem}`),
            subject: { kind: "inclusion-proof", id: proofName(recognised.value) },
          });
        }
        return;
      }
      default:
        pending.push(
          inspectOther(record, recognised, this, this.#platform, this.#referee, this.#receiptCheck),
        );
    }
  }

  #takeExported(place: RecordPlace, { record, pointer, form, value }: RecognisedRecord): void {
    const { facts, deadLetter } = readCarried(record);
    this.chain.addRecord(facts);
    this.#letter = null;
    if (deadLetter === null || !this.#hasRoomFor(this.deadLetters.count, place, pointer)) {
      return;
    }
    const { primitives } = this.#platform;
    const receipt = deadLetter.value === null ? null : objectAt(deadLetter.value, "receipt");
    const comparisons = compareDeadLetter(record, deadLetter, receipt, primitives);
    const number = this.receipts.pointers.number(pointer);
    const index = this.deadLetters.add(place, number, record, deadLetter, comparisons);
    const receiptAt = `${pointer}${form.valueAt(value)?.pointer ?? ""}/receipt`;
    this.#letter = { index, receiptAt };
    for (const comparison of comparisons) {
      if (comparison.agreement === "differ") {
        this.report(differenceIn(comparison, place, pointer, deadLetter.receiptId));
      }
    }
  }

  finish(lines: number): VerifiedUnit {
    const receipts = this.receipts.columns();
    const proofs = this.proofs.columns();
    const chain = this.chain.columns(this.receipts.texts.id);
    const deadLetters = this.deadLetters.columns();
    const result: UnitResult = {
      member: this.#unit.member,
      start: this.#unit.start,
      rowBase: this.#unit.rowBase,
      lines,
      records: this.#records,
      exported: Object.fromEntries(this.#exported),
      keys: this.receipts.keys.values,
      capabilities: this.receipts.capabilities.values,
      pointers: this.receipts.pointers.values,
      receipts,
      ids: this.receipts.texts.id.join(ID_SEPARATOR),
      proofs,
      chain,
      deadLetters,
      others: this.others,
      rejects: this.#rejects,
      findings: this.#findings,
      counted: this.#counted,
      refereed: { ...this.#referee.count },
    };
    return {
      result,
      texts: this.receipts.texts,
      letters: this.deadLetters.rows,
      transfer: [receipts, proofs, deadLetters, ...Object.values(chain)].flatMap(buffers),
    };
  }
}

/** A finding about a record that is not (yet) known to be a receipt. */
export function noteOn(
  place: RecordPlace,
  code: FindingCode,
  pointer: string,
  severity: Severity = FINDINGS[code].severity,
): UnitFinding {
  return {
    code,
    severity,
    subject: { kind: "row", id: String(place.line) },
    row: -1,
    line: place.line,
    offset: place.offset,
    record: "",
    pointer,
    expected: null,
    actual: null,
  };
}

function proofName(value: JsonObject): string {
  return `${String(member(value, "checkpoint_seq"))}/${String(member(value, "receipt_seq"))}`;
}

function buffers(columns: object): ArrayBufferLike[] {
  const found: ArrayBufferLike[] = [];
  for (const column of Object.values(columns)) {
    if (ArrayBuffer.isView(column)) {
      found.push(column.buffer);
    }
  }
  return found;
}

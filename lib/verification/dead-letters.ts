import { DECISIONS } from "@/lib/chain/model.ts";
import { cutText } from "./cut-text.ts";
import type { Dataset } from "./dataset.ts";
import { AGREEMENTS } from "./dead-letter-checks.ts";
import { DEAD_LETTER_KINDS, type DeadLetterColumns } from "./dead-letter-sink.ts";
import { HashTable } from "./hash-table.ts";
import type { Ledger } from "./ledger.ts";
import { type Rows, same32 } from "./rows.ts";
import type { RowStatuses } from "./statuses.ts";
import { FLAG } from "./unit-result.ts";

/** A unit's dead letters, and where they stand among all. */
export interface DeadLetterUnit {
  readonly member: number;
  readonly start: number;
  readonly rowBase: number;
  /** Index of the unit's first dead letter among all, and of its first receipt among the rows. */
  readonly first: number;
  readonly firstRow: number;
  readonly columns: DeadLetterColumns;
}

/** The dead letters of a dataset, in the order in which their units arrived. */
export class DeadLetters {
  count = 0;
  readonly units: DeadLetterUnit[] = [];

  append(
    unit: { readonly member: number; readonly start: number; readonly rowBase: number },
    columns: DeadLetterColumns,
    firstRow: number,
  ): void {
    if (columns.count > 0) {
      const { member, start, rowBase } = unit;
      this.units.push({ member, start, rowBase, first: this.count, firstRow, columns });
      this.count += columns.count;
    }
  }

  /** Units in the order of their rows, which no worker's speed decides. */
  inOrder(): readonly DeadLetterUnit[] {
    return [...this.units].sort((a, b) => a.rowBase - b.rowBase);
  }

  /** The unit of a dead letter's number in the database, and its place there; null for none. */
  find(record: number): { readonly unit: DeadLetterUnit; readonly at: number } | null {
    for (const unit of this.units) {
      const at = record - unit.rowBase;
      if (at >= 0 && at < unit.columns.count) {
        return { unit, at };
      }
    }
    return null;
  }
}

/** What each dead letter amounts to, by its index among all. */
export interface RelatedDeadLetters {
  /**
   * Row that stands for its receipt, which is the row that counts: of the one inside it, of the one that is loaded
   * under the id that it names, or of the one inside its copy; -1 for none.
   */
  readonly row: Int32Array;
  readonly isClaim: Uint8Array;
  /** Number of the dead letter that stands for the same record; -1 where it stands for itself. */
  readonly copyOf: Int32Array;
  /** Indexes into {@link AGREEMENTS}, with what the receipt that was found says. */
  readonly verdicts: Uint8Array;
  readonly payload: Uint8Array;
  readonly claims: number;
}

const DENY = DECISIONS.indexOf("deny");
const NOTHING = AGREEMENTS.indexOf("nothing to compare");
const AGREE = AGREEMENTS.indexOf("agree");
const DIFFER = AGREEMENTS.indexOf("differ");
const FAILURE = DEAD_LETTER_KINDS.indexOf("failure");

/**
 * Joins dead letters to receipts and to each other. A dead letter with a receipt says what that receipt says;
 * without one it is a claim, and is said to be one. The first copy of a record in the order of the files, which
 * holds a receipt where any does, stands for all.
 */
export function relateDeadLetters(
  dataset: Dataset,
  { standsFor }: Pick<RowStatuses, "standsFor">,
  denying: ReadonlyMap<number, number>,
  ledger: Ledger,
): RelatedDeadLetters {
  const { deadLetters } = dataset;
  const { count } = deadLetters;
  const related = {
    row: new Int32Array(count).fill(-1),
    isClaim: new Uint8Array(count),
    copyOf: new Int32Array(count).fill(-1),
    verdicts: new Uint8Array(count),
    payload: new Uint8Array(count),
  };
  if (count === 0) {
    return { ...related, claims: 0 };
  }
  joinReceipts(dataset, related);
  findCopies(deadLetters, related);
  for (let index = 0; index < count; index += 1) {
    const row = related.row[index] ?? -1;
    const stands = standsFor[row] ?? -1;
    related.row[index] = denying.get(stands) ?? stands;
  }
  return { ...related, claims: judge(dataset, related, ledger) };
}

type Columns = Omit<RelatedDeadLetters, "claims">;

function joinReceipts(dataset: Dataset, { row, verdicts, payload }: Columns): void {
  const { rows, deadLetters } = dataset;
  let byName: ReceiptsByName | null = null;
  for (const { first, firstRow, columns } of deadLetters.units) {
    for (let at = 0; at < columns.count; at += 1) {
      const index = first + at;
      verdicts[index] = columns.verdicts[at] ?? NOTHING;
      payload[index] = columns.agrees[at] ?? NOTHING;
      const inside = columns.receipt[at] ?? -1;
      if (inside !== -1) {
        row[index] = firstRow + inside;
      } else if (!isZero(columns.names, at)) {
        byName ??= new ReceiptsByName(rows, deniedRows(dataset));
        row[index] = byName.find(columns.names, at);
      }
    }
  }
  if (byName !== null) {
    compareJoined(dataset, byName.denied, { row, verdicts, payload });
  }
}

/** The receipts that are loaded, by the hashes of their ids. */
class ReceiptsByName {
  readonly denied: Uint8Array;
  readonly #rows: Rows;
  readonly #table: HashTable;
  /** By the first row of each id that was asked for: a hostile id has a hundred thousand rows. */
  readonly #found = new Map<number, number>();

  constructor(rows: Rows, denied: Uint8Array) {
    this.denied = denied;
    this.#rows = rows;
    this.#table = new HashTable(rows.identity, rows.count);
  }

  /** The row that a dead letter is compared with; -1 for none. */
  find(names: Uint8Array, at: number): number {
    const start = this.#table.find(names, at * 32);
    let best = this.#found.get(start);
    if (best === undefined) {
      best = -1;
      for (let row = start; row !== -1; row = this.#table.after(row)) {
        best = this.#isBetter(row, best) ? row : best;
      }
      this.#found.set(start, best);
    }
    return best;
  }

  /**
   * Of rows with one id the one that holds, and of equals the first in the order of the files: an edited copy
   * must not decide what a dead letter is held against, and neither must the speed of a worker.
   */
  #isBetter(row: number, than: number): boolean {
    const worth = this.#worth(row);
    const other = than === -1 ? 0 : this.#worth(than);
    return (
      worth > other ||
      (worth > 0 && worth === other && this.#rows.numberOf(row) < this.#rows.numberOf(than))
    );
  }

  /** A denial that a client made up counts as a claim itself; without a refusal in it, it is no answer at all. */
  #worth(row: number): number {
    if (this.#rows.has(row, FLAG.synthetic)) {
      return this.denied[row] === 1 ? 1 : 0;
    }
    return this.#rows.holds(row) ? 3 : 2;
  }
}

/** What a dead letter says against the receipt that was found elsewhere under its id. */
function compareJoined(
  dataset: Dataset,
  denied: Uint8Array,
  { row, verdicts, payload }: Pick<Columns, "row" | "verdicts" | "payload">,
): void {
  const judged = judgedBodies(dataset);
  for (const { first, columns } of dataset.deadLetters.units) {
    for (let at = 0; at < columns.count; at += 1) {
      const index = first + at;
      const receipt = row[index] ?? -1;
      if (receipt === -1 || columns.receipt[at] !== -1) {
        continue;
      }
      const isDenied = denied[receipt] === 1;
      if (verdicts[index] !== DIFFER) {
        verdicts[index] = isDenied ? AGREE : DIFFER;
      }
      const body = judged.get(receipt);
      if (body !== undefined && !isZero(columns.payload, at)) {
        const fits = same32(body.hashes, body.at * 32, columns.payload, at * 32);
        // Where octets were lost on the way, a difference proves nothing.
        payload[index] = fits ? AGREE : columns.isLossy[at] === 1 ? NOTHING : DIFFER;
      }
    }
  }
}

function judgedBodies(
  dataset: Dataset,
): ReadonlyMap<number, { readonly hashes: Uint8Array; readonly at: number }> {
  const bodies = new Map<number, { readonly hashes: Uint8Array; readonly at: number }>();
  for (const { first, chain } of dataset.chain.units) {
    for (let at = 0; at < chain.judged.count; at += 1) {
      bodies.set(first + (chain.judged.row[at] ?? 0), { hashes: chain.judged.hash, at });
    }
  }
  return bodies;
}

function deniedRows(dataset: Dataset): Uint8Array {
  const denied = new Uint8Array(dataset.rows.count);
  for (const { first, count, chain } of dataset.chain.units) {
    for (let at = 0; at < count; at += 1) {
      denied[first + at] = chain.steps.decision[at] === DENY ? 1 : 0;
    }
  }
  return denied;
}

function findCopies(deadLetters: DeadLetters, { row, copyOf }: Columns): void {
  const { count } = deadLetters;
  const sameness = new Uint8Array(count * 32);
  const numbers = new Int32Array(count);
  let next = 0;
  const indexes = new Int32Array(count);
  // In the order of the files: the first of equals is the same one whichever worker was faster.
  for (const { first, rowBase, columns } of deadLetters.inOrder()) {
    sameness.set(columns.sameness, next * 32);
    for (let at = 0; at < columns.count; at += 1) {
      indexes[next] = first + at;
      numbers[next] = rowBase + at;
      next += 1;
    }
  }
  const table = new HashTable(sameness, count);
  for (let entry = 0; entry < count; entry += 1) {
    if (table.find(sameness, entry * 32) !== entry || table.after(entry) === -1) {
      continue;
    }
    let stands = entry;
    for (let copy = entry; copy !== -1; copy = table.after(copy)) {
      if (row[indexes[copy] ?? -1] !== -1) {
        stands = copy;
        break;
      }
    }
    for (let copy = entry; copy !== -1; copy = table.after(copy)) {
      if (copy !== stands) {
        const index = indexes[copy] ?? -1;
        copyOf[index] = numbers[stands] ?? -1;
        row[index] = row[index] === -1 ? (row[indexes[stands] ?? -1] ?? -1) : (row[index] ?? -1);
      }
    }
  }
}

/** Tells differences, claims and failures, and marks the claims; returns how many there are. */
function judge(
  dataset: Dataset,
  { row, isClaim, copyOf, verdicts, payload }: Columns,
  ledger: Ledger,
): number {
  let claims = 0;
  for (const { member, start, first, columns } of dataset.deadLetters.inOrder()) {
    for (let at = 0; at < columns.count; at += 1) {
      const index = first + at;
      const place = {
        member,
        unitStart: start,
        line: columns.line[at] ?? null,
        offset: columns.offset[at] ?? null,
        pointer: "",
      };
      const subject = {
        kind: "dead-letter",
        id: deadLetterName(dataset, member, columns, at),
      } as const;
      // What differs inside the record was told where it was read.
      if (verdicts[index] === DIFFER && columns.verdicts[at] !== DIFFER) {
        ledger.add({ code: "DLQ-003", subject, place });
      }
      if (payload[index] === DIFFER && columns.agrees[at] !== DIFFER) {
        ledger.add({ code: "DLQ-006", subject, place });
      }
      const isFailure = columns.kind[at] === FAILURE;
      if (!isFailure && row[index] === -1) {
        isClaim[index] = 1;
      }
      if (copyOf[index] !== -1 || (!isFailure && row[index] !== -1)) {
        continue;
      }
      claims += isFailure ? 0 : 1;
      ledger.add({ code: isFailure ? "DLQ-007" : "DLQ-001", subject, place });
    }
  }
  return claims;
}

/** By the receipt that it names, which is what it can be looked for by; else by its file's name. */
function deadLetterName(
  dataset: Dataset,
  member: number,
  columns: DeadLetterColumns,
  at: number,
): string {
  const id = columns.texts[columns.id[at] ?? 0] ?? "";
  return id === "" ? dataset.members.pathOf(member) : cutText(id, 300);
}

function isZero(hashes: Uint8Array, at: number): boolean {
  for (let octet = at * 32; octet < at * 32 + 32; octet += 1) {
    if (hashes[octet] !== 0) {
      return false;
    }
  }
  return true;
}

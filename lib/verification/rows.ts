import type { DraftPlace } from "./ledger.ts";
import { ID_SEPARATOR } from "./receipt-sink.ts";
import { FLAG, FORMS, type Form, NO_NUMBER, type UnitResult } from "./unit-result.ts";

/** A number that no sequence or time of a real log reaches, beyond which doubles are not exact. */
const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);

interface UnitRows {
  readonly member: number;
  readonly start: number;
  readonly rowBase: number;
  /** Index of the unit's first receipt here. */
  readonly first: number;
  readonly count: number;
  readonly ids: string;
  readonly pointers: readonly string[];
  /** Where each id begins in {@link ids}, once one was asked for: splitting would cost an object for each. */
  starts: Uint32Array | null;
}

/**
 * Every receipt row of the dataset, a column for each fact. Rows stand in the order in which units
 * arrived, which is not the file's; nothing here may depend on it. Missing numbers are NaN.
 */
export class Rows {
  count = 0;
  readonly units: UnitRows[] = [];
  unit = new Int32Array(1024);
  line = new Uint32Array(1024);
  offset = new Float64Array(1024);
  length = new Uint32Array(1024);
  seq = new Float64Array(1024);
  timestamp = new Float64Array(1024);
  form = new Uint8Array(1024);
  flags = new Uint16Array(1024);
  /** Index into {@link keys}. */
  key = new Int32Array(1024);
  capability = new Int32Array(1024);
  pointer = new Int32Array(1024);
  identity = new Uint8Array(1024 * 32);
  leaf = new Uint8Array(1024 * 32);
  readonly keys: string[] = [];
  readonly capabilities: string[] = [];
  readonly pointers: string[] = [];
  readonly #keyNumbers = new Map<string, number>();
  readonly #capabilityNumbers = new Map<string, number>();
  readonly #pointerNumbers = new Map<string, number>();
  #byRowBase: readonly UnitRows[] | null = null;

  append(result: UnitResult): void {
    const { receipts } = result;
    const first = this.count;
    const unit = this.units.length;
    this.#reserve(first + receipts.count);
    const keys = result.keys.map((key) => numberOf(key, this.keys, this.#keyNumbers));
    const capabilities = result.capabilities.map((id) =>
      numberOf(id, this.capabilities, this.#capabilityNumbers),
    );
    const pointers = result.pointers.map((pointer) =>
      numberOf(pointer, this.pointers, this.#pointerNumbers),
    );
    for (let index = 0; index < receipts.count; index += 1) {
      const row = first + index;
      this.unit[row] = unit;
      this.seq[row] = asDouble(receipts.seq[index]);
      this.timestamp[row] = asDouble(receipts.timestamp[index]);
      this.key[row] = keys[receipts.key[index] ?? 0] ?? -1;
      this.pointer[row] = pointers[receipts.pointer[index] ?? 0] ?? -1;
      this.capability[row] = capabilities[receipts.capability[index] ?? 0] ?? -1;
    }
    this.line.set(receipts.line, first);
    this.offset.set(receipts.offset, first);
    this.length.set(receipts.length, first);
    this.form.set(receipts.form, first);
    this.flags.set(receipts.flags, first);
    this.identity.set(receipts.identity, first * 32);
    this.leaf.set(receipts.leaf, first * 32);
    this.count += receipts.count;
    this.#byRowBase = null;
    this.units.push({
      member: result.member,
      start: result.start,
      rowBase: result.rowBase,
      first,
      count: receipts.count,
      ids: result.ids,
      pointers: result.pointers,
      starts: null,
    });
  }

  memberOf(row: number): number {
    return this.units[this.unit[row] ?? -1]?.member ?? -1;
  }

  /** The row's place, and a member of its receipt in it. */
  placeOf(row: number, pointer: string): DraftPlace {
    return {
      member: this.memberOf(row),
      unitStart: this.startOf(row),
      line: this.line[row] ?? null,
      offset: this.offset[row] ?? null,
      pointer: `${this.pointers[this.pointer[row] ?? -1] ?? ""}${pointer}`,
    };
  }

  /** A unit's pointer by its number there: where a record of it stands inside its row. */
  pointerOfUnit(rowBase: number, pointer: number): string {
    const unit = this.units.find((each) => each.rowBase === rowBase);
    return unit?.pointers[pointer] ?? "";
  }

  startOf(row: number): number {
    return this.units[this.unit[row] ?? -1]?.start ?? 0;
  }

  /** The row's number in the database. */
  numberOf(row: number): number {
    const unit = this.units[this.unit[row] ?? -1];
    return unit === undefined ? -1 : unit.rowBase + row - unit.first;
  }

  /** Units in the order of their files, which no worker's speed decides. */
  inOrder(): readonly UnitRows[] {
    this.#byRowBase ??= [...this.units].sort((a, b) => a.rowBase - b.rowBase);
    return this.#byRowBase;
  }

  /** The row of a database number, or -1. */
  find(number: number): number {
    const unit = lastWhere(this.inOrder(), ({ rowBase }) => rowBase <= number);
    return unit === undefined || number >= unit.rowBase + unit.count
      ? -1
      : unit.first + number - unit.rowBase;
  }

  idOf(row: number): string {
    const unit = this.units[this.unit[row] ?? -1];
    if (unit === undefined) {
      return "";
    }
    unit.starts ??= startsOf(unit.ids, unit.count);
    const at = row - unit.first;
    const end = (unit.starts[at + 1] ?? 0) - ID_SEPARATOR.length;
    return unit.ids.slice(unit.starts[at] ?? 0, end);
  }

  keyOf(row: number): string {
    return this.keys[this.key[row] ?? -1] ?? "";
  }

  formOf(row: number): Form {
    return FORMS[this.form[row] ?? 0] ?? "v1";
  }

  has(row: number, flag: number): boolean {
    return ((this.flags[row] ?? 0) & flag) !== 0;
  }

  /** Whether the row's own signature and content hold, before trust and before any proof. */
  holds(row: number): boolean {
    return this.has(row, FLAG.signatureFits) && !this.has(row, FLAG.contentFails);
  }

  leafOf(row: number): Uint8Array {
    return this.leaf.subarray(row * 32, row * 32 + 32);
  }

  sameLeaf(a: number, b: number): boolean {
    return same32(this.leaf, a * 32, this.leaf, b * 32);
  }

  /** The order of two rows by their leaves, which is no file's order. */
  compareLeaves(a: number, b: number): number {
    for (let index = 0; index < 32; index += 1) {
      const difference = (this.leaf[a * 32 + index] ?? 0) - (this.leaf[b * 32 + index] ?? 0);
      if (difference !== 0) {
        return difference;
      }
    }
    return 0;
  }

  sameIdentity(a: number, b: number): boolean {
    return same32(this.identity, a * 32, this.identity, b * 32);
  }

  #reserve(rows: number): void {
    if (rows <= this.line.length) {
      return;
    }
    const size = Math.max(rows, this.line.length * 2);
    this.unit = grown(this.unit, new Int32Array(size));
    this.line = grown(this.line, new Uint32Array(size));
    this.offset = grown(this.offset, new Float64Array(size));
    this.length = grown(this.length, new Uint32Array(size));
    this.seq = grown(this.seq, new Float64Array(size));
    this.timestamp = grown(this.timestamp, new Float64Array(size));
    this.form = grown(this.form, new Uint8Array(size));
    this.flags = grown(this.flags, new Uint16Array(size));
    this.key = grown(this.key, new Int32Array(size));
    this.capability = grown(this.capability, new Int32Array(size));
    this.pointer = grown(this.pointer, new Int32Array(size));
    this.identity = grown(this.identity, new Uint8Array(size * 32));
    this.leaf = grown(this.leaf, new Uint8Array(size * 32));
  }
}

/** Where each of `count` joined ids begins, and one past the last. */
function startsOf(ids: string, count: number): Uint32Array {
  const starts = new Uint32Array(count + 1);
  for (let index = 0, from = 0; index < count; index += 1) {
    const end = ids.indexOf(ID_SEPARATOR, from);
    from = (end === -1 ? ids.length : end) + ID_SEPARATOR.length;
    starts[index + 1] = from;
  }
  return starts;
}

/** The last element of a list for which the test holds, where it holds for all before it. */
export function lastWhere<T>(list: readonly T[], holds: (element: T) => boolean): T | undefined {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const element = list[middle];
    if (element !== undefined && holds(element)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return list[low - 1];
}

export function same32(a: Uint8Array, atA: number, b: Uint8Array, atB: number): boolean {
  for (let index = 0; index < 32; index += 1) {
    if (a[atA + index] !== b[atB + index]) {
      return false;
    }
  }
  return true;
}

function grown<T extends { set(from: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}

function numberOf(text: string, texts: string[], numbers: Map<string, number>): number {
  const known = numbers.get(text);
  if (known !== undefined) {
    return known;
  }
  numbers.set(text, texts.length);
  texts.push(text);
  return texts.length - 1;
}

/** A u64 as a double where a double is exact; anything larger is no usable position or time. */
export function asDouble(value: bigint | undefined): number {
  return value === undefined || value === NO_NUMBER || value > LARGEST ? Number.NaN : Number(value);
}

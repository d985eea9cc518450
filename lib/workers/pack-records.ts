import { utf8 } from "@/kernel/encoding.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { readRowOf } from "@/lib/ingest/read-row.ts";
import type { Member } from "@/lib/ingest/record.ts";
import type { PackedRow, RecordPack } from "@/lib/queries/record-pack.ts";
import type { Dataset } from "@/lib/verification/dataset.ts";
import type { KnownCapability } from "@/lib/verification/known-capability.ts";

/** Octets between two records that are rather read than asked for apart. */
const GAP = 32 * 1024;
/** Octets of one read; a record that is longer is read by itself. */
const MOST_READ = 4 * 1024 * 1024;

interface Wanted {
  readonly number: number;
  readonly offset: number;
  readonly end: number;
  readonly pointer: string;
}

/**
 * The records of many rows, read from their files in few pieces and joined. A row whose file cannot be read
 * any more is told as lost; it takes no other row with it but those of the same read.
 *
 * @param numbers the rows' numbers in the database
 */
export async function packRecords(
  { rows }: Dataset,
  members: ReadonlyMap<number, Member>,
  numbers: readonly number[],
  capabilityOf: (id: string) => KnownCapability | null,
): Promise<RecordPack> {
  const lost: number[] = [];
  const ids = new Set<string>();
  const wanted = new Map<Member, Wanted[]>();
  for (const number of numbers) {
    const row = rows.find(number);
    const member = members.get(rows.memberOf(row));
    if (row === -1 || member === undefined) {
      lost.push(number);
      continue;
    }
    const offset = rows.offset[row] ?? 0;
    const list = wanted.get(member) ?? [];
    wanted.set(member, list);
    list.push({
      number,
      offset,
      end: offset + (rows.length[row] ?? 0),
      pointer: rows.pointers[rows.pointer[row] ?? -1] ?? "",
    });
    ids.add(rows.capabilities[rows.capability[row] ?? -1] ?? "");
  }
  const pack = new Pack();
  for (const [member, list] of wanted) {
    for (const span of spansOf(list)) {
      await pack.read(member, span, lost);
    }
  }
  const capabilities = [...ids].flatMap((id) => {
    const known = capabilityOf(id);
    return known === null ? [] : [[id, known] as const];
  });
  return { bytes: pack.joined(), rows: pack.rows, lost, capabilities };
}

/** Rows of one member in the order of the file, cut where a read would fetch too much for nothing. */
function spansOf(list: readonly Wanted[]): readonly (readonly Wanted[])[] {
  const spans: Wanted[][] = [];
  let from = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const one of list.toSorted((a, b) => a.offset - b.offset)) {
    const span = spans.at(-1);
    if (span !== undefined && one.offset - until <= GAP && one.end - from <= MOST_READ) {
      span.push(one);
    } else {
      spans.push([one]);
      from = one.offset;
    }
    until = Math.max(until, one.end);
  }
  return spans;
}

/** The row as JSON where the file holds none: whoever judges the pack knows nothing of export forms. */
function rowOf(bytes: Uint8Array, member: Member): Uint8Array {
  if (member.reading === undefined) {
    return bytes;
  }
  const read = readRowOf(bytes, member);
  return read.kind === "row" ? utf8(canonicalize(read.value)) : bytes;
}

class Pack {
  readonly rows: PackedRow[] = [];
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  async read(member: Member, span: readonly Wanted[], lost: number[]): Promise<void> {
    const from = span[0]?.offset ?? 0;
    const until = span.reduce((end, one) => Math.max(end, one.end), from);
    const bytes = await member.source.read(from, until).catch(() => null);
    if (bytes === null || bytes.length < until - from) {
      lost.push(...span.map(({ number }) => number));
      return;
    }
    let record = { offset: -1, start: 0, end: 0 };
    for (const { number, offset, end, pointer } of span) {
      if (record.offset !== offset) {
        const part = rowOf(bytes.subarray(offset - from, end - from), member);
        this.#parts.push(part);
        record = { offset, start: this.#length, end: this.#length + part.length };
        this.#length = record.end;
      }
      this.rows.push({ row: number, start: record.start, end: record.end, pointer });
    }
  }

  joined(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }
}

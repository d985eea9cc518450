import { type HowRead, LIMITS, type Member, type Unit } from "./record.ts";
import { firstAbove } from "./sources.ts";

/** Sizes of a long file's first units, in octets: its first rows are seen before a whole unit is read. */
const FIRST_UNITS: readonly number[] = [64 * 1024, 512 * 1024];

/**
 * Cuts members into units of work, in file order. Every unit reserves as many row numbers as its octets could
 * hold records, so that workers number rows without waiting for each other.
 *
 * @param firstRow number of the first row of the first unit
 * @param unitBytes aimed size of a unit in octets
 */
export function planUnits(
  members: readonly Member[],
  firstRow: number,
  unitBytes: number = LIMITS.unitBytes,
): Unit[] {
  const units: Unit[] = [];
  let rowBase = firstRow;
  for (const member of members) {
    const how = { path: member.path, ...howRead(member) };
    for (const { start, end } of ranges(member, unitBytes)) {
      const unit = { member: member.id, layout: member.layout, start, end, rowBase, ...how };
      // The first units are small, and a line that begins in one may hold an event of ten thousand records.
      const most = Math.min(start + unitBytes, member.source.size);
      units.push(end < most ? { ...unit, room: reservedRows(start, most) } : unit);
      rowBase += reservedRows(start, Math.max(end, most));
    }
  }
  return units;
}

/** Only what is there: an option that is not set must not stand as undefined. */
export function howRead({ reading, readAs }: HowRead): HowRead {
  return {
    ...(reading === undefined ? {} : { reading }),
    ...(readAs === undefined ? {} : { readAs }),
  };
}

/** Row numbers that a unit may use. */
export function roomOf({ room, start, end }: Pick<Unit, "room" | "start" | "end">): number {
  return room ?? reservedRows(start, end);
}

/** Row numbers that a range takes, used or not. */
export function reservedRows(start: number, end: number): number {
  return Math.ceil((end - start) / LIMITS.bytesPerRow) + 1;
}

interface ByteRange {
  readonly start: number;
  readonly end: number;
}

function ranges(member: Member, unitBytes: number): ByteRange[] {
  const { size } = member.source;
  switch (member.layout) {
    case "lines":
      // Where a record's number in its file gives its offset, whoever reads it counts from the beginning.
      return member.reading?.form === "bare-value"
        ? [{ start: 0, end: size }]
        : evenRanges(size, unitBytes);
    case "grouped":
    case "quoted":
    case "values":
      return [{ start: 0, end: size }];
    case "rows":
      return rowRanges(member.bounds ?? new Float64Array(), unitBytes);
    case "empty":
    case "text":
    case "binary":
      return [];
  }
}

function evenRanges(size: number, unitBytes: number): ByteRange[] {
  const found: ByteRange[] = [];
  // A file of one unit is seen soon enough, and a folder has thousands of them.
  const first = size <= unitBytes ? [] : FIRST_UNITS.filter((bytes) => bytes < unitBytes);
  for (let start = 0; start < size; ) {
    const end = Math.min(start + (first[found.length] ?? unitBytes), size);
    found.push({ start, end });
    start = end;
  }
  return found;
}

function rowRanges(bounds: Float64Array, unitBytes: number): ByteRange[] {
  const found: ByteRange[] = [];
  let start = 0;
  for (let row = 0; row < bounds.length; ) {
    // The last row that still fits, but at least one.
    const last = Math.max(row, firstAbove(bounds, start + unitBytes) - 1);
    const end = bounds[last] ?? start;
    found.push({ start, end });
    start = end;
    row = last + 1;
  }
  return found;
}

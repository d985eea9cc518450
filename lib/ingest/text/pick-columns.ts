import { possibleNames } from "./headers.ts";
import type { Column } from "./reading.ts";

/** What a column's cells are, as far as a sample shows. */
interface Profile {
  readonly isNumeric: boolean;
  /** Largest number; -1 for none. */
  readonly largest: number;
  readonly objects: number;
  readonly named: number;
  readonly topics: number;
  readonly filled: number;
  readonly distinct: number;
}

const SHARE = 0.8;
const OBJECT_SHARE = 0.5;
/** Unix milliseconds of 1973 and later; nobody has so many partitions, and few so large an offset. */
const FIRST_TIME = 1e11;
const LATEST_TIME = 1e14;
const TOPIC = /^[A-Za-z0-9._-]{1,249}$/;

/**
 * What stands in each column of lines with equally many tabs: the numbers by their size and order, the
 * value by its JSON, the rest by what may stand there. Null where fewer than two columns hold numbers.
 */
export function pickColumns(rows: readonly (readonly string[])[]): readonly Column[] | null {
  const count = rows[0]?.length ?? 0;
  const profiles = Array.from({ length: count }, (_, at) =>
    profileOf(rows.map((row) => row[at] ?? "")),
  );
  const numeric = profiles.flatMap(({ isNumeric }, at) => (isNumeric ? [at] : []));
  if (numeric.length < 2) return null;
  const columns: Column[] = Array.from({ length: count }, () => "other");
  const timed = numeric.filter((at) => isTime(profiles[at]));
  const counted = numeric.filter((at) => !timed.includes(at));
  const [time] = timed;
  if (time !== undefined) columns[time] = "timestamp";
  placeCounts(columns, counted, profiles);
  placeTexts(columns, numeric, profiles, rows.length);
  return columns;
}

/** Partition before offset, as everybody writes them, unless their numbers say that it is the other way. */
function placeCounts(
  columns: Column[],
  counted: readonly number[],
  profiles: readonly Profile[],
): void {
  const [first, second] = counted;
  if (first === undefined) return;
  if (second === undefined) {
    columns[first] = "offset";
    return;
  }
  const isTurned =
    (profiles[first]?.largest ?? 0) >= 2 ** 31 && (profiles[second]?.largest ?? 0) < 2 ** 31;
  columns[isTurned ? second : first] = "partition";
  columns[isTurned ? first : second] = "offset";
}

function placeTexts(
  columns: Column[],
  numeric: readonly number[],
  profiles: readonly Profile[],
  rows: number,
): void {
  const last = columns.length - 1;
  const texts = columns.flatMap((_, at) => (numeric.includes(at) ? [] : [at]));
  const value =
    texts.toSorted(
      (a, b) => (profiles[b]?.objects ?? 0) - (profiles[a]?.objects ?? 0) || b - a,
    )[0] ?? last;
  if (texts.length > 0) columns[value] = "value";
  const rest = texts.filter((at) => at !== value);
  const headers = rest.find((at) => {
    const { named = 0, filled = 0 } = profiles[at] ?? {};
    return named > 0 && named >= filled * SHARE;
  });
  if (headers !== undefined) columns[headers] = "headers";
  const plain = rest.filter((at) => at !== headers);
  const partition = columns.indexOf("partition");
  const topic = plain
    .filter((at) => (profiles[at]?.topics ?? 0) === rows && (at < partition || plain.length > 1))
    .toSorted((a, b) => (profiles[a]?.distinct ?? 0) - (profiles[b]?.distinct ?? 0) || a - b)[0];
  if (topic !== undefined) columns[topic] = "topic";
  const key = plain.find((at) => at !== topic);
  if (key !== undefined) columns[key] = "key";
  // A sample in which nothing has headers still has a column for them.
  const empty = plain.find((at) => columns[at] === "other" && profiles[at]?.filled === 0);
  if (headers === undefined && empty !== undefined) columns[empty] = "headers";
}

function isTime(profile: Profile | undefined): boolean {
  const largest = profile?.largest ?? -1;
  return largest >= FIRST_TIME && largest < LATEST_TIME;
}

function profileOf(cells: readonly string[]): Profile {
  const filled = cells.filter((cell) => cell !== "");
  const numbers = filled.filter((cell) => /^(?:\d{1,19}|-1)$/.test(cell));
  const isNumeric = numbers.length >= cells.length * SHARE;
  return {
    isNumeric,
    largest: isNumeric ? commonLargest(numbers) : -1,
    objects: filled.filter((cell) => cell.startsWith("{") && cell.trimEnd().endsWith("}")).length,
    named: filled.filter((cell) => possibleNames(cell, "=").length > 0).length,
    topics: filled.filter((cell) => TOPIC.test(cell)).length,
    filled: filled.length,
    distinct: new Set(cells).size,
  };
}

/** The largest that is no lone outlier: one offset near 2^63 must not make all the others no time. */
function commonLargest(numbers: readonly string[]): number {
  const sorted = numbers.map(Number).toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * OBJECT_SHARE)] ?? -1;
}

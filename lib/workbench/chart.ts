import type { ResultRows } from "./result-rows.ts";

export type ChartForm = "bar" | "line" | "dot";

export interface ChartChoice {
  readonly form: ChartForm;
  readonly x: number;
  readonly y: number;
  /** Column whose values have colours; null for one colour. */
  readonly series: number | null;
}

export interface ChartPoint {
  readonly x: string | number | Date;
  readonly y: number;
  readonly series: string;
}

export interface ChartData {
  readonly points: readonly ChartPoint[];
  readonly series: readonly string[];
  /** Rows that are not drawn: beyond the cap, or without a number. */
  readonly left: number;
}

const MOST_POINTS = 4_000;
const MOST_BARS = 40;
const MOST_SERIES = 6;
const MOST_CHARACTERS = 80;

/** A first choice for a result: a time or a name along, a number up. Null where there is no number. */
export function firstChoice(rows: ResultRows): ChartChoice | null {
  const { columns } = rows.result;
  const isTime = (at: number) => ["timestamp", "date"].includes(columns[at]?.kind ?? "");
  const places = columns.map((_, at) => at);
  const y = places.find((at) => rows.isNumeric(at) && !isTime(at));
  const x = places.find(isTime) ?? places.find((at) => at !== y);
  if (y === undefined || x === undefined) {
    return null;
  }
  const series = isTime(x) ? (places.find((at) => !rows.isNumeric(at) && at !== x) ?? null) : null;
  return { form: isTime(x) && series !== null ? "line" : "bar", x, y, series };
}

/** The points of a chart, of the rows in their order: the first bars, the most frequent series. */
export function chartData(rows: ResultRows, order: Int32Array, choice: ChartChoice): ChartData {
  const ys = rows.numbers(choice.y);
  const kind = rows.result.columns[choice.x]?.kind;
  const xs = kind !== "text" && kind !== "boolean" ? rows.numbers(choice.x) : null;
  const names = rows.texts(choice.x, MOST_CHARACTERS);
  const series = choice.series === null ? null : rows.texts(choice.series, MOST_CHARACTERS);
  const most = choice.form === "bar" && xs === null ? MOST_BARS : MOST_POINTS;
  const kept = mostFrequent(series, order);
  const points: ChartPoint[] = [];
  let left = 0;
  for (const row of order) {
    const y = ys[row] ?? Number.NaN;
    const number = xs?.[row];
    if (
      Number.isNaN(y) ||
      (number !== undefined && Number.isNaN(number)) ||
      points.length >= most
    ) {
      left += 1;
      continue;
    }
    const name = series === null ? "" : (series[row] ?? "null");
    const x =
      number === undefined
        ? (names[row] ?? "null")
        : kind === "timestamp"
          ? new Date(number / 1000)
          : kind === "date"
            ? new Date(number * 86_400_000)
            : number;
    points.push({ x, y, series: kept.has(name) ? name : "other" });
  }
  return { points, series: [...new Set(points.map((point) => point.series))], left };
}

function mostFrequent(
  series: readonly (string | null)[] | null,
  order: Int32Array,
): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const row of order) {
    const name = series === null ? "" : (series[row] ?? "null");
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const names = [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  // The last colour is for the rest, where there is one.
  return new Set(names.slice(0, names.length > MOST_SERIES ? MOST_SERIES - 1 : MOST_SERIES));
}

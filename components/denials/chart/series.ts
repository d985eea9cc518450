/** Fills of the guards' series in charts; what is not named has the last. */
export const SERIES_FILL = [
  "",
  "fill-series-1",
  "fill-series-2",
  "fill-series-3",
  "fill-series-4",
  "fill-series-5",
  "fill-series-6",
] as const;

/** The same as grounds of swatches. */
export const SERIES_GROUND = [
  "",
  "bg-series-1",
  "bg-series-2",
  "bg-series-3",
  "bg-series-4",
  "bg-series-5",
  "bg-series-6",
] as const;

const OTHER = 6;

/** The series of each named guard; {@link seriesOf} gives all others the last. */
export type SeriesMap = ReadonlyMap<string, number>;

export function seriesMap(guards: readonly { readonly guard: string }[]): SeriesMap {
  return new Map(guards.map(({ guard }, at) => [guard, Math.min(at + 1, OTHER)]));
}

export function seriesOf(series: SeriesMap, guard: string): number {
  return series.get(guard) ?? OTHER;
}

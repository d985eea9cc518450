import type { ReactNode } from "react";
import { SERIES_FILL } from "../chart/series.ts";

const WIDTH = 64;
const HEIGHT = 18;

interface SparkLineProps {
  readonly spark: readonly number[];
  readonly series: number;
}

/** A pattern's denials in equal parts of the time that all patterns share; its own highest bar is full. */
export function SparkLine({ spark, series }: SparkLineProps): ReactNode {
  const most = spark.reduce((high, each) => Math.max(high, each), 0);
  const slot = WIDTH / Math.max(spark.length, 1);
  const wide = Math.max(slot - 0.35, 0.7);
  const path = spark
    .map((count, at) => {
      if (count === 0) return "";
      const tall = Math.max((count / most) * (HEIGHT - 2), 1);
      const x = (at * slot).toFixed(2);
      return `M${x} ${HEIGHT - 1}v-${tall.toFixed(1)}h${wide.toFixed(2)}v${tall.toFixed(1)}z`;
    })
    .join("");
  return (
    <svg width={WIDTH} height={HEIGHT} aria-hidden="true" className="shrink-0">
      <line x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} className="stroke-border" />
      <path d={path} className={SERIES_FILL[series]} />
    </svg>
  );
}

/** The trend for someone who does not see the line. */
export function trendWords(trend: { readonly earlier: number; readonly later: number }): string {
  const { earlier, later } = trend;
  if (earlier === later) return "as many late as early";
  return later > earlier
    ? `more late, ${later.toLocaleString("en-US")}, than early, ${earlier.toLocaleString("en-US")}`
    : `fewer late, ${later.toLocaleString("en-US")}, than early, ${earlier.toLocaleString("en-US")}`;
}

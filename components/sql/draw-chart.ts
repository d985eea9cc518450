import { barX, barY, dot, lineY, plot, ruleY } from "@observablehq/plot";
import type { ChartForm } from "@/lib/workbench/chart.ts";
import { seriesColours } from "./series-colours.ts";

export interface ChartRow {
  readonly x: string | number | Date;
  readonly y: number;
  readonly series: string;
}

export interface ChartLook {
  readonly form: ChartForm;
  readonly x: string;
  readonly y: string;
  readonly series: readonly string[];
  readonly width: number;
  readonly height: number;
  readonly label: string;
}

/** A chart as an element of SVG. Loaded lazily: nothing outside this file imports the library. */
export function drawChart(rows: readonly ChartRow[], look: ChartLook): SVGElement | HTMLElement {
  const discrete = rows.some(({ x }) => typeof x === "string");
  const sideways = look.form === "bar" && discrete;
  const channels = { x: "x", y: "y", fill: "series" };
  const tips = { title: (row: ChartRow) => `${String(row.x)}\n${row.series}\n${row.y}` };
  const marks = {
    bar: sideways
      ? barX(rows, { x: "y", y: "x", fill: "series", sort: { y: "-x" }, ...tips })
      : barY(rows, { ...channels, ...tips }),
    line: lineY(rows, { x: "x", y: "y", stroke: "series", strokeWidth: 1.5 }),
    dot: dot(rows, { ...channels, r: 3, ...tips }),
  };
  return plot({
    width: look.width,
    height: look.height,
    marginLeft: sideways ? 180 : 60,
    marginBottom: 36,
    ariaLabel: look.label,
    style: { background: "transparent", color: "var(--fact)", fontSize: "11px" },
    x: sideways
      ? { label: look.y, grid: true }
      : { label: look.x, ...(discrete ? { type: "point" as const } : {}) },
    y: sideways
      ? {
          label: null,
          tickFormat: (text: string) => (text.length > 26 ? `${text.slice(0, 25)}…` : text),
        }
      : { label: look.y, grid: true },
    color: { domain: [...look.series], range: [...seriesColours(look.series)] },
    marks: sideways ? [marks.bar] : [ruleY([0], { stroke: "var(--border)" }), marks[look.form]],
  });
}

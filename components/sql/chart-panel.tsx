"use client";

import { type ReactNode, useEffect, useId, useMemo, useRef, useState } from "react";
import { useElementWidth } from "@/components/receipts/use-element-width.ts";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { plural } from "@/lib/display/numbers.ts";
import { type ChartChoice, type ChartForm, chartData, firstChoice } from "@/lib/workbench/chart.ts";
import type { ResultRows } from "@/lib/workbench/result-rows.ts";
import { seriesColours } from "./series-colours.ts";

const FORMS: readonly ChartForm[] = ["bar", "line", "dot"];
const HEIGHT = 320;

interface ChartPanelProps {
  readonly rows: ResultRows;
  readonly order: Int32Array;
}

/** A quick chart of the rows that are shown; the grid holds the same numbers. */
export function ChartPanel({ rows, order }: ChartPanelProps): ReactNode {
  const first = useMemo(() => firstChoice(rows), [rows]);
  const [chosen, setChosen] = useState<Partial<ChartChoice>>({});
  if (first === null) {
    return <p className="p-4 text-13 text-fact">A chart needs a column of numbers and one more.</p>;
  }
  const choice = { ...first, ...chosen };
  const { columns } = rows.result;
  const all = columns.map((_, at) => at);
  return (
    <div className="flex h-full min-h-0 flex-col gap-2 overflow-auto p-3">
      <div className="flex flex-wrap items-center gap-3">
        <Choice
          label="Form"
          value={choice.form}
          options={FORMS.map((form) => [form, form])}
          onChange={(form) => {
            const found = FORMS.find((each) => each === form);
            if (found !== undefined) setChosen({ ...chosen, form: found });
          }}
        />
        <Choice
          label="Along"
          value={String(choice.x)}
          options={all.map((at) => [String(at), columns[at]?.name ?? ""])}
          onChange={(at) => setChosen({ ...chosen, x: Number(at) })}
        />
        <Choice
          label="Number"
          value={String(choice.y)}
          options={all
            .filter((at) => rows.isNumeric(at))
            .map((at) => [String(at), columns[at]?.name ?? ""])}
          onChange={(at) => setChosen({ ...chosen, y: Number(at) })}
        />
        <Choice
          label="Colour"
          value={String(choice.series ?? "")}
          options={[
            ["", "none"],
            ...all.map((at): [string, string] => [String(at), columns[at]?.name ?? ""]),
          ]}
          onChange={(at) => setChosen({ ...chosen, series: at === "" ? null : Number(at) })}
        />
      </div>
      <Drawing rows={rows} order={order} choice={choice} />
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, word: string])[];
  readonly onChange: (value: string) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps): ReactNode {
  const id = useId();
  return (
    <div className="flex items-center gap-1.5 text-12">
      <label htmlFor={id} className="text-muted">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-7 max-w-[180px] rounded-control border border-strong bg-surface px-1.5 text-12 text-ink"
      >
        {options.map(([option, word]) => (
          <option key={option} value={option}>
            {visibleText(word)}
          </option>
        ))}
      </select>
    </div>
  );
}

function Drawing({
  rows,
  order,
  choice: { form, x, y, series },
}: ChartPanelProps & { readonly choice: ChartChoice }): ReactNode {
  const [measure, width] = useElementWidth();
  const place = useRef<HTMLDivElement>(null);
  const data = useMemo(
    () => chartData(rows, order, { form, x, y, series }),
    [rows, order, form, x, y, series],
  );
  const { columns } = rows.result;
  const colours = seriesColours(data.series);
  const along = visibleText(columns[x]?.name ?? "");
  const up = visibleText(columns[y]?.name ?? "");
  const label = `${up} by ${along}: ${plural(data.points.length, "point")}`;
  useEffect(() => {
    let left = false;
    const drawn = place.current;
    import("./draw-chart.ts").then(
      ({ drawChart }) => {
        if (left || drawn === null || width === 0) return;
        const points = data.points.map((point) => ({
          ...point,
          x: typeof point.x === "string" ? visibleText(point.x) : point.x,
        }));
        const chart = drawChart(points, {
          form,
          x: along,
          y: up,
          series: data.series,
          width,
          height: HEIGHT,
          label,
        });
        chart.setAttribute("role", "img");
        drawn.replaceChildren(chart);
      },
      () => undefined,
    );
    return () => {
      left = true;
    };
  }, [data, form, width, label, along, up]);
  return (
    <figure ref={measure} className="min-w-0">
      <div ref={place} style={{ minHeight: HEIGHT }} />
      <figcaption className="flex flex-wrap gap-x-3 gap-y-1 text-12 text-fact">
        {series !== null &&
          data.series.map((name, at) => (
            <span key={name} className="flex items-center gap-1.5">
              <span
                aria-hidden
                className="size-2.5 rounded-control"
                style={{ background: colours[at] }}
              />
              <bdi>{visibleText(name)}</bdi>
            </span>
          ))}
        {data.left > 0 && <span className="text-muted">{plural(data.left, "row")} not drawn.</span>}
      </figcaption>
    </figure>
  );
}

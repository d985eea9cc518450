"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { formatCount } from "@/lib/display/numbers.ts";
import type { DenialFacet } from "@/lib/queries/denial-model.ts";
import { matrixQuestion } from "@/lib/queries/denial-questions.ts";
import { denialSql } from "@/lib/queries/denial-sql.ts";
import type { DenialMatrix } from "@/lib/queries/denial-views-model.ts";
import { denialMatrix } from "@/lib/queries/denials.ts";
import { FACET_TITLES } from "../facet-words.ts";
import { type OnValue, ValueButton } from "../value-button.tsx";
import { ViewFrame, type ViewProps } from "./view-frame.tsx";

type Side = "agent" | "scope" | "guard" | "topic";

interface MatrixViewProps extends ViewProps {
  readonly name: "agents" | "guards";
  readonly row: Side;
  readonly column: Side;
}

/** Denials by two fields, as a table whose cells are darker the more they hold. */
export function MatrixView(props: MatrixViewProps): ReactNode {
  const { revision, filter, row, column } = props;
  const query = useQuery({
    ...denialMatrix(revision, filter, row, column),
    placeholderData: keepPreviousData,
  });
  return (
    <ViewFrame
      name={props.name}
      query={query}
      sql={() => denialSql(matrixQuestion(filter, row, column))}
      isEmpty={(matrix) => matrix.total === 0}
      none="No denial passes the filter."
    >
      {(matrix) => <MatrixTable {...props} matrix={matrix} />}
    </ViewFrame>
  );
}

interface MatrixTableProps {
  readonly matrix: DenialMatrix;
  readonly row: DenialFacet;
  readonly column: DenialFacet;
  readonly onValue: OnValue;
}

function MatrixTable({ matrix, row, column, onValue }: MatrixTableProps): ReactNode {
  const { rows, columns, cells } = matrix;
  const counts = useMemo(
    () => new Map(cells.map((cell) => [cell.row * columns.length + cell.column, cell.denials])),
    [cells, columns.length],
  );
  const most = cells.reduce((high, { denials }) => Math.max(high, denials), 1);
  const shown = cells.reduce((all, { denials }) => all + denials, 0);
  const label = `${FACET_TITLES[row]} by ${FACET_TITLES[column].toLowerCase()}`;
  return (
    <>
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways has to be reached by keys.
        tabIndex={0}
        className="shrink-0 overflow-x-auto outline-offset-[-2px]"
      >
        <table aria-label={label} className="mx-[18px] my-3 border-collapse text-12">
          <thead>
            <tr>
              <th scope="col" className="pr-4 text-left align-bottom font-normal text-11 text-fact">
                {label}
              </th>
              {columns.map(({ value, denials }) => (
                <th
                  key={value}
                  scope="col"
                  className="h-[196px] min-w-[52px] align-bottom font-normal"
                >
                  <span className="flex w-[52px] justify-center">
                    <span className="block max-h-[188px] rotate-180 truncate [writing-mode:vertical-rl]">
                      <ValueButton name={column} value={value} onValue={onValue} />
                    </span>
                  </span>
                  <span className="sr-only">, {formatCount(denials)} denials</span>
                </th>
              ))}
              <th
                scope="col"
                className="px-3 text-right align-bottom font-normal text-11 text-fact"
              >
                all
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((line, at) => (
              <tr key={line.value}>
                <th scope="row" className="max-w-[260px] pr-4 text-left font-normal">
                  <ValueButton name={row} value={line.value} onValue={onValue} />
                </th>
                {columns.map(({ value }, side) => (
                  <HeatCell
                    key={value}
                    count={counts.get(at * columns.length + side) ?? 0}
                    most={most}
                  />
                ))}
                <td className="px-3 text-right font-semibold tabular-nums">
                  {formatCount(line.denials)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="px-[18px] pb-3 text-12 text-muted">
        {rows.length < matrix.distinctRows || columns.length < matrix.distinctColumns
          ? `The ${rows.length} most frequent of ${formatCount(matrix.distinctRows)} and ${columns.length} of ${formatCount(matrix.distinctColumns)}: ${formatCount(shown)} of ${formatCount(matrix.total)} denials.`
          : `${formatCount(matrix.total)} denials in all. An empty cell has none.`}{" "}
        Darkness grows with the logarithm.
      </p>
    </>
  );
}

/** The strongest ground in percent, light and dark: text on it keeps its contrast. */
const STRONGEST = { light: 60, dark: 40 } as const;

function HeatCell({ count, most }: { readonly count: number; readonly most: number }): ReactNode {
  const share = 0.1 + 0.9 * (Math.log1p(count) / Math.log1p(most));
  const ground = (strongest: number) =>
    `color-mix(in srgb, var(--series-1) ${Math.round(strongest * share)}%, var(--surface))`;
  return (
    <td
      className="h-8 border border-surface text-center tabular-nums"
      style={
        count === 0
          ? undefined
          : { background: `light-dark(${ground(STRONGEST.light)}, ${ground(STRONGEST.dark)})` }
      }
    >
      {count === 0 ? <span className="sr-only">none</span> : formatCount(count)}
    </td>
  );
}

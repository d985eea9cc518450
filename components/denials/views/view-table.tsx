import type { ReactNode } from "react";

export interface ViewColumn<Row> {
  readonly label: string;
  readonly align?: "start" | "end";
  readonly cell: (row: Row) => ReactNode;
  /** Classes of the cells, to let a column take what room is left. */
  readonly className?: string;
}

interface ViewTableProps<Row> {
  readonly label: string;
  readonly columns: readonly ViewColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

/** A plain table; its first column names the row. On a narrow screen it is scrolled within its own frame. */
export function ViewTable<Row>({ label, columns, rows, keyOf }: ViewTableProps<Row>): ReactNode {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways has to be reached by keys.
      tabIndex={0}
      className="shrink-0 overflow-x-auto outline-offset-[-2px]"
    >
      <table aria-label={label} className="w-full border-collapse text-12">
        <thead>
          <tr className="text-11 text-fact">
            {columns.map((column) => (
              <th
                key={column.label}
                scope="col"
                className={`whitespace-nowrap px-3 py-2 font-normal first:pl-[18px] last:pr-[18px] ${column.align === "end" ? "text-right" : "text-left"}`}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} className="border-hair border-t hover:bg-bg">
              {columns.map((column, at) => {
                const classes = `max-w-[280px] px-3 py-1 first:pl-[18px] last:pr-[18px] ${column.align === "end" ? "whitespace-nowrap text-right tabular-nums" : "text-left"} ${column.className ?? ""}`;
                return at === 0 ? (
                  <th key={column.label} scope="row" className={`font-normal ${classes}`}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.label} className={classes}>
                    {column.cell(row)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

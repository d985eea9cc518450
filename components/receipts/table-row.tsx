// biome-ignore-all lint/a11y/useSemanticElements: rows that come and go cannot stand in a table element.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell.
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys of its cells.

import type { ReactNode } from "react";
import type { ReceiptRow } from "@/lib/queries/model.ts";
import type { Column } from "./columns.ts";
import { ReceiptCell } from "./receipt-cell.tsx";

export interface TableRowProps {
  readonly index: number;
  readonly top: number;
  readonly height: number;
  /** Null while its page is on its way. */
  readonly row: ReceiptRow | null;
  readonly columns: readonly Column[];
  readonly template: string;
  readonly dated: boolean;
  readonly selected: boolean;
  readonly focusedColumn: number | null;
  readonly idOf: (column: number) => string;
  readonly onPress: (column: number) => void;
}

export function TableRow(props: TableRowProps): ReactNode {
  const { index, row, columns, selected } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      style={{
        gridTemplateColumns: props.template,
        height: props.height,
        transform: `translateY(${props.top}px)`,
      }}
      className={`absolute inset-x-0 top-0 grid cursor-default items-center gap-x-2.5 border-hair border-b px-3 text-12 ${
        selected
          ? "bg-selected before:absolute before:inset-y-0 before:left-0 before:w-[2px] before:bg-accent forced-colors:outline-2 forced-colors:-outline-offset-2"
          : "hover:bg-bg"
      }`}
    >
      {columns.map((column, at) => (
        <div
          key={column.id}
          id={props.idOf(at)}
          role="gridcell"
          aria-colindex={at + 1}
          onClick={() => props.onPress(at)}
          className={`flex h-full min-w-0 items-center ${column.align === "end" ? "justify-end" : ""} ${
            props.focusedColumn === at
              ? "rounded-control outline-2 outline-ring -outline-offset-2"
              : ""
          }`}
        >
          {row === null ? (
            <Waiting id={column.id} />
          ) : (
            <ReceiptCell row={row} id={column.id} dated={props.dated} />
          )}
        </div>
      ))}
    </div>
  );
}

/** A row whose page has not come yet: its place is kept, nothing is claimed. */
function Waiting({ id }: { readonly id: string }): ReactNode {
  return id === "integrity" || id === "reason" ? null : (
    <span aria-hidden="true" className="h-2 w-3/5 rounded-control bg-sunken" />
  );
}

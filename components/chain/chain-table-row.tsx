// biome-ignore-all lint/a11y/useSemanticElements: rows that come and go cannot stand in a table element.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row.
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys of its rows.

import type { ReactNode } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { DecisionMark } from "@/components/seal/marks.tsx";
import { StatusIcon } from "@/components/seal/status-icon.tsx";
import type { Settlement } from "@/lib/chain/model.ts";
import { SETTLEMENT_WORDS, toolStep } from "@/lib/display/chain-words.ts";
import { formatDateTime, formatTime } from "@/lib/display/time.ts";
import { clip } from "@/lib/graph/item-words.ts";
import type { ReceiptRow } from "@/lib/queries/model.ts";
import { MissingIcon } from "./boundary-icon.tsx";
import type { ChainColumn, ChainColumnId } from "./table-columns.ts";

const LONGEST = 160;

interface ChainTableRowProps {
  readonly id: string;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly template: string;
  readonly columns: readonly ChainColumn[];
  /** Whether times carry their date. */
  readonly dated: boolean;
  /** Null for a parent that is not loaded, and while its page is on its way. */
  readonly row: ReceiptRow | null;
  /** The name of a parent that is not loaded; null for a receipt. */
  readonly missing: string | null;
  /** Hops from the node that is walked from. */
  readonly distance: number;
  readonly settlement: Settlement;
  readonly drawn: string;
  readonly isSelected: boolean;
  readonly isActive: boolean;
  readonly onPress: () => void;
}

export function ChainTableRow(props: ChainTableRowProps): ReactNode {
  const { isSelected, isActive } = props;
  return (
    <div
      id={props.id}
      role="row"
      aria-rowindex={props.index + 2}
      aria-selected={isSelected}
      onClick={props.onPress}
      style={{
        gridTemplateColumns: props.template,
        height: props.height,
        transform: `translateY(${props.top}px)`,
      }}
      className={`absolute inset-x-0 top-0 grid cursor-default items-center gap-x-2.5 border-hair border-b px-3 text-12 ${
        isSelected
          ? "bg-selected before:absolute before:inset-y-0 before:left-0 before:w-[2px] before:bg-accent forced-colors:outline-2 forced-colors:-outline-offset-2"
          : "hover:bg-bg"
      } ${isActive ? "group-focus-visible/grid:outline-2 group-focus-visible/grid:outline-ring group-focus-visible/grid:-outline-offset-2" : ""}`}
    >
      {props.columns.map((column, at) => (
        <div
          key={column.id}
          role="gridcell"
          aria-colindex={at + 1}
          className="flex min-w-0 items-center"
        >
          <Cell {...props} column={column.id} />
        </div>
      ))}
    </div>
  );
}

function Cell(props: ChainTableRowProps & { readonly column: ChainColumnId }): ReactNode {
  const { column, row, missing, distance } = props;
  if (missing !== null) return <MissingCell column={column} id={missing} distance={distance} />;
  if (row === null) {
    if (column === "hop") return <Hop distance={distance} />;
    return column === "step" ? (
      <span aria-hidden="true" className="h-2 w-3/5 rounded-control bg-sunken" />
    ) : null;
  }
  switch (column) {
    case "hop":
      return <Hop distance={distance} />;
    case "integrity":
      return <StatusIcon status={row.status} size={15} labelled />;
    case "time":
      return (
        <span className="truncate text-fact tabular-nums">
          {row.timestamp === null ? "" : timeWords(row.timestamp, props.dated)}
        </span>
      );
    case "step": {
      const { name, kind } = toolStep(row.tool);
      return (
        <span className="min-w-0 truncate">
          <bdi className="font-medium text-ink">{shown(name)}</bdi>{" "}
          <span className="text-muted">{kind}</span>
        </span>
      );
    }
    case "service":
      return <bdi className="truncate">{shown(row.service)}</bdi>;
    case "agent":
      return <bdi className="truncate text-fact">{shown(row.agent)}</bdi>;
    case "decision":
      return <DecisionMark decision={row.decision} />;
    case "settled":
      return (
        <span className="truncate text-fact">
          {row.decision === "allow" ? SETTLEMENT_WORDS[props.settlement] : ""}
        </span>
      );
    case "id":
      return <bdi className="truncate font-mono text-muted">{shown(row.id)}</bdi>;
    case "drawn":
      return <bdi className="truncate text-muted">{shown(props.drawn)}</bdi>;
  }
}

function Hop({ distance }: { readonly distance: number }): ReactNode {
  const words = distance > 0 ? `+${distance}` : String(distance);
  return <span className="text-fact tabular-nums">{words}</span>;
}

/** Of a parent that is not loaded only its name is known. */
function MissingCell({
  column,
  id,
  distance,
}: {
  readonly column: ChainColumnId;
  readonly id: string;
  readonly distance: number;
}): ReactNode {
  if (column === "hop") return <Hop distance={distance} />;
  if (column !== "step") return null;
  return (
    <span className="flex min-w-0 items-center gap-2">
      <MissingIcon />
      <span className="min-w-0 truncate">
        <bdi className="font-mono">{shown(id)}</bdi> <span className="text-muted">not loaded</span>
      </span>
    </span>
  );
}

function timeWords(seconds: number, dated: boolean): string {
  return dated ? formatDateTime(seconds) : formatTime(seconds);
}

function shown(text: string): string {
  return visibleText(clip(text, LONGEST));
}

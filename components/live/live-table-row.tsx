// biome-ignore-all lint/a11y/useSemanticElements: rows that come and go cannot stand in a table element.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row.
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys of its rows.

import { Ban, CircleSlash, Hourglass, MoveRight, Quote } from "lucide-react";
import { memo, type ReactNode } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { StatusIcon } from "@/components/seal/status-icon.tsx";
import { classNames } from "@/components/ui/class-names.ts";
import { DECISION_WORDS } from "@/lib/display/status.ts";
import { formatDate, formatTime } from "@/lib/display/time.ts";
import type { LiveRow } from "@/lib/live/model.ts";

/** A phone has no room for dates and reasons: times of day, and what was asked by whom. */
export const LIVE_GRID =
  "grid grid-cols-[20px_138px_104px_minmax(0,0.8fr)_minmax(0,1fr)_minmax(0,1.3fr)] items-center gap-x-2.5 px-3 max-sm:grid-cols-[20px_58px_84px_minmax(0,0.8fr)_minmax(0,1fr)]";

export const LIVE_COLUMNS: readonly {
  readonly name: string;
  readonly isHidden?: boolean;
  readonly isWide?: boolean;
}[] = [
  { name: "Integrity", isHidden: true },
  { name: "Time (UTC)" },
  { name: "Decision" },
  { name: "Who" },
  { name: "What" },
  { name: "Guard and reason", isWide: true },
];

/** The most of a text that a row shows: a reason may be a megabyte long. */
const LONGEST = 300;

interface LiveTableRowProps {
  readonly id: string;
  readonly row: LiveRow;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly isActive: boolean;
  readonly onPress: () => void;
}

export const LiveTableRow = memo(function LiveTableRow(props: LiveTableRowProps): ReactNode {
  const { row, isActive } = props;
  return (
    <div
      id={props.id}
      role="row"
      aria-rowindex={props.index}
      aria-selected={isActive}
      onClick={props.onPress}
      style={{ height: props.height, transform: `translateY(${props.top}px)` }}
      className={classNames(
        LIVE_GRID,
        "absolute inset-x-0 top-0 cursor-default border-hair border-b text-12",
        isActive ? "bg-selected outline-2 outline-ring -outline-offset-2" : "hover:bg-bg",
      )}
    >
      <span role="gridcell" className="flex items-center">
        {row.kind === "receipt" ? (
          <StatusIcon status={row.status} labelled />
        ) : row.kind === "claim" ? (
          <Quote aria-label="Claim, no receipt" size={14} className="text-unchecked" />
        ) : (
          <Hourglass aria-hidden size={14} className="invisible" />
        )}
      </span>
      <span role="gridcell" className="truncate tabular-nums">
        {row.second === null ? (
          "no time"
        ) : (
          <>
            <span className="max-sm:hidden">{formatDate(row.second)} </span>
            {formatTime(row.second)}
          </>
        )}
      </span>
      <span role="gridcell" className="truncate">
        <DecisionWord row={row} />
      </span>
      <Text text={row.agent} />
      <Text text={row.tool} isMono />
      <Text text={[row.guard, row.reason].filter((part) => part !== "").join(": ")} isWide />
    </div>
  );
});

interface TextProps {
  readonly text: string;
  readonly isMono?: boolean;
  readonly isWide?: boolean;
}

function Text({ text, isMono = false, isWide = false }: TextProps): ReactNode {
  const shown = visibleText(text.slice(0, LONGEST));
  return (
    <span
      role="gridcell"
      title={shown}
      className={classNames("truncate", isMono && "font-mono", isWide && "max-sm:hidden")}
    >
      {shown}
    </span>
  );
}

function DecisionWord({ row }: { readonly row: LiveRow }): ReactNode {
  switch (row.kind) {
    case "claim":
      return <span className="text-unchecked">Claim</span>;
    case "failure":
      return <span className="text-unchecked">Failure</span>;
    case "not-understood":
      return <span className="text-unchecked">Not understood</span>;
    case "receipt":
      return (
        <span
          className={classNames(
            "inline-flex items-center gap-1",
            row.decision === "deny" ? "font-medium text-denied" : "text-muted",
          )}
        >
          {row.decision === "deny" ? (
            <Ban aria-hidden size={12} />
          ) : row.decision === "allow" ? (
            <MoveRight aria-hidden size={12} />
          ) : (
            <CircleSlash aria-hidden size={12} />
          )}
          {DECISION_WORDS[row.decision]}
          {row.isCopy ? " (copy)" : ""}
        </span>
      );
  }
}

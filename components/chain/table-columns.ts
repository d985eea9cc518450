export type ChainColumnId =
  | "integrity"
  | "hop"
  | "time"
  | "step"
  | "service"
  | "agent"
  | "decision"
  | "settled"
  | "id"
  | "drawn";

export interface ChainColumn {
  readonly id: ChainColumnId;
  readonly label: string;
  /** Narrowest width in pixels. */
  readonly least: number;
  /** Share of what is left over. */
  readonly grow: number;
}

/** Of a time alone; the column is as wide as a date with its time. */
const TIME_ALONE = 66;

/** In the order shown; where there is no room, what is last in {@link KEPT} goes first. */
const COLUMNS: readonly ChainColumn[] = [
  { id: "integrity", label: "integrity", least: 22, grow: 0 },
  { id: "hop", label: "hop", least: 34, grow: 0 },
  { id: "time", label: "UTC", least: 138, grow: 0 },
  { id: "step", label: "step", least: 150, grow: 14 },
  { id: "service", label: "service", least: 110, grow: 9 },
  { id: "agent", label: "agent", least: 110, grow: 9 },
  { id: "decision", label: "decision", least: 92, grow: 0 },
  { id: "settled", label: "settled", least: 84, grow: 0 },
  { id: "id", label: "id", least: 108, grow: 6 },
  { id: "drawn", label: "drawn", least: 96, grow: 6 },
];

const KEPT: readonly ChainColumnId[] = [
  "integrity",
  "hop",
  "step",
  "decision",
  "service",
  "time",
  "settled",
  "id",
  "drawn",
  "agent",
];

const GAP = 10;
const PADDING = 24;

/** The columns that fit into a width, in their order. The first three are always there; a walk over days is `dated`. */
export function fittingChainColumns(width: number, dated: boolean): readonly ChainColumn[] {
  const columns = COLUMNS.map((column) =>
    column.id === "time" && !dated ? { ...column, least: TIME_ALONE } : column,
  );
  let left = width - PADDING;
  const fitting = new Set<ChainColumnId>();
  for (const id of KEPT) {
    const column = columns.find((each) => each.id === id);
    if (column === undefined) continue;
    left -= column.least + GAP;
    if (left < 0 && fitting.size >= 3) break;
    fitting.add(id);
  }
  return columns.filter(({ id }) => fitting.has(id));
}

/** `grid-template-columns` for them. */
export function chainTemplate(columns: readonly ChainColumn[]): string {
  return columns
    .map(({ least, grow }) =>
      grow === 0 ? `${least}px` : `minmax(${Math.min(least, 90)}px,${grow}fr)`,
    )
    .join(" ");
}

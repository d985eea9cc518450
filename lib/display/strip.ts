import type { CheckpointCell } from "@/lib/verification/report.ts";
import { formatCount, plural } from "./numbers.ts";

/** One cell as drawn: one checkpoint, or several equal neighbours. */
export interface StripCell {
  readonly state: CheckpointCell["state"];
  readonly key: string | null;
  readonly fromCheckpoint: number | null;
  readonly toCheckpoint: number | null;
  readonly fromSeq: number;
  readonly toSeq: number;
}

/** A run of cells that one key signed. */
export interface StripBracket {
  readonly key: string;
  readonly receipts: number;
  /** Receipts before the bracket begins, for its place above the strip. */
  readonly before: number;
}

/** Above this many cells, equal neighbours are drawn as one. */
const MOST_CELLS = 60;

/** Cells of one log for the strip. Exceptions keep their own cell unless there are too many of them too. */
export function stripCells(cells: readonly CheckpointCell[]): readonly StripCell[] {
  const single = cells.map(toCell);
  if (single.length <= MOST_CELLS) return single;
  const merged: StripCell[] = [];
  const share = Math.ceil(single.length / MOST_CELLS);
  let held = 0;
  for (const cell of single) {
    const last = merged.at(-1);
    if (last !== undefined && last.state === cell.state && last.key === cell.key && held < share) {
      merged[merged.length - 1] = { ...last, toCheckpoint: cell.toCheckpoint, toSeq: cell.toSeq };
      held += 1;
    } else {
      merged.push(cell);
      held = 1;
    }
  }
  return merged;
}

function toCell(cell: CheckpointCell): StripCell {
  return {
    state: cell.state,
    key: cell.key,
    fromCheckpoint: cell.checkpoint_seq,
    toCheckpoint: cell.checkpoint_seq,
    fromSeq: cell.from_seq,
    toSeq: cell.to_seq,
  };
}

/** How many receipts a cell stands for; at least one, so that every cell can be seen. */
export function cellReceipts(cell: { readonly fromSeq: number; readonly toSeq: number }): number {
  return Math.max(1, cell.toSeq - cell.fromSeq + 1);
}

/** Who signed which part. An absent or uncovered cell between two of one key does not end the bracket. */
export function stripBrackets(cells: readonly StripCell[]): readonly StripBracket[] {
  const brackets: { key: string; receipts: number; before: number }[] = [];
  let before = 0;
  let unsigned = 0;
  for (const cell of cells) {
    const receipts = cellReceipts(cell);
    const last = brackets.at(-1);
    if (cell.key === null) {
      unsigned += receipts;
    } else if (last !== undefined && last.key === cell.key) {
      last.receipts += unsigned + receipts;
      unsigned = 0;
    } else {
      brackets.push({ key: cell.key, receipts, before });
      unsigned = 0;
    }
    before += receipts;
  }
  return brackets;
}

/** The number in a cell: `17`, or `9 to 24` where cells were merged. */
export function cellNumber(cell: StripCell): string {
  if (cell.fromCheckpoint === null) return "";
  const from = formatCount(cell.fromCheckpoint);
  if (cell.toCheckpoint === null || cell.toCheckpoint === cell.fromCheckpoint) return from;
  return `${from}–${formatCount(cell.toCheckpoint)}`;
}

/** A cell in words, for its label and for someone who does not see the strip. */
export function describeCell(cell: StripCell): string {
  const range = `receipts ${formatCount(cell.fromSeq)} to ${formatCount(cell.toSeq)}`;
  const merged = cell.fromCheckpoint !== null && cell.fromCheckpoint !== cell.toCheckpoint;
  const name =
    cell.fromCheckpoint === null ? "" : `Checkpoint${merged ? "s" : ""} ${cellNumber(cell)}`;
  switch (cell.state) {
    case "fits":
      return `${name}: fits, ${range}`;
    case "differs":
      return `${name}: does not fit, ${range}`;
    case "absent":
      return `${name}: absent, ${range}`;
    case "not-covered":
      return `${range.charAt(0).toUpperCase()}${range.slice(1)}: not covered`;
    case "not-checked":
      return `${name}: not checked, ${range}`;
  }
}

/** A label under the strip: what it says, and where along the strip it belongs (0 to 1). */
export interface StripLabel {
  readonly text: string;
  readonly at: number;
  readonly state: CheckpointCell["state"];
}

/** Share of the strip that one character of a label takes, at the width of a desktop page. */
const CHARACTER = 0.0056;

/**
 * Labels for the cells that do not simply fit, each under its cell. One that would lie over its neighbour is
 * left out and counted instead.
 */
export function stripLabels(cells: readonly StripCell[]): {
  readonly labels: readonly StripLabel[];
  readonly more: number;
} {
  const total = cells.reduce((sum, cell) => sum + cellReceipts(cell), 0);
  const labels: StripLabel[] = [];
  let before = 0;
  let end = 0;
  let more = 0;
  for (const cell of cells) {
    const receipts = cellReceipts(cell);
    const middle = (before + receipts / 2) / total;
    before += receipts;
    if (cell.state === "fits") continue;
    const text = cellLabel(cell);
    const half = (text.length * CHARACTER) / 2;
    const at = Math.min(1 - half, Math.max(half, middle));
    if (at - half < end) {
      more += 1;
      continue;
    }
    end = at + half;
    labels.push({ text, at, state: cell.state });
  }
  return { labels, more };
}

function cellLabel(cell: StripCell): string {
  const range = `${formatCount(cell.fromSeq)} to ${formatCount(cell.toSeq)}`;
  switch (cell.state) {
    case "fits":
      return cellNumber(cell);
    case "differs":
      return `${cellNumber(cell)}: does not fit`;
    case "absent":
      return `${cellNumber(cell)}: absent, receipts ${range}`;
    case "not-covered":
      return `${range}: not covered`;
    case "not-checked":
      return `${cellNumber(cell)}: not checked`;
  }
}

/** What stands beside the title: `37 of 38 present`. */
export function stripSummary(cells: readonly CheckpointCell[]): string {
  const numbered = cells.filter((cell) => cell.checkpoint_seq !== null);
  const absent = numbered.filter((cell) => cell.state === "absent").length;
  const present = numbered.length - absent;
  return absent === 0
    ? `${plural(present, "checkpoint")}, none absent`
    : `${formatCount(present)} of ${formatCount(numbered.length)} present`;
}

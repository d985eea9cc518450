import type { Verdict } from "@/lib/verification/report.ts";
import { formatCount } from "./numbers.ts";

/** A line of "what still holds": the number that counts, and of what. */
export interface HoldingLine {
  readonly number: string;
  readonly of: string;
}

/** The batch of the receipt that a finding is about. */
export interface BatchOfReceipt {
  readonly checkpointSeq: string | null;
  readonly othersIncluded: number;
}

/** What is not touched by the findings, so that one cause is not read as the loss of everything. */
export function stillHolds(
  verdict: Verdict,
  batch: BatchOfReceipt | null = null,
): readonly HoldingLine[] {
  const { unaltered, included } = verdict.report.questions;
  const checkpoints = verdict.strip.filter(
    (cell) => cell.state === "fits" || cell.state === "differs" || cell.state === "not-checked",
  );
  const fitting = checkpoints.filter((cell) => cell.state === "fits").length;
  const lines: HoldingLine[] = [];
  if (unaltered.denominator > 0) {
    lines.push({
      number: formatCount(unaltered.numerator),
      of: `of ${formatCount(unaltered.denominator)} receipts are as they were signed`,
    });
  }
  if (checkpoints.length > 0) {
    lines.push({
      number: formatCount(fitting),
      of: `of ${formatCount(checkpoints.length)} checkpoints fit`,
    });
  }
  if (batch !== null && batch.checkpointSeq !== null && batch.othersIncluded > 0) {
    lines.push({
      number: formatCount(batch.othersIncluded),
      of: `other receipts under checkpoint ${batch.checkpointSeq} lead to its signed root`,
    });
  } else if (included.numerator > 0) {
    lines.push({
      number: formatCount(included.numerator),
      of: "receipts lead to a signed root, each by its own proof",
    });
  }
  if (verdict.links.total > 0) {
    lines.push({
      number: formatCount(verdict.links.fit),
      of: `of ${formatCount(verdict.links.total)} links between checkpoints fit`,
    });
  }
  return lines;
}

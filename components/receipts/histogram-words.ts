import { binWords } from "@/components/time/time-scale.ts";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { formatDate, formatRange, formatTime } from "@/lib/display/time.ts";
import type { Histogram } from "@/lib/queries/model.ts";
import { binTotal, histogramSpan } from "./histogram-scale.ts";

/** The histogram for someone who does not see it. */
export function histogramSentence(histogram: Histogram): string {
  const span = histogramSpan(histogram);
  if (span === null) return "No receipt has a time.";
  const sum = (of: (bin: Histogram["bins"][number]) => number) =>
    histogram.bins.reduce((all, bin) => all + of(bin), 0);
  const parts = [
    `${formatCount(sum((bin) => bin.allow))} allowed`,
    `${formatCount(sum((bin) => bin.deny))} denied`,
    `${formatCount(sum((bin) => bin.other))} cancelled, incomplete or without decision`,
    `${formatCount(sum((bin) => bin.doesNotVerify))} that do not verify`,
  ];
  const absent = histogram.absences.reduce((all, each) => all + each.receipts, 0);
  return `${plural(sum(binTotal), "receipt")} over ${formatRange(span)}, ${binWords(histogram.binSeconds)}: ${parts.join(", ")}${absent > 0 ? `; ${formatCount(absent)} absent` : ""}.`;
}

/** "Absent: 100 receipts, 17:09 to 17:13" for the legend; several gaps are counted. */
export function absenceWords(absences: Histogram["absences"]): string | null {
  const [first] = absences;
  if (first === undefined) return null;
  const receipts = absences.reduce((all, each) => all + each.receipts, 0);
  if (absences.length > 1) {
    return `Absent: ${plural(receipts, "receipt")} in ${formatCount(absences.length)} places`;
  }
  const clock = (at: number) => formatTime(at).slice(0, first.to - first.from < 120 ? 8 : 5);
  const end =
    formatDate(first.from) === formatDate(first.to)
      ? clock(first.to)
      : `${formatDate(first.to)} ${clock(first.to)}`;
  return `Absent: ${plural(receipts, "receipt")}, ${clock(first.from)} to ${end}`;
}

import { binWords } from "@/components/time/time-scale.ts";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { formatDate, formatRange, formatTime } from "@/lib/display/time.ts";
import type { DenialHistogram, PolicyBoundary } from "@/lib/queries/denial-model.ts";
import { logWords } from "../log-words.ts";
import { chartSpan } from "./stack.ts";

/** Guards that are named in the sentence. */
const NAMED = 3;

/** The chart for someone who does not see it. */
export function chartSentence(
  histogram: DenialHistogram,
  changes: readonly PolicyBoundary[],
): string {
  const span = chartSpan(histogram);
  if (span === null) return "No denial has a time.";
  const total = histogram.bins.reduce((all, bin) => all + bin.total, 0);
  const high = histogram.bins.reduce((most, bin) => (bin.total > most.total ? bin : most));
  const named = histogram.guards
    .slice(0, NAMED)
    .map(({ guard, denials }) => `${logWords(guard)} ${formatCount(denials)}`);
  const policies = changes.length === 0 ? "" : ` ${plural(changes.length, "change")} of policy.`;
  return `${plural(total, "denial")} over ${formatRange(span)}, ${binWords(span.binSeconds)}: ${named.join(", ")}. Most at ${formatTime(high.from).slice(0, 5)}: ${formatCount(high.total)}.${policies}`;
}

/** `2026-04-16, 10 minutes per bar`; the last day too where there are several. */
export function binsLegend(histogram: DenialHistogram): string {
  const span = chartSpan(histogram);
  if (span === null) return "";
  const first = formatDate(span.from);
  const last = formatDate(span.to - 1);
  const days = first === last ? first : `${first} to ${last}`;
  return `${days}, ${binWords(span.binSeconds)}, UTC`;
}

import { formatCount, joinWords, plural } from "@/lib/display/numbers.ts";
import { formatTime } from "@/lib/display/time.ts";
import type { DenialBin, PatternRow } from "@/lib/queries/denial-model.ts";

/** Values that are written out; more bars than these are counted. */
const WRITTEN = 4;

/** What stands beside bars that are cut. */
export interface CutNote {
  /** `31,004 between 02:09 and 02:27`. */
  readonly head: string;
  /** `3 bars are cut at 400: 1,448, 16,858 and 12,969`. */
  readonly text: string;
  /** Where the bars are that it is about, in Unix seconds. */
  readonly from: number;
  readonly to: number;
  /** The guard whose ink the head has; null where no one pattern fills the bars. */
  readonly guard: string | null;
}

/**
 * What the cut hides, in words. Where one pattern lies within the cut bars, it is that pattern's count and
 * times; otherwise the bars' own.
 */
export function cutNote(
  bins: readonly DenialBin[],
  cut: number,
  binSeconds: number,
  patterns: readonly PatternRow[],
): CutNote | null {
  const high = bins.filter(({ total }) => total > cut);
  const highest = high.reduce<DenialBin | null>(
    (most, bin) => (most === null || bin.total > most.total ? bin : most),
    null,
  );
  if (highest === null) return null;
  let { from } = highest;
  let to = highest.from + binSeconds;
  // The bars that stand together with the highest one.
  for (const bin of high) if (bin.from === to) to += binSeconds;
  for (const bin of [...high].reverse()) if (bin.from + binSeconds === from) from = bin.from;
  const pattern = patterns.find(
    ({ first, last, denials }) =>
      first !== null && last !== null && first >= from && last < to && denials > highest.total / 2,
  );
  const total = bins
    .filter((bin) => bin.from >= from && bin.from < to)
    .reduce((all, bin) => all + bin.total, 0);
  const clock = (at: number) => formatTime(at).slice(0, 5);
  const values = high.map((bin) => formatCount(bin.total));
  const listed =
    values.length <= WRITTEN
      ? joinWords(values)
      : `${values.slice(0, WRITTEN).join(", ")} and ${values.length - WRITTEN} more`;
  return {
    head: `${formatCount(pattern?.denials ?? total)} between ${clock(pattern?.first ?? from)} and ${clock(pattern?.last ?? to)}`,
    text: `${plural(high.length, "bar is", "bars are")} cut at ${formatCount(cut)}: ${listed}`,
    from,
    to,
    guard: pattern?.topGuard ?? null,
  };
}

import { formatCount, plural } from "./numbers.ts";
import { formatDate, formatTime } from "./time.ts";

/**
 * A share as percent with one place. What is not all is never 100 %, and what is there is never 0 %:
 * `99.6%`, `<0.1%`, `>99.9%`.
 */
export function percentWords(part: number, whole: number): string {
  if (!(whole > 0) || part <= 0) return "0%";
  if (part >= whole) return "100%";
  const tenths = Math.round((part / whole) * 1000);
  if (tenths === 0) return "<0.1%";
  if (tenths === 1000) return ">99.9%";
  return `${(tenths / 10).toFixed(1)}%`;
}

/** The page's statement: `48,210 denials, 11 patterns`. */
export function denialStatement(denials: number, patterns: number): string {
  return `${plural(denials, "denial")}, ${plural(patterns, "pattern")}`;
}

/**
 * How much of what is counted is signed, with the axis' own words: without a pinned key nothing is verified,
 * and then it is not said.
 */
export function evidenceWords(
  counts: {
    readonly denials: number;
    readonly verified: number;
    readonly selfConsistent: number;
  },
  isPinned: boolean,
): { readonly share: string; readonly words: string } {
  return isPinned || counts.verified > 0
    ? { share: percentWords(counts.verified, counts.denials), words: "verified" }
    : { share: percentWords(counts.selfConsistent, counts.denials), words: "self-consistent" };
}

/** What became of the dead letters without a receipt; null where there are none. */
export function claimWords(claims: number, areShown: boolean): string | null {
  if (claims === 0) return null;
  const carry = claims === 1 ? "carries" : "carry";
  return areShown
    ? `${formatCount(claims)} ${carry} no receipt: set aside as claims, not counted by rules.`
    : `${formatCount(claims)} more ${carry} no receipt: claims, left out.`;
}

/** `02:09 to 02:27` where both are of the day that the chart shows, with dates otherwise. */
export function spanOfDay(first: number | null, last: number | null, isOneDay: boolean): string {
  if (first === null || last === null) return "no time";
  const clock = (at: number) => formatTime(at).slice(0, 5);
  if (isOneDay) return first === last ? clock(first) : `${clock(first)} to ${clock(last)}`;
  const day = (at: number) => formatDate(at).slice(5);
  return formatDate(first) === formatDate(last)
    ? `${day(first)} ${clock(first)} to ${clock(last)}`
    : `${day(first)} to ${day(last)}`;
}

/** A length of time to the second: `18 min 27 s`, `2 h 4 min`, `0 s`. */
export function lengthWords(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return "unknown";
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) {
    return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
  }
  const minutes = Math.floor(whole / 60);
  if (whole < 86_400) {
    return minutes % 60 === 0
      ? `${minutes / 60} h`
      : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  }
  const hours = Math.floor(whole / 3600);
  return hours % 24 === 0
    ? `${formatCount(hours / 24)} d`
    : `${formatCount(Math.floor(hours / 24))} d ${hours % 24} h`;
}

/** What a small chart covers, roughly: `24 hours`, `7 days`, `40 minutes`. */
export function coverWords(seconds: number): string {
  if (seconds < 5400) return plural(Math.max(Math.round(seconds / 60), 1), "minute");
  if (seconds <= 72 * 3600) return plural(Math.round(seconds / 3600), "hour");
  return plural(Math.round(seconds / 86_400), "day");
}

/** A gap between two tries: `500 ms`, `2.5 s`, `3 min`. */
export function gapWords(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${trimmed(milliseconds / 1000)} s`;
  return lengthWords(milliseconds / 1000);
}

function trimmed(value: number): string {
  return value.toFixed(1).replace(/\.0$/u, "");
}

/** Where a record came from: `payments/0 @ 88,120`; offsets beyond a double keep all their digits. */
export function coordinateWords(topic: string, partition: number, offset: string): string {
  return `${topic}/${partition} @ ${groupDigits(offset)}`;
}

/** Decimal digits in groups of three: `9,223,372,036,854,775,807`. */
export function groupDigits(digits: string): string {
  return /^\d+$/u.test(digits) ? formatCount(BigInt(digits)) : digits;
}

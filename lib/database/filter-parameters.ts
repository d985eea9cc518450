import { toHex } from "@/kernel/encoding.ts";
import { type FacetName, MOST_ROWS, type ReceiptFilter } from "@/lib/queries/model.ts";

/** What a statement's parameter can be; integers beyond a double are given as decimal text. */
export type Parameter = string | number | null;

/** The order of the facets in `set-filter.sql`: each stands there twice, wanted and unwanted. */
const FACET_ORDER = [
  "decision",
  "integrity",
  "guard",
  "agent",
  "tool",
  "service",
  "form",
  "file",
] as const satisfies readonly FacetName[];

/** The parameters of `set-filter.sql` for a filter, `$1` first. */
export function filterParameters(filter: ReceiptFilter): readonly Parameter[] {
  const text = filter.text.trim();
  return [
    filter.time === null ? null : wholeSecond(filter.time.from),
    filter.time === null ? null : wholeSecond(filter.time.to),
    text === "" ? null : text,
    ...FACET_ORDER.flatMap((facet) => [
      codedWords(filter.include[facet]),
      codedWords(filter.exclude[facet]),
    ]),
    filter.rows === undefined ? null : filter.rows.slice(0, MOST_ROWS).join(","),
  ];
}

/** No filter at all, which is also what the views are created under. */
export const NO_FILTER: readonly Parameter[] = filterParameters({
  time: null,
  include: {},
  exclude: {},
  text: "",
});

/** Values as UTF-8 in hex, parted by commas; null where nothing is restricted. */
export function codedWords(values: readonly string[] | undefined): string | null {
  if (values === undefined || values.length === 0) {
    return null;
  }
  const encoder = new TextEncoder();
  return values.map((value) => toHex(encoder.encode(value))).join(",");
}

/** Decimal text of a second, as the column of unsigned 64-bit integers takes it. */
export function wholeSecond(second: number): string {
  return Number.isFinite(second) && second > 0 ? BigInt(Math.floor(second)).toString() : "0";
}

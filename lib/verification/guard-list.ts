import { toHex, utf8 } from "@/kernel/encoding.ts";
import type { EvidenceFact } from "@/kernel/receipt/facts.ts";

/** Guards that one receipt may list; a hostile one lists a million. */
const MOST_GUARDS = 64;
/** Distinct lists that are remembered: in a log of one kernel there are a few dozen. */
const MOST_REMEMBERED = 10_000;
/** UTF-16 units of a list that is remembered: hostile names are megabytes long. */
const LONGEST_REMEMBERED = 4_096;

const coded = new Map<string, string>();

/**
 * The guards that a receipt says ran, as one text: each name in UTF-8 as hex digits, then `+` passed, `-` did
 * not pass, `?` not said; parted by commas. A log has few distinct lists, so that a column of them is small.
 */
export function guardList(evidence: readonly EvidenceFact[]): string {
  if (evidence.length === 0) {
    return "";
  }
  let key = "";
  const most = Math.min(evidence.length, MOST_GUARDS);
  for (let at = 0; at < most; at += 1) {
    const item = evidence[at];
    // With its length: no name can pass for two.
    key += `${item?.guard.length ?? 0}:${item?.guard ?? ""}${mark(item)}`;
  }
  let list = coded.get(key);
  if (list === undefined) {
    list = evidence
      .slice(0, most)
      .map((item) => `${toHex(utf8(item.guard))}${mark(item)}`)
      .join(",");
    if (coded.size < MOST_REMEMBERED && key.length <= LONGEST_REMEMBERED) {
      coded.set(key, list);
    }
  }
  return list;
}

function mark(item: EvidenceFact | undefined): string {
  return item?.verdict === true ? "+" : item?.verdict === false ? "-" : "?";
}

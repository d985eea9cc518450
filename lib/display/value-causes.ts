import type { Difference } from "@/lib/verification/repair.ts";
import type { OrdinaryCauses } from "./finding-causes.ts";

const EDIT = "A hand edit while reviewing the file.";
const DAMAGE = "A damaged copy (unlikely: the line still parses).";
const SETTLES = "The original line from the kernel’s store settles it.";

/** The ordinary causes of one value that is not the value that was signed; both sides are known. */
export function valueCauses(difference: Difference): OrdinaryCauses {
  return { causes: [likeliest(difference), EDIT, DAMAGE], settles: SETTLES };
}

function likeliest(difference: Difference): string {
  const { here, wouldFit } = difference;
  if (here === null) return "An export step that drops members.";
  if (wouldFit === null) return "An export step that adds members of its own.";
  if (difference.pointer === "/kernel_key") {
    return "An export step that fills in the kernel’s present key.";
  }
  const ratio = ratioCause(difference);
  if (ratio !== null) return ratio;
  if (bare(here) === bare(wouldFit)) {
    return "An export step that changes types: the same value, once as text and once not.";
  }
  if (squeezed(here) === squeezed(wouldFit)) {
    return "An export step that tidies text: only case and white space differ.";
  }
  return "An export step that rewrites values: units, time formats, rounding.";
}

/** The step that explains two numbers of which one is exactly 100 or 1,000 times the other; else null. */
export function ratioCause({ here, wouldFit }: Difference): string | null {
  const numbers = aligned(here, wouldFit);
  if (numbers === null) return null;
  const [found, signed] = numbers;
  if (found === signed * 100n) {
    return "A cents-to-units step on export: the value is exactly 100 times larger.";
  }
  if (found * 100n === signed) {
    return "A units-to-cents step on export: the value is exactly 100 times smaller.";
  }
  if (found === signed * 1000n) {
    return "A change of units on export: the value is exactly 1,000 times larger.";
  }
  if (found * 1000n === signed) {
    return "A change of units on export: the value is exactly 1,000 times smaller.";
  }
  return null;
}

const DECIMAL = /^(-?)(\d{1,30})(?:\.(\d{1,30}))?$/u;

/** Two decimal numbers, plain or as text, as whole numbers of one unit; null where one is none, or zero. */
function aligned(here: string | null, wouldFit: string | null): readonly [bigint, bigint] | null {
  const first = DECIMAL.exec(bare(here ?? ""));
  const second = DECIMAL.exec(bare(wouldFit ?? ""));
  if (first === null || second === null) return null;
  const places = Math.max(first[3]?.length ?? 0, second[3]?.length ?? 0);
  const whole = ([, sign = "", integer = "", fraction = ""]: RegExpExecArray): bigint =>
    BigInt(`${sign}${integer}${fraction.padEnd(places, "0")}`);
  const found = whole(first);
  const signed = whole(second);
  return found === 0n || signed === 0n ? null : [found, signed];
}

/** JSON text of a string without its quotes. */
function bare(json: string): string {
  return json.length > 1 && json.startsWith('"') && json.endsWith('"') ? json.slice(1, -1) : json;
}

function squeezed(json: string): string {
  return json.replace(/(?:\\[nrt]|\s)+/gu, "").toLowerCase();
}

import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { childPointer } from "@/kernel/json/pointer.ts";
import { isArray, isObject, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { inspectReceipt } from "@/kernel/receipt/inspect.ts";
import { checkClaim } from "@/kernel/signature.ts";
import type { Platform } from "./platform.ts";

/** One place in which two records differ; null where a side has no such member. Values as canonical text. */
export interface Difference {
  readonly pointer: string;
  readonly here: string | null;
  readonly wouldFit: string | null;
}

/**
 * What would make a receipt fit its signature. It says which single reading is consistent with the key,
 * not how the record came to differ.
 */
export type Repair =
  | { readonly kind: "copy"; readonly copy: number; readonly differences: readonly Difference[] }
  | { readonly kind: "variant"; readonly differences: readonly Difference[] };

/** A repair as the pages show it: with the place of the copy. One difference where one value decides. */
export interface RepairView {
  readonly differences: readonly Difference[];
  /** Where the same receipt stands with a signature that fits; null where only another key was tried. */
  readonly copy: {
    /** Number of the row in the database. */
    readonly row: number;
    readonly file: string;
    readonly line: number | null;
  } | null;
}

/** Differences listed; two records that share nothing differ everywhere. */
const LISTED = 64;

/**
 * Looks for a reading of a receipt that its signature does fit: the same receipt elsewhere in the data,
 * whole or one differing value at a time, or another key that the data names. A fixed list: nothing is
 * guessed from values.
 *
 * @param copies other records with the same id, each with its row
 * @param keys   keys met in the data, pinned ones first; the first 16 are tried
 */
export async function findRepair(
  receipt: JsonObject,
  copies: readonly { readonly row: number; readonly receipt: JsonObject }[],
  keys: readonly string[],
  platform: Platform,
): Promise<Repair | null> {
  for (const { row, receipt: other } of copies) {
    if (await fits(other, platform)) {
      return { kind: "copy", copy: row, differences: await decisive(receipt, other, platform) };
    }
  }
  for (const key of keys.slice(0, 16)) {
    const here = member(receipt, "kernel_key");
    if (here !== key && (await fits({ ...receipt, kernel_key: key }, platform))) {
      const pointer = "/kernel_key";
      return {
        kind: "variant",
        differences: [{ pointer, here: shown(here), wouldFit: shown(key) }],
      };
    }
  }
  return null;
}

/** Where replacing one value is enough, that value alone; otherwise every difference. */
async function decisive(
  receipt: JsonObject,
  other: JsonObject,
  platform: Platform,
): Promise<readonly Difference[]> {
  const differences = differencesOf(receipt, other);
  for (const difference of differences) {
    const repaired = replaced(receipt, other, difference.pointer.split("/").slice(1));
    if (isObject(repaired) && (await fits(repaired, platform))) {
      return [difference];
    }
  }
  return differences;
}

/** Places in which two records differ, deepest first met, at most {@link LISTED}. */
export function differencesOf(here: JsonValue, there: JsonValue): readonly Difference[] {
  const found: Difference[] = [];
  compare(here, there, "", found);
  return found;
}

function compare(
  here: JsonValue | undefined,
  there: JsonValue | undefined,
  pointer: string,
  found: Difference[],
): void {
  if (found.length >= LISTED) {
    return;
  }
  if (isObject(here) && isObject(there)) {
    for (const name of new Set([...Object.keys(here), ...Object.keys(there)])) {
      compare(member(here, name), member(there, name), childPointer(pointer, name), found);
    }
    return;
  }
  if (isArray(here) && isArray(there) && here.length === there.length) {
    for (const [index, element] of here.entries()) {
      compare(element, there[index], childPointer(pointer, index), found);
    }
    return;
  }
  const difference = { pointer, here: shown(here), wouldFit: shown(there) };
  if (difference.here !== difference.wouldFit) {
    found.push(difference);
  }
}

/** A copy of `here` whose value at the path is the one of `there`. */
function replaced(
  here: JsonValue | undefined,
  there: JsonValue | undefined,
  path: readonly string[],
): JsonValue | undefined {
  const [token, ...rest] = path;
  if (token === undefined) {
    return there;
  }
  const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
  if (isArray(here) && isArray(there)) {
    return here.map((element, index) =>
      String(index) === name ? (replaced(element, there[index], rest) ?? null) : element,
    );
  }
  if (!(isObject(here) && isObject(there))) {
    return there;
  }
  const value = replaced(member(here, name), member(there, name), rest);
  const kept = Object.entries(here).filter(([own]) => own !== name);
  return Object.fromEntries(value === undefined ? kept : [...kept, [name, value]]);
}

async function fits(receipt: JsonObject, platform: Platform): Promise<boolean> {
  const { claim } = inspectReceipt(receipt, platform.primitives);
  return claim !== null && (await checkClaim(claim, platform.backend)).kind === "fits";
}

function shown(value: JsonValue | undefined): string | null {
  return value === undefined ? null : canonicalize(value);
}

import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import { type Spread, spreadOf } from "./figures.ts";

export interface Pair {
  readonly ours: Spread;
  readonly native: Spread;
  readonly ratio: Spread;
}

/** Octets per second of strict parsing and canonical writing, and of the platform's own JSON. */
export function compareJson(lines: readonly string[], runs: number): Pair {
  const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
  return compare(
    bytes,
    runs,
    () => {
      let length = 0;
      for (const line of lines) {
        const parsed = parseJson(line);
        if (!parsed.ok) {
          throw new Error("the log has a line that is no JSON");
        }
        length += canonicalize(parsed.value.value).length;
      }
      return length;
    },
    () => {
      let length = 0;
      for (const line of lines) {
        length += JSON.stringify(JSON.parse(line)).length;
      }
      return length;
    },
  );
}

/**
 * Runs both in turn, once to warm up and `runs` times to count. Both return a number made from all of their
 * work, which must agree: nothing is skipped, and the same was done.
 */
export function compare(
  amount: number,
  runs: number,
  ours: () => number,
  native: () => number,
): Pair {
  const rates: { ours: number[]; native: number[] } = { ours: [], native: [] };
  for (let run = 0; run <= runs; run += 1) {
    const first = timed(native);
    const second = timed(ours);
    if (first.result !== second.result) {
      throw new Error(`ours gave ${second.result}, the platform ${first.result}`);
    }
    if (run > 0) {
      rates.native.push(amount / first.seconds);
      rates.ours.push(amount / second.seconds);
    }
  }
  const ratio = rates.ours.map((rate, run) => rate / (rates.native[run] ?? Number.NaN));
  return { ours: spreadOf(rates.ours), native: spreadOf(rates.native), ratio: spreadOf(ratio) };
}

function timed(work: () => number): { readonly result: number; readonly seconds: number } {
  const started = performance.now();
  const result = work();
  return { result, seconds: (performance.now() - started) / 1000 };
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../json/value.ts";
import { bucketRate, optionalRate, takeTokens } from "./token-bucket.ts";

function rateOf(limit: bigint, windowSeconds: bigint, burst = 1) {
  const rate = bucketRate(limit, windowSeconds, burst);
  if (!rate.ok) {
    throw new Error(rate.error);
  }
  return rate.value;
}

/** Whether each call at these times takes its tokens. */
function run(rate: ReturnType<typeof rateOf>, calls: readonly (readonly [bigint, bigint])[]) {
  let state: JsonValue | undefined;
  return calls.map(([at, tokens]) => {
    const take = takeTokens(state, rate, tokens, at);
    state = take.state;
    return take.taken;
  });
}

describe("bucketRate", () => {
  it.each([
    [10n, 1, 10n],
    [10n, 1.5, 15n],
    [5n, 0.5, 3n],
    [1n, 1.5, 2n],
    [1n, 1.49, 1n],
    [1n, 0.1, 1n],
    [3n, 0.1, 1n],
    [0n, 5, 0n],
    [18446744073709551615n, 1, 18446744073709551615n],
    [18446744073709551615n, 2, 36893488147419103230n],
  ])("limit %d with burst %d holds %d", (limit, burst, capacity) =>
    expect(rateOf(limit, 60n, burst)).toEqual({ limit, capacity, windowMilliseconds: 60_000n }),
  );

  it("refuses windows and bursts that are none", () => {
    expect(bucketRate(1n, 0n, 1)).toMatchObject({
      ok: false,
      error: expect.stringContaining("window"),
    });
    expect(bucketRate(1n, 1n, 1).ok).toBe(true);
    for (const burst of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(bucketRate(1n, 1n, burst)).toMatchObject({
        ok: false,
        error: expect.stringContaining("burst"),
      });
    }
  });

  it("leaves out what has no limit, and checks the rest", () => {
    expect(optionalRate(null, 60n, 1)).toEqual({ ok: true, value: null });
    expect(optionalRate(2n, 60n, 1)).toMatchObject({ value: { limit: 2n } });
    expect(optionalRate(null, 0n, 1).ok).toBe(false);
  });
});

describe("takeTokens", () => {
  it("starts full and regains exactly elapsed * limit / window", () => {
    const rate = rateOf(5n, 60n);
    const five = Array.from({ length: 5 }, () => [0n, 1n] as const);
    expect(run(rate, [...five, [0n, 1n], [11_999n, 1n], [12_000n, 1n], [12_001n, 1n]])).toEqual([
      ...five.map(() => true),
      false,
      false,
      true,
      false,
    ]);
  });

  it("regains no fraction twice and holds no more than its capacity", () => {
    const rate = rateOf(2n, 1n);
    expect(
      run(rate, [
        [0n, 2n],
        [499n, 1n],
        [500n, 1n],
        [999n, 1n],
        [1000n, 1n],
      ]),
    ).toEqual([true, false, true, false, true]);
    expect(
      run(rate, [
        [0n, 2n],
        [1_000_000n, 3n],
        [1_000_000n, 2n],
        [1_000_000n, 1n],
      ]),
    ).toEqual([true, false, true, false]);
  });

  it("gives nothing back when time runs backwards, nor when it returns", () => {
    const rate = rateOf(1n, 1n);
    expect(
      run(rate, [
        [5000n, 1n],
        [0n, 1n],
        [5000n, 1n],
        [5999n, 1n],
        [6000n, 1n],
      ]),
    ).toEqual([true, false, false, false, true]);
  });

  it("lets nothing pass a limit of zero, but what costs nothing", () => {
    expect(
      run(rateOf(0n, 1n), [
        [0n, 1n],
        [10_000n, 1n],
        [10_000n, 0n],
      ]),
    ).toEqual([false, false, true]);
  });

  it("remembers texts, and refuses to go on from anything else", () => {
    const rate = rateOf(3n, 1n);
    expect(takeTokens(undefined, rate, 1n, 7n).state).toEqual({ level: "2000", at: "7" });
    for (const state of [
      null,
      {},
      { level: "1" },
      { at: "1" },
      { level: 1, at: "1" },
      { level: "x", at: "1" },
      { level: "1.5", at: "1" },
    ]) {
      expect(() => takeTokens(state, rate, 1n, 7n)).toThrow(/remembered bucket has no (level|at)/);
    }
  });

  it("never lets more than capacity + elapsed * limit / window pass in any window", () => {
    const calls = fc.array(fc.tuple(fc.bigInt(-50n, 900n), fc.bigInt(0n, 3n)), { maxLength: 40 });
    fc.assert(
      fc.property(
        fc.bigInt(0n, 9n),
        fc.bigInt(1n, 3n),
        fc.constantFrom(0.3, 1, 2.5),
        calls,
        (limit, window, burst, steps) => {
          const rate = rateOf(limit, window, burst);
          let now = 0n;
          const timed = steps.map(([step, tokens]) => {
            now += step;
            return [now, tokens] as const;
          });
          const taken = run(rate, timed).map((yes, index) =>
            yes ? (timed[index]?.[1] ?? 0n) : 0n,
          );
          for (let first = 0; first < timed.length; first += 1) {
            let sum = 0n;
            let start = timed[first]?.[0] ?? 0n;
            let latest = start;
            for (let last = first; last < timed.length; last += 1) {
              const at = timed[last]?.[0] ?? 0n;
              start = at < start ? at : start;
              latest = at > latest ? at : latest;
              sum += taken[last] ?? 0n;
              expect(sum * rate.windowMilliseconds).toBeLessThanOrEqual(
                rate.capacity * rate.windowMilliseconds + (latest - start) * limit,
              );
            }
          }
        },
      ),
    );
  });

  it("does what an exact model of rational numbers does", () => {
    const calls = fc.array(fc.tuple(fc.bigInt(0n, 900n), fc.bigInt(0n, 3n)), { maxLength: 40 });
    fc.assert(
      fc.property(fc.bigInt(1n, 9n), fc.bigInt(1n, 3n), calls, (limit, window, steps) => {
        const rate = rateOf(limit, window);
        let now = 0n;
        const timed = steps.map(([step, tokens]) => {
          now += step;
          return [now, tokens] as const;
        });
        // The level as numerator over the window, from the whole history: the fullest it can be is what was
        // not taken since any moment at which it may have been full.
        const history: (readonly [bigint, bigint])[] = [];
        const expected = timed.map(([at, tokens]) => {
          const unit = window * 1000n;
          let level = rate.capacity * unit;
          for (const [index, [from]] of history.entries()) {
            const since = history.slice(index).reduce((sum, [, amount]) => sum + amount, 0n);
            const bound = rate.capacity * unit - since * unit + (at - from) * limit;
            level = bound < level ? bound : level;
          }
          const yes = level >= tokens * unit;
          if (yes) {
            history.push([at, tokens]);
          }
          return yes;
        });
        expect(run(rate, timed)).toEqual(expected);
      }),
    );
  });
});

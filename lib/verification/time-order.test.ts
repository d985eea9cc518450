import fc from "fast-check";
import { expect, it } from "vitest";
import { orderByTime } from "./time-order.ts";

/** As it is defined: by time, then by place; NaN after every time. */
function slowly(times: readonly number[]): readonly number[] {
  const rank = (at: number): number => {
    const time = times[at] ?? Number.NaN;
    return Number.isNaN(time) ? Number.POSITIVE_INFINITY : time;
  };
  return times
    .map((_, at) => at)
    .sort((a, b) => (rank(a) === rank(b) ? a - b : rank(a) < rank(b) ? -1 : 1));
}

const time = fc.oneof(
  fc.integer({ min: 1_776_000_000, max: 1_776_000_400 }),
  fc.integer({ min: 0, max: 5_000_000_000 }),
  fc.constant(Number.NaN),
  fc.constant(Number.MAX_SAFE_INTEGER),
  fc.constant(0.5),
);

it.each([
  ["whole seconds of a day", fc.integer({ min: 1_776_268_800, max: 1_776_355_200 })],
  ["few seconds, and none", fc.oneof(fc.integer({ min: 7, max: 12 }), fc.constant(Number.NaN))],
  ["any times", time],
])("puts %s in order, equal ones as they stood", (_name, arbitrary) => {
  fc.assert(
    fc.property(fc.array(arbitrary, { maxLength: 200 }), (times) => {
      expect(Array.from(orderByTime(Float64Array.from(times)))).toEqual(slowly(times));
    }),
  );
});

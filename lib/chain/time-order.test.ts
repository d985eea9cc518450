import fc from "fast-check";
import { expect, test } from "vitest";
import { timeOrder } from "./time-order.ts";

const times = fc.oneof(
  fc.integer({ min: 1_749_999_990, max: 1_750_000_010 }),
  fc.double(),
  fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
);

test("nodes stand by time, then by number, those without a time last", () => {
  fc.assert(
    fc.property(fc.array(times, { maxLength: 60 }), fc.nat({ max: 3 }), (column, missing) => {
      const all = [...column, ...Array.from({ length: missing }, () => Number.NaN)];
      const expected = all
        .map((time, node) => ({ time, node }))
        .sort((one, other) => {
          if (Number.isNaN(one.time) || Number.isNaN(other.time)) {
            return Number(Number.isNaN(one.time)) - Number(Number.isNaN(other.time));
          }
          return one.time < other.time ? -1 : one.time > other.time ? 1 : 0;
        })
        .map(({ node }) => node);
      const { order, isNumbered } = timeOrder(Float64Array.from(column), all.length);
      expect([...order]).toEqual(expected);
      expect(isNumbered).toBe(expected.every((node, at) => node === at));
    }),
  );
});

import { expect, test } from "vitest";
import { DEFAULT_LIMITS } from "./limits.ts";
import { rateLimiter } from "./rate-limit.ts";

const limiter = () => rateLimiter({ ...DEFAULT_LIMITS.rates, read: { perSecond: 10, burst: 2 } });

test("the burst first, then what the time gives back, never more than the burst", () => {
  const rate = limiter();
  expect([rate.take("read", 0), rate.take("read", 0), rate.take("read", 0)]).toEqual([
    true,
    true,
    false,
  ]);
  expect(rate.take("read", 99)).toBe(false);
  expect(rate.take("read", 100)).toBe(true);
  expect(rate.take("read", 100)).toBe(false);
  expect([1, 2, 3].map(() => rate.take("read", 1_000_000))).toEqual([true, true, false]);
});

test("a clock that goes back gives nothing, and classes do not share", () => {
  const rate = limiter();
  rate.take("read", 1000);
  rate.take("read", 1000);
  expect(rate.take("read", 0)).toBe(false);
  expect(rate.take("control", 0)).toBe(true);
});

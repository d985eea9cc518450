import type { HttpLimits, RateClass } from "./limits.ts";

export interface RateLimiter {
  /** Takes one from the class's bucket; false where it is empty. `now` in milliseconds of a monotonic clock. */
  take(rateClass: RateClass, now: number): boolean;
}

interface Bucket {
  tokens: number;
  at: number;
}

/**
 * One bucket for each class, for all callers together: on loopback the only thing that could tell callers
 * apart is what they say of themselves, and a forwarded header is exactly that.
 */
export function rateLimiter(rates: HttpLimits["rates"]): RateLimiter {
  const buckets = new Map<RateClass, Bucket>();
  return {
    take(rateClass, now) {
      const { perSecond, burst } = rates[rateClass];
      const last = buckets.get(rateClass) ?? { tokens: burst, at: now };
      const refilled = Math.min(
        burst,
        last.tokens + (Math.max(0, now - last.at) * perSecond) / 1000,
      );
      const fits = refilled >= 1;
      buckets.set(rateClass, { tokens: fits ? refilled - 1 : refilled, at: now });
      return fits;
    },
  };
}

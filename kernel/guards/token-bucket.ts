import { isObject, type JsonValue, member } from "../json/value.ts";
import { err, ok, type Result } from "../result.ts";

/** `limit` tokens come back in each window; at most `capacity` are held. */
export interface BucketRate {
  readonly limit: bigint;
  readonly capacity: bigint;
  readonly windowMilliseconds: bigint;
}

/** `level` counts tokens in fractions of one: `windowMilliseconds` of them are a token, so that refill is exact. */
interface Bucket {
  readonly level: bigint;
  /** Unix milliseconds. */
  readonly at: bigint;
}

/**
 * The rate of a limit, or why there can be none. The capacity is the limit times the burst factor, rounded half up
 * and at least one; a limit of zero lets nothing pass.
 */
export function bucketRate(
  limit: bigint,
  windowSeconds: bigint,
  burstFactor: number,
): Result<BucketRate, string> {
  if (windowSeconds < 1n) {
    return err("the window is shorter than a second");
  }
  if (!(burstFactor > 0 && burstFactor < Number.POSITIVE_INFINITY)) {
    return err("the burst factor is not a positive number");
  }
  const rounded = timesDouble(limit, burstFactor);
  const capacity = rounded === 0n && limit > 0n ? 1n : rounded;
  return ok({ limit, capacity, windowMilliseconds: windowSeconds * 1000n });
}

/** The rate of a limit that may be left out. The window and the burst factor are checked all the same. */
export function optionalRate(
  limit: bigint | null,
  windowSeconds: bigint,
  burstFactor: number,
): Result<BucketRate | null, string> {
  const rate = bucketRate(limit ?? 0n, windowSeconds, burstFactor);
  return rate.ok && limit === null ? ok(null) : rate;
}

/** Exact: a double is an integer over a power of two. Rounded half up. */
function timesDouble(limit: bigint, factor: number): bigint {
  let numerator = factor;
  let denominator = 1n;
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    denominator *= 2n;
  }
  return (2n * limit * BigInt(numerator) + denominator) / (2n * denominator);
}

export interface Take {
  readonly taken: boolean;
  /** The bucket afterwards, to be remembered whether or not anything was taken. */
  readonly state: JsonValue;
}

/**
 * Takes tokens if the bucket holds as many: it starts full and regains elapsed * limit / window, exactly. Time that
 * runs backwards gives nothing back, now or later.
 *
 * @throws TypeError where the remembered state is none: a guard that throws denies.
 */
export function takeTokens(
  state: JsonValue | undefined,
  rate: BucketRate,
  tokens: bigint,
  now: bigint,
): Take {
  const { limit, capacity, windowMilliseconds } = rate;
  const full = capacity * windowMilliseconds;
  const before = state === undefined ? { level: full, at: now } : readBucket(state);
  const at = larger(before.at, now);
  const level = smaller(before.level + (at - before.at) * limit, full);
  const price = tokens * windowMilliseconds;
  const taken = level >= price;
  return { taken, state: writeBucket({ level: taken ? level - price : level, at }) };
}

function larger(left: bigint, right: bigint): bigint {
  return left > right ? left : right;
}

function smaller(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}

/** As texts: both numbers may be beyond what JSON carries. */
function writeBucket({ level, at }: Bucket): JsonValue {
  return { level: String(level), at: String(at) };
}

function readBucket(state: JsonValue): Bucket {
  return { level: readInteger(state, "level"), at: readInteger(state, "at") };
}

function readInteger(state: JsonValue, name: string): bigint {
  const text = isObject(state) ? member(state, name) : undefined;
  if (typeof text !== "string" || !/^-?[0-9]{1,60}$/.test(text)) {
    throw new TypeError(`the remembered bucket has no ${name}`);
  }
  return BigInt(text);
}

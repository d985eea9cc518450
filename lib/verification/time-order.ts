/** Of keys that are sorted by their halves: one more than the greatest. */
const HALF = 0x1_0000;
/** Seconds between the first and the last beyond which halves do not suffice; the last key stands for none. */
const WIDEST = 0xffff_ffff - 1;

/**
 * Places by time, those without one (NaN) last; equal times keep their order. Whole seconds of a log lie close
 * together: they are sorted in two passes over sixteen bits, and nothing is compared.
 */
export function orderByTime(second: Float64Array): Int32Array {
  const order = Int32Array.from(second, (_, at) => at);
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  let isOrdered = true;
  let isWhole = true;
  let before = Number.NEGATIVE_INFINITY;
  for (const time of second) {
    if (Number.isNaN(time)) {
      before = Number.POSITIVE_INFINITY;
      continue;
    }
    isOrdered &&= before <= time;
    isWhole &&= Number.isInteger(time);
    least = Math.min(least, time);
    most = Math.max(most, time);
    before = time;
  }
  if (isOrdered) {
    return order;
  }
  if (!isWhole || most - least > WIDEST) {
    const rank = (at: number): number => {
      const time = second[at] ?? Number.NaN;
      return Number.isNaN(time) ? Number.POSITIVE_INFINITY : time;
    };
    return order.sort((a, b) => (rank(a) === rank(b) ? a - b : rank(a) - rank(b)));
  }
  const low = new Uint16Array(second.length);
  const high = new Uint16Array(second.length);
  for (let at = 0; at < second.length; at += 1) {
    const time = second[at] ?? Number.NaN;
    const key = Number.isNaN(time) ? 0xffff_ffff : time - least;
    low[at] = key & 0xffff;
    high[at] = key >>> 16;
  }
  return distribute(distribute(order, low), high);
}

/** One stable pass: the places in the order of their digits. */
function distribute(order: Int32Array, digits: Uint16Array): Int32Array {
  const starts = new Int32Array(HALF + 1);
  for (let at = 0; at < digits.length; at += 1) {
    const next = (digits[at] ?? 0) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let digit = 1; digit <= HALF; digit += 1) {
    starts[digit] = (starts[digit] ?? 0) + (starts[digit - 1] ?? 0);
  }
  const sorted = new Int32Array(order.length);
  for (let from = 0; from < order.length; from += 1) {
    const place = order[from] ?? 0;
    const digit = digits[place] ?? 0;
    const at = starts[digit] ?? 0;
    sorted[at] = place;
    starts[digit] = at + 1;
  }
  return sorted;
}

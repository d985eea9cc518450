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
  const keys = Uint32Array.from(second, (time) =>
    Number.isNaN(time) ? 0xffff_ffff : time - least,
  );
  const low = passOf(order, (place) => (keys[place] ?? 0) & 0xffff);
  return passOf(low, (place) => (keys[place] ?? 0) >>> 16);
}

/** One stable pass of a distribution by sixteen bits. */
function passOf(order: Int32Array, digitOf: (place: number) => number): Int32Array {
  const starts = new Int32Array(HALF + 1);
  for (const place of order) {
    const digit = digitOf(place) + 1;
    starts[digit] = (starts[digit] ?? 0) + 1;
  }
  for (let digit = 1; digit <= HALF; digit += 1) {
    starts[digit] = (starts[digit] ?? 0) + (starts[digit - 1] ?? 0);
  }
  const sorted = new Int32Array(order.length);
  for (const place of order) {
    const digit = digitOf(place);
    const at = starts[digit] ?? 0;
    sorted[at] = place;
    starts[digit] = at + 1;
  }
  return sorted;
}

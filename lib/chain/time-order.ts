const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;
const DIGIT_MASK = DIGITS - 1;

export interface TimeOrder {
  /** Every node once. */
  readonly order: Int32Array;
  /** The order is that of the numbers: the usual case, in which much is already where it belongs. */
  readonly isNumbered: boolean;
}

/**
 * Nodes `0 .. count-1` by time, equal times by number; a node without a time (NaN, or beyond the column) is
 * last. Linear: a log in order is recognised, anything else goes through a radix sort over the times' bits.
 */
export function timeOrder(time: Float64Array, count: number): TimeOrder {
  const order = new Int32Array(count);
  let last = Number.NEGATIVE_INFINITY;
  let isNumbered = true;
  for (let node = 0; node < count; node += 1) {
    const at = time[node] ?? Number.NaN;
    // A comparison with NaN is false: after a node without a time only such may follow.
    isNumbered &&= at >= last || Number.isNaN(at);
    last = at;
    order[node] = node;
  }
  return { order: isNumbered ? order : radixSort(order, sortKeys(time, count)), isNumbered };
}

/** Low and high halves of integers that stand in the order of the times. */
function sortKeys(time: Float64Array, count: number): Uint32Array {
  const keys = new Uint32Array(2 * count);
  const one = new Float64Array(1);
  const view = new DataView(one.buffer);
  for (let node = 0; node < count; node += 1) {
    const at = time[node] ?? Number.NaN;
    if (Number.isNaN(at)) {
      keys[2 * node] = 0xffff_ffff;
      keys[2 * node + 1] = 0xffff_ffff;
      continue;
    }
    // Minus zero is zero; a negative number's bits run backwards.
    view.setFloat64(0, at + 0);
    const high = view.getUint32(0);
    const low = view.getUint32(4);
    const isNegative = high >>> 31 === 1;
    keys[2 * node] = isNegative ? ~low : low;
    keys[2 * node + 1] = isNegative ? ~high : high | 0x8000_0000;
  }
  return keys;
}

function radixSort(nodes: Int32Array, keys: Uint32Array): Int32Array {
  let from: Int32Array = nodes;
  let to: Int32Array = new Int32Array(nodes.length);
  for (let half = 0; half < 2; half += 1) {
    for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
      const starts = digitStarts(keys, half, shift);
      if (starts === null) {
        continue;
      }
      for (let place = 0; place < from.length; place += 1) {
        const node = from[place] ?? 0;
        const digit = ((keys[2 * node + half] ?? 0) >>> shift) & DIGIT_MASK;
        const target = starts[digit] ?? 0;
        to[target] = node;
        starts[digit] = target + 1;
      }
      [from, to] = [to, from];
    }
  }
  return from;
}

/** Where each digit's keys begin; null where all keys have the same digit and the pass changes nothing. */
function digitStarts(keys: Uint32Array, half: number, shift: number): Int32Array | null {
  const counts = new Int32Array(DIGITS);
  for (let key = half; key < keys.length; key += 2) {
    const digit = ((keys[key] ?? 0) >>> shift) & DIGIT_MASK;
    counts[digit] = (counts[digit] ?? 0) + 1;
  }
  let start = 0;
  let used = 0;
  for (let digit = 0; digit < DIGITS; digit += 1) {
    const count = counts[digit] ?? 0;
    counts[digit] = start;
    start += count;
    used += count > 0 ? 1 : 0;
  }
  return used > 1 ? counts : null;
}

import type { DecisionEvents, EventField } from "@/lib/denials/model.ts";

/** Events in the order of their groups; inside a group in the order of the events. */
export interface Grouped {
  /** Indexes of events. */
  readonly order: Int32Array;
  /** Where each group begins in {@link order}; one more at the end. */
  readonly starts: Int32Array;
}

/** A table from pairs to numbers that needs no search has at most so many places. */
const MOST_PLACES = 1 << 22;

/** Groups the chosen events by the values of fields; groups are numbered as they are first seen. */
export function groupEvents(
  events: DecisionEvents,
  chosen: Int32Array,
  by: readonly EventField[],
): Grouped {
  let groups: Numbers = { of: new Int32Array(chosen.length), count: chosen.length === 0 ? 0 : 1 };
  for (const field of by) {
    groups = refined(groups, chosen, events.fields[field], events.texts.length);
  }
  const starts = new Int32Array(groups.count + 1);
  for (const group of groups.of) {
    starts[group + 1] = (starts[group + 1] ?? 0) + 1;
  }
  for (let group = 0; group < groups.count; group += 1) {
    starts[group + 1] = (starts[group + 1] ?? 0) + (starts[group] ?? 0);
  }
  const next = starts.slice();
  const order = new Int32Array(chosen.length);
  for (let index = 0; index < chosen.length; index += 1) {
    const group = groups.of[index] ?? 0;
    const place = next[group] ?? 0;
    order[place] = chosen[index] ?? 0;
    next[group] = place + 1;
  }
  return { order, starts };
}

interface Numbers {
  /** The group of each chosen event. */
  readonly of: Int32Array;
  readonly count: number;
}

/** Groups split further by one more field. Pairs of numbers are told apart without making a text of them. */
function refined(groups: Numbers, chosen: Int32Array, column: Int32Array, texts: number): Numbers {
  const of = new Int32Array(chosen.length);
  const find = numbering(groups.count * texts, chosen.length);
  let count = 0;
  for (let index = 0; index < chosen.length; index += 1) {
    const pair = (groups.of[index] ?? 0) * texts + (column[chosen[index] ?? 0] ?? 0);
    const group = find(pair, count);
    count += group === count ? 1 : 0;
    of[index] = group;
  }
  return { of, count };
}

/** The number under which a key was first seen; `next` for a new one, which then has it. */
type FindNumber = (key: number, next: number) => number;

function numbering(keys: number, most: number): FindNumber {
  return keys <= MOST_PLACES ? directNumbering(keys) : hashedNumbering(most);
}

function directNumbering(keys: number): FindNumber {
  const numbers = new Int32Array(keys);
  return (key, next) => {
    const known = numbers[key] ?? 0;
    if (known !== 0) {
      return known - 1;
    }
    numbers[key] = next + 1;
    return next;
  };
}

/** Open addressing, at most half full, so that a run of taken places stays short. */
function hashedNumbering(most: number): FindNumber {
  let bits = 4;
  while (1 << bits < most * 2) {
    bits += 1;
  }
  const mask = (1 << bits) - 1;
  const keys = new Float64Array(mask + 1);
  const numbers = new Int32Array(mask + 1);
  return (key, next) => {
    let place = mixed(key) & mask;
    while (true) {
      const known = numbers[place] ?? 0;
      if (known === 0) {
        keys[place] = key;
        numbers[place] = next + 1;
        return next;
      }
      if (keys[place] === key) {
        return known - 1;
      }
      place = (place + 1) & mask;
    }
  };
}

/** Spreads both halves of a whole number below 2^53. */
function mixed(key: number): number {
  const high = Math.floor(key / 0x1_0000_0000);
  let hash = Math.imul((key | 0) ^ Math.imul(high, 0x9e37_79b1), 0x85eb_ca6b);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0xc2b2_ae35);
  return hash ^ (hash >>> 13);
}

/** A seeded stream of numbers: the same seed gives the same data on every machine. Not for keys. */
export interface Random {
  /** An integer, 0 <= n < bound. */
  below(bound: number): number;
  /** True once in `n` on average. */
  once(n: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
  hex(digits: number): string;
}

/** mulberry32: 32 bits of state are plenty for demo data, and it is the same in every engine. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (bound: number): number => Math.floor((next() / 4294967296) * bound);
  return {
    below,
    once: (n) => below(n) === 0,
    pick: (items) => items[below(items.length)] ?? items[0],
    hex: (digits) => {
      let text = "";
      while (text.length < digits) {
        text += next().toString(16).padStart(8, "0");
      }
      return text.slice(0, digits);
    },
  };
}

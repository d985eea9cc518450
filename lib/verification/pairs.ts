import type { PairColumns } from "./chain-unit.ts";

/** Pairs of names as they are gathered. */
interface Pairs {
  readonly first: number[];
  readonly second: number[];
}

export function push(pairs: Pairs, first: number, second: number): void {
  pairs.first.push(first);
  pairs.second.push(second);
}

export function pairColumns({ first, second }: Pairs): PairColumns {
  return {
    count: first.length,
    first: Uint32Array.from(first),
    second: Uint32Array.from(second),
  };
}

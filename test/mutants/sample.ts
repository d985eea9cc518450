import type { Mutant } from "./mutant.ts";

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * About `count` mutants, spread evenly over the places of the code: they are in the order of files and lines,
 * and of each stretch of equal length one is drawn.
 */
export function sampleOf(
  mutants: readonly Mutant[],
  count: number,
  seed: number,
): readonly Mutant[] {
  if (mutants.length <= count) {
    return mutants;
  }
  const random = randomFrom(seed);
  const stretch = mutants.length / count;
  return Array.from({ length: count }, (_, index) => {
    const place = Math.floor((index + random()) * stretch);
    return mutants.slice(place, place + 1);
  }).flat();
}

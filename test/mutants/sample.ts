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
 * About `count` mutants, spread evenly over the places of every file: of each stretch of equal length, in the order
 * of lines, one is drawn. A file's draws depend on that file alone, so that a change in one leaves the others'.
 */
export function sampleOf(
  mutants: readonly Mutant[],
  count: number,
  seed: number,
): readonly Mutant[] {
  const stretch = Math.max(1, Math.floor(mutants.length / count));
  const files = new Map<string, Mutant[]>();
  for (const mutant of mutants) {
    files.set(mutant.file, [...(files.get(mutant.file) ?? []), mutant]);
  }
  return [...files].flatMap(([file, own]) => drawn(own, stretch, randomFrom(seed + hashOf(file))));
}

/** The last stretch of a file may be cut; one mutant is drawn of a file however short it is. */
function drawn(own: readonly Mutant[], stretch: number, random: () => number): readonly Mutant[] {
  const stretches = Math.max(1, Math.round(own.length / stretch));
  const length = own.length / stretches;
  return Array.from({ length: stretches }, (_, index) => {
    const place = Math.floor((index + random()) * length);
    return own.slice(place, place + 1);
  }).flat();
}

function hashOf(text: string): number {
  return [...text].reduce((hash, character) => {
    return Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  }, 2_166_136_261);
}

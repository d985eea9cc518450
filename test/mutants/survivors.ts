import { type Mutant, squeezed } from "./mutant.ts";

/** A survivor that a person has looked at. `nth` tells equal changes in one place apart, from 0. */
export interface ReviewedSurvivor {
  readonly file: string;
  readonly within: string;
  readonly operator: string;
  readonly original: string;
  readonly mutated: string;
  readonly nth: number;
  /** `equivalent`: no input tells it apart. `not-reachable`: an earlier check excludes it. */
  readonly kind: "equivalent" | "not-reachable" | "accepted";
  readonly reason: string;
}

export type SurvivorKey = Pick<
  ReviewedSurvivor,
  "file" | "within" | "operator" | "original" | "mutated" | "nth"
>;

/** What a mutant is called in the reviewed file: by its code and not by its line, which moves. */
export function keysOf(mutants: readonly Mutant[]): ReadonlyMap<number, SurvivorKey> {
  const counts = new Map<string, number>();
  const keys = new Map<number, SurvivorKey>();
  for (const { id, file, within, operator, original, text } of mutants) {
    const key = { file, within, operator, original: squeezed(original), mutated: squeezed(text) };
    const name = JSON.stringify(key);
    const nth = counts.get(name) ?? 0;
    counts.set(name, nth + 1);
    keys.set(id, { ...key, nth });
  }
  return keys;
}

/** The review of each survivor; null where nobody has looked at it yet. */
export function reviewOf(
  key: SurvivorKey,
  reviewed: readonly ReviewedSurvivor[],
): ReviewedSurvivor | null {
  return (
    reviewed.find(
      (one) =>
        one.file === key.file &&
        one.within === key.within &&
        one.operator === key.operator &&
        one.original === key.original &&
        one.mutated === key.mutated &&
        one.nth === key.nth &&
        one.reason.trim() !== "",
    ) ?? null
  );
}

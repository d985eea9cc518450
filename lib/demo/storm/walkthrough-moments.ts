import type { Random } from "../random.ts";
import { at, DAY } from "./walkthrough-cast.ts";
import { BAR, BESIDE_TOP, type Entry, FIXED, type Lane } from "./walkthrough-lanes.ts";

/** Draws moments between a lane's first and last one. */
export class Moments {
  readonly #sums: number[] = [];
  readonly #start: number;
  readonly #lane: Lane;

  constructor(start: number, lane: Lane) {
    this.#start = start;
    this.#lane = lane;
    const end = Math.floor((lane.last - DAY) / 60);
    let sum = 0;
    for (let minute = start; minute <= end; minute += 1) {
      sum += lane.weight(minute);
      this.#sums.push(sum);
    }
  }

  draw(random: Random, isClaim: boolean): number {
    const { first, last } = this.#lane;
    for (;;) {
      const drawn = (random.below(1_000_000) / 1_000_000) * (this.#sums.at(-1) ?? 0);
      const minute = this.#start + this.#sums.findIndex((sum) => drawn < sum);
      const ms = (DAY + minute * 60) * 1000 + random.below(60_000);
      // The first and last word of a pattern is a receipt's, and nobody is drawn into the storm's bars twice.
      if (ms > first * 1000 && ms < last * 1000 && !(isClaim && inTopBars(ms))) {
        return ms;
      }
    }
  }
}

function inTopBars(ms: number): boolean {
  return barOf(ms) !== null;
}

function barOf(ms: number): number | null {
  const found = BESIDE_TOP.findIndex(
    ([second]) => second * 1000 <= ms && ms < (second + BAR) * 1000,
  );
  return found === -1 ? null : found;
}

/** Moves denials of the egress lane until the storm's bars hold what they are to hold beside it. */
export function moveToBars(lanes: readonly Entry[][], random: Random): void {
  const egress = lanes[0] ?? [];
  const fixed = FIXED.map(({ second }) => second * 1000);
  BESIDE_TOP.forEach(([second, others], bar) => {
    const isHere = (ms: number): boolean => barOf(ms) === bar;
    const held = lanes.reduce(
      (sum, lane) => sum + lane.filter(({ ms }) => isHere(ms)).length,
      fixed.filter(isHere).length,
    );
    let missing = others - held;
    for (let index = 10; index < egress.length && missing !== 0; index += 1) {
      const entry = egress[index];
      if (entry === undefined || entry.isClaim) {
        continue;
      }
      const free = barOf(entry.ms) === null;
      if (missing > 0 && free) {
        egress[index] = { ...entry, ms: second * 1000 + random.below(BAR * 1000) };
        missing -= 1;
      } else if (missing < 0 && isHere(entry.ms)) {
        egress[index] = { ...entry, ms: at(12, 0) * 1000 + random.below(3_600_000) };
        missing += 1;
      }
    }
  });
}

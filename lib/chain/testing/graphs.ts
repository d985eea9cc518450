import fc from "fast-check";
import type { Step } from "./nodes.ts";

const NAMES = ["", "orders", "__proto__", "<b>", "payment service", "déjà"] as const;

/** Links by number: from `parent` to `child`. Parents from `count` on are not loaded. */
export interface Sketch {
  readonly count: number;
  readonly links: readonly { readonly parent: number; readonly child: number }[];
  readonly times: readonly (number | null)[];
  readonly seed: number;
}

/** Graphs with joins, cycles, self loops and missing parents; few distinct times, so that many are equal. */
export function sketches(most = 24): fc.Arbitrary<Sketch> {
  return fc.integer({ min: 1, max: most }).chain((count) =>
    fc.record({
      count: fc.constant(count),
      links: fc.array(
        fc.record({
          parent: fc.nat({ max: count + 2 }),
          child: fc.nat({ max: count - 1 }),
        }),
        { maxLength: 2 * count },
      ),
      times: fc.array(fc.option(fc.integer({ min: -3, max: 12 })), {
        minLength: count,
        maxLength: count,
      }),
      seed: fc.nat(),
    }),
  );
}

/** A sketch as receipts: ids, names and the order of rows follow from the seed. */
export function stepsOf(sketch: Sketch): readonly Step[] {
  const random = generator(sketch.seed);
  const salt = Math.floor(random() * 1e9).toString(36);
  const id = (node: number) => `id-${((node + 1) * 7919 + sketch.seed) % 104_729}-${salt}`;
  const name = () => NAMES[Math.floor(random() * NAMES.length)] ?? "";
  const steps = sketch.times.map((time, node): Step => {
    const isTool = random() < 0.5;
    return {
      id: id(node),
      parents: sketch.links.filter((link) => link.child === node).map((link) => id(link.parent)),
      time,
      boundary: isTool ? "tool" : random() < 0.5 ? "consume" : "produce",
      service: name(),
      agent: name(),
      ...(isTool ? { tool: name() } : { topic: name() }),
      decision: random() < 0.25 ? "deny" : "allow",
      guard: name(),
      integrity: random() < 0.2 ? "does-not-verify" : "verified",
    };
  });
  return shuffled(steps, random);
}

/** Fisher and Yates. */
export function shuffled<Item>(items: readonly Item[], random: () => number): readonly Item[] {
  const list = [...items];
  for (let place = list.length - 1; place > 0; place -= 1) {
    const other = Math.floor(random() * (place + 1));
    const [one, two] = [list[place], list[other]];
    if (one !== undefined && two !== undefined) {
      list[place] = two;
      list[other] = one;
    }
  }
  return list;
}

/** Numbers from 0 to below 1 that follow from the seed (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

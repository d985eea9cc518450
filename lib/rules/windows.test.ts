import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventsOf, testEvents } from "./testing/events.ts";
import { ruleOf } from "./testing/rules.ts";
import { slowRule } from "./testing/slow-rule.ts";
import { type Burst, bursts } from "./windows.ts";

describe("bursts", () => {
  it("agrees with its definition on random data", () => {
    const questions = fc.record({
      windowSeconds: fc.constantFrom(1, 3, 10, 40),
      least: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(questions, testEvents, ({ windowSeconds, least }, list) => {
        const found = bursts(eventsOf(list), {
          windowSeconds,
          least,
          by: ["agent"],
          evidence: "signed",
        });
        const rule = ruleOf({
          windowSeconds,
          groupBy: ["agent"],
          evidence: "signed",
          threshold: least,
        });
        // A rule without a cooldown fires at every event whose window is full enough.
        const windows = slowRule(rule, list).firings.map(({ window }) => new Set(window));
        const byStart = ({ start, group }: Burst): string => JSON.stringify([start, group]);
        const sorted = (all: readonly Burst[]): readonly string[] =>
          [...all]
            .sort((one, other) => (byStart(one) < byStart(other) ? -1 : 1))
            .map((each) => JSON.stringify(each));
        expect(sorted(found)).toEqual(
          sorted(
            united(windows).map((windowsOfBurst) => {
              const members = [...new Set(windowsOfBurst.flatMap((window) => [...window]))].sort(
                (one, other) => one - other,
              );
              const peak = Math.max(...windowsOfBurst.map((window) => window.size));
              const first =
                windowsOfBurst.find((window) => window.size === peak) ?? new Set<number>();
              const at = (index: number): number => list[index]?.at ?? Number.NaN;
              return {
                group: [
                  { field: "agent" as const, value: list[members[0] ?? -1]?.values?.agent ?? "" },
                ],
                start: at(members[0] ?? -1),
                end: at(members.at(-1) ?? -1),
                denials: members.length,
                peak,
                peakAt: at(Math.max(...first)),
              };
            }),
          ),
        );
      }),
      { numRuns: 500 },
    );
  });

  it("joins windows that share a denial and keeps others apart", () => {
    const seconds = [0, 1, 2, 11.5, 11.8, 100, 101, 102, 103];
    const found = bursts(eventsOf(seconds.map((at) => ({ at }))), {
      windowSeconds: 10,
      least: 3,
      by: [],
      evidence: "verified",
    });
    expect(found).toEqual([
      { group: [], start: 0, end: 11.8, denials: 5, peak: 3, peakAt: 2 },
      { group: [], start: 100, end: 103, denials: 4, peak: 4, peakAt: 103 },
    ]);
  });
});

/** Windows put together as long as two of them share an event. */
function united(
  windows: readonly ReadonlySet<number>[],
): readonly (readonly ReadonlySet<number>[])[] {
  let sets: (readonly ReadonlySet<number>[])[] = [];
  for (const window of windows) {
    const touching = sets.filter((set) =>
      set.some((other) => [...other].some((event) => window.has(event))),
    );
    sets = [...sets.filter((set) => !touching.includes(set)), [...touching.flat(), window]];
  }
  return sets;
}

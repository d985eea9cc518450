import { describe, expect, it } from "vitest";
import { ratioText, spreadOf, spreadText } from "./figures.ts";
import { proportionalSet } from "./processes.ts";
import { editedOf, settingsFrom } from "./settings.ts";

describe("a spread", () => {
  it("is the middle of an odd number of runs, and the mean of the two middle ones of an even number", () => {
    expect(spreadOf([3, 1, 2])).toEqual({ median: 2, least: 1, most: 3 });
    expect(spreadOf([4, 1, 3, 2])).toEqual({ median: 2.5, least: 1, most: 4 });
    expect(spreadOf([7])).toEqual({ median: 7, least: 7, most: 7 });
  });

  it("sorts by value, not by digits, and leaves the runs as they were", () => {
    const runs = [100, 9, 20];
    expect(spreadOf(runs).median).toBe(20);
    expect(runs).toEqual([100, 9, 20]);
  });

  it("is of at least one run", () => {
    expect(() => spreadOf([])).toThrow(RangeError);
  });

  it("is written with its ends", () => {
    expect(spreadText(spreadOf([0.5, 1, 0.75]), ratioText)).toBe("0.75 (0.50..1.00)");
  });
});

describe("the settings", () => {
  it("are small in a quick run, where nothing else is said", () => {
    const quick = settingsFrom({ NODE_ENV: "test", BENCH_QUICK: "1", BENCH_RUNS: "2" });
    expect(quick).toMatchObject({ receipts: 5_000, large: 10_000, runs: 2 });
    expect(settingsFrom({ NODE_ENV: "test" })).toMatchObject({ receipts: 200_000, runs: 3 });
  });

  it("take no word for a number", () => {
    expect(() => settingsFrom({ NODE_ENV: "test", BENCH_RUNS: "many" })).toThrow(RangeError);
    expect(() => settingsFrom({ NODE_ENV: "test", BENCH_RECEIPTS: "-1" })).toThrow(RangeError);
  });

  it("edit at most one receipt in a hundred", () => {
    expect([0, 99, 100, 5_000, 1_000_000].map(editedOf)).toEqual([0, 0, 1, 20, 20]);
  });
});

it("reads a process's share of memory from the system's account", () => {
  const rollup =
    "5581-7ffe ---p 00000000 00:00 0 [rollup]\nRss:  884 kB\nPss:  385 kB\nPss_Dirty: 44 kB\n";
  expect(proportionalSet(rollup)).toBe(385);
  expect(proportionalSet("")).toBe(0);
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createMotion } from "./motion.ts";

let frames: ((now: number) => void)[] = [];
let now = 0;

beforeEach(() => {
  frames = [];
  now = 0;
  vi.stubGlobal("requestAnimationFrame", (frame: (now: number) => void) => frames.push(frame));
  vi.stubGlobal("cancelAnimationFrame", () => {
    frames = [];
  });
  vi.stubGlobal("document", { hidden: false });
  vi.stubGlobal("window", { matchMedia: () => ({ matches: false }) });
  vi.spyOn(performance, "now").mockImplementation(() => now);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function pass(milliseconds: number): void {
  now += milliseconds;
  const due = frames;
  frames = [];
  for (const frame of due) frame(now);
}

test("what waits for stillness comes at the end, once, the last of it", () => {
  const motion = createMotion();
  const steps: (number | string)[] = [];
  motion.after(() => steps.push("at once"));
  motion.run(100, (t) => steps.push(t));
  motion.after(() => steps.push("overtaken"));
  motion.after(() => steps.push("waited"));
  pass(50);
  pass(50);
  pass(50);
  expect(steps).toEqual(["at once", 0.875, 1, "waited"]);
});

test("what was stopped goes no further, and what waited for it is forgotten", () => {
  const motion = createMotion();
  const steps: (number | string)[] = [];
  motion.run(100, (t) => steps.push(t));
  motion.after(() => steps.push("waited"));
  motion.stop();
  pass(200);
  motion.finish();
  expect(steps).toEqual([]);
  motion.after(() => steps.push("still"));
  expect(steps).toEqual(["still"]);
});

test("another one finishes the one before", () => {
  const motion = createMotion();
  const steps: string[] = [];
  motion.run(100, (t) => steps.push(`first ${t}`));
  motion.run(100, (t) => steps.push(`second ${t}`));
  motion.finish();
  expect(steps).toEqual(["first 1", "second 1"]);
});

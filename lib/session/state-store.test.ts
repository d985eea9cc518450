import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { StateStore } from "./state-store.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("shows what changes all the time at most four times a second, and always the last of it", () => {
  const store = new StateStore();
  const seen: number[] = [];
  store.subscribe(() => seen.push(store.snapshot().revision));
  for (let revision = 1; revision <= 100; revision += 1) {
    store.set({ revision });
    vi.advanceTimersByTime(10);
  }
  expect(seen.length).toBeLessThanOrEqual(4);
  vi.advanceTimersByTime(250);
  expect(seen.at(-1)).toBe(100);
  const heard = seen.length;
  vi.advanceTimersByTime(1000);
  expect(seen.length).toBe(heard);
});

it("shows an answer to a person at once, with all that came before it", () => {
  const store = new StateStore();
  const listener = vi.fn();
  store.subscribe(listener);
  store.set({ revision: 7 });
  expect(store.snapshot().revision).toBe(0);
  store.set({ phase: "stopped" }, "now");
  expect(store.snapshot()).toMatchObject({ phase: "stopped", revision: 7 });
  vi.advanceTimersByTime(1000);
  expect(listener).toHaveBeenCalledTimes(1);
});

it("keeps the members that a change does not name, so that their readers need not render", () => {
  const store = new StateStore();
  const { files, trust } = store.snapshot();
  store.set({ revision: 1 }, "now");
  expect(store.snapshot().files).toBe(files);
  expect(store.snapshot().trust).toBe(trust);
});

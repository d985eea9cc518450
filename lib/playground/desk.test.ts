import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Thread } from "@/lib/workers/spawn.ts";
import { makeDemoKeys } from "./demo-keys.ts";
import { Desk } from "./desk.ts";
import { evaluateHere, type HerePorts } from "./evaluate-here.ts";
import { findHint } from "./hint/find-hint.ts";
import type { FromPlayground, ToPlayground } from "./protocol.ts";

const PORTS: HerePorts = {
  demo: makeDemoKeys((target) => target.fill(9)),
  meter: () => 0,
  nonce: () => "rcpt-demo-1",
};

/** The worker's own code in this thread; answers wait until they are let go. */
class Bench implements Thread<ToPlayground, FromPlayground> {
  readonly asked: ToPlayground[] = [];
  #say: (message: FromPlayground) => void = () => undefined;
  #crash: (reason: string) => void = () => undefined;
  ended = false;

  post(message: ToPlayground): void {
    this.asked.push(message);
  }
  listen(onMessage: (message: FromPlayground) => void, onCrash: (reason: string) => void): void {
    this.#say = onMessage;
    this.#crash = onCrash;
  }
  end(): void {
    this.ended = true;
  }
  answer(at = this.asked.length - 1): void {
    const message = this.asked[at];
    if (message === undefined) throw new Error("nothing was asked");
    const { ask, input } = message;
    this.#say(
      message.kind === "evaluate"
        ? { kind: "evaluated", ask, outcome: evaluateHere(input, PORTS) }
        : { kind: "hinted", ask, hint: findHint(input, PORTS) },
    );
  }
  fail(): void {
    this.#say({ kind: "failed", ask: this.asked.at(-1)?.ask ?? 0, message: "broken" });
  }
  crash(): void {
    this.#crash("out of memory");
  }
}

let bench: Bench;
let desk: Desk;
beforeEach(() => {
  vi.useFakeTimers();
  bench = new Bench();
  desk = new Desk({ spawn: () => bench, pinnedIssuers: () => null });
  return () => vi.useRealTimers();
});

function denied(): string | null {
  const { outcome } = desk.snapshot();
  return outcome?.kind === "judged" ? (outcome.denial?.code ?? "allowed") : null;
}

describe("the desk", () => {
  it("asks once the hands rest, and about the last text alone", () => {
    desk.edit({ request: "{" });
    vi.advanceTimersByTime(119);
    desk.edit({ request: "{}" });
    vi.advanceTimersByTime(119);
    expect(bench.asked).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(bench.asked.map(({ input }) => input.request)).toEqual(["{}"]);
  });

  it("overlooks the answer to an older question", () => {
    desk.evaluate();
    desk.edit({ request: "{" });
    vi.advanceTimersByTime(120);
    bench.answer(0);
    expect(desk.snapshot().outcome).toBeNull();
    bench.answer(1);
    expect(desk.snapshot().outcome).toMatchObject({ kind: "unreadable" });
  });

  it("searches what would have allowed a denial, and flips it by doing so", () => {
    desk.evaluate();
    bench.answer();
    expect(denied()).toBe("out-of-scope");
    expect(desk.snapshot().hint).toEqual({ kind: "searching" });
    vi.advanceTimersByTime(250);
    expect(bench.asked.at(-1)?.kind).toBe("hint");
    bench.answer();
    const { hint, placed } = desk.snapshot();
    expect(hint.kind === "found" && hint.hint.changes).toMatchObject([
      { target: "capability", kind: "add" },
    ]);
    desk.applyHint();
    bench.answer();
    expect(denied()).toBe("allowed");
    expect(desk.snapshot()).toMatchObject({ placed: placed + 1, hint: { kind: "none" } });
  });

  it("searches nothing while somebody types, and applies nothing to another text", () => {
    desk.evaluate();
    bench.answer();
    desk.edit({ clock: "1776305355" });
    vi.advanceTimersByTime(119);
    expect(bench.asked.filter(({ kind }) => kind === "hint")).toEqual([]);
    vi.advanceTimersByTime(1);
    bench.answer();
    vi.advanceTimersByTime(250);
    bench.answer();
    desk.edit({ clock: "1776305356" });
    const { draft } = desk.snapshot();
    desk.applyHint();
    expect(desk.snapshot().draft).toBe(draft);
  });

  it("keeps the verdict when the search fails, and shows none when the evaluation does", () => {
    desk.evaluate();
    bench.answer();
    vi.advanceTimersByTime(250);
    bench.fail();
    expect(denied()).toBe("out-of-scope");
    expect(desk.snapshot()).toMatchObject({ hint: { kind: "not-found" }, problem: null });
    desk.edit({ clock: "1" });
    vi.advanceTimersByTime(120);
    bench.fail();
    expect(desk.snapshot()).toMatchObject({ outcome: null, problem: "broken" });
  });

  it("says when the worker died, and hires another for the next question", () => {
    desk.evaluate();
    bench.crash();
    expect(bench.ended).toBe(true);
    expect(desk.snapshot().problem).toContain("out of memory");
    const { asked } = bench;
    desk.evaluate();
    expect(asked).toHaveLength(2);
    bench.answer();
    expect(desk.snapshot().problem).toBeNull();
  });

  it("sends nothing before something was judged", async () => {
    const sent = vi.spyOn(globalThis, "fetch");
    await desk.send("dry-run");
    expect(sent).not.toHaveBeenCalled();
    expect(desk.snapshot().server).toEqual({ kind: "not-asked" });
  });
});

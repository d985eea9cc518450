import { describe, expect, it } from "vitest";
import type { UnitDoneMessage } from "@/lib/workers/protocol.ts";
import { ProgressMeter } from "./progress-meter.ts";

function done(bytes: number, receipts: number, more: Partial<UnitDoneMessage> = {}) {
  return {
    kind: "done",
    rowBase: 0,
    bytes,
    records: receipts,
    rejected: 0,
    receipts,
    failing: 0,
    batches: { receipts: null, deadLetters: null },
    deadLetters: 0,
    ...more,
  } as const;
}

function setUp() {
  let now = 0;
  const meter = new ProgressMeter(() => now);
  const stage = (name: string) => meter.progress().stages.find((each) => each.name === name);
  return {
    meter,
    stage,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

describe("the progress of a run", () => {
  it("estimates totals from the share of octets, until everything was read", () => {
    const { meter, stage } = setUp();
    meter.plan(1000);
    meter.done(done(250, 100));
    expect(stage("sign")).toMatchObject({ state: "running", done: 100, total: 400 });
    meter.setPlanned(true);
    meter.done(done(750, 290, { rejected: 3, failing: 1 }));
    expect(stage("sign")).toMatchObject({
      state: "done",
      done: 390,
      total: 390,
      note: "1 does not fit",
    });
    expect(stage("parse")?.note).toBe("3 rows not understood");
  });

  it("takes rate and time left from the last three seconds", () => {
    const { meter, pass } = setUp();
    meter.plan(100_000);
    meter.done(done(1_000, 10));
    for (let second = 0; second < 6; second += 1) {
      pass(1000);
      meter.done(done(10_000, 500));
    }
    const { rate, secondsLeft } = meter.progress();
    expect(rate).toBeCloseTo(500);
    expect(secondsLeft).toBeCloseTo(3.9);
  });

  it("waits with proofs and links until they begin, and is done at the end", () => {
    const { meter, stage } = setUp();
    expect(stage("prove")).toMatchObject({ state: "waiting", note: "Waits for signatures" });
    meter.late("prove", 5, 10);
    expect(stage("prove")).toMatchObject({ state: "running", done: 5, total: 10 });
    meter.finish();
    expect(stage("link")?.state).toBe("done");
  });

  it("counts a lost unit as passed, so that the run comes to its end", () => {
    const { meter, stage } = setUp();
    meter.plan(100);
    meter.setPlanned(true);
    meter.lost(100);
    expect(stage("sign")?.state).toBe("done");
  });
});

import { describe, expect, it } from "vitest";
import type { Unit } from "@/lib/ingest/record.ts";
import { type PoolEvents, VerifyPool } from "./pool.ts";
import type { FromVerifier, ToVerifier } from "./protocol.ts";
import type { Verifier } from "./spawn.ts";

/** A verifier whose answers the test gives. */
class Actor implements Verifier {
  readonly heard: ToVerifier[] = [];
  ended = false;
  say: (message: FromVerifier) => void = () => undefined;
  crash: (reason: string) => void = () => undefined;
  post(message: ToVerifier): void {
    this.heard.push(message);
  }
  listen(onMessage: (message: FromVerifier) => void, onCrash: (reason: string) => void): void {
    this.say = onMessage;
    this.crash = onCrash;
  }
  end(): void {
    this.ended = true;
  }
  get units(): Unit[] {
    return this.heard.flatMap((message) => (message.kind === "unit" ? [message.unit] : []));
  }
  becomeReady(): void {
    const passed = { passed: 1, total: 1 };
    const selfTest = { accepted: passed, refused: passed, failures: [] };
    this.say({ kind: "ready", exact: false, selfTest });
  }
  finish(): void {
    const unit = this.units.at(-1);
    this.say({
      kind: "done",
      rowBase: unit?.rowBase ?? 0,
      bytes: 1,
      records: 1,
      rejected: 0,
      receipts: 1,
      failing: 0,
      batches: { receipts: null, deadLetters: null },
      deadLetters: 0,
    });
  }
}

function unit(rowBase: number): Unit {
  return { member: 1, layout: "lines", start: rowBase, end: rowBase + 10, rowBase };
}

function setUp(size: number, patience?: (unit: Unit) => number) {
  const actors: Actor[] = [];
  const log: string[] = [];
  const events: PoolEvents = {
    ready: () => undefined,
    done: (unit) => log.push(`done ${unit.rowBase}`),
    lost: (unit, reason) => log.push(`lost ${unit.rowBase}: ${reason}`),
    replaced: (reason) => log.push(`replaced ${reason}`),
    requests: () => undefined,
    drained: () => log.push("drained"),
  };
  const pool = new VerifyPool({
    size,
    spawn: () => {
      const actor = new Actor();
      actors.push(actor);
      return actor;
    },
    connect: () => undefined,
    events,
    ...(patience === undefined ? {} : { patience }),
  });
  pool.start();
  pool.addMember({
    kind: "member",
    id: 1,
    path: "log.ndjson",
    table: null,
    blob: new Blob([]),
    bounds: null,
  });
  const actor = (index: number): Actor => {
    const found = actors[index];
    if (found === undefined) {
      throw new Error(`there is no actor ${index}`);
    }
    return found;
  };
  return { pool, actors, actor, log };
}

describe("the pool of verifiers", () => {
  it("gives one unit at a time to each free verifier and keeps the spare one idle", () => {
    const { pool, actors, actor, log } = setUp(2);
    expect(actors).toHaveLength(3);
    pool.addUnits([unit(0), unit(1), unit(2)]);
    expect(actor(0).units).toEqual([]);
    for (const each of actors) {
      each.becomeReady();
    }
    expect(actors.map((each) => each.units.length)).toEqual([1, 1, 0]);
    expect(pool.waiting).toBe(1);
    actor(0).finish();
    pool.close();
    actor(0).finish();
    expect(log).toEqual(["done 0", "done 2"]);
    actor(1).finish();
    expect(log).toEqual(["done 0", "done 2", "done 1", "drained"]);
    pool.end();
  });

  it("sends a member once, before its first unit", () => {
    const { pool, actor } = setUp(1);
    actor(0).becomeReady();
    pool.addUnits([unit(0), unit(1)]);
    actor(0).finish();
    expect(actor(0).heard.map((message) => message.kind)).toEqual([
      "start",
      "member",
      "unit",
      "unit",
    ]);
    pool.end();
  });

  it("gives the unit of a dead verifier to another, once", () => {
    const { pool, actors, actor, log } = setUp(1);
    actor(0).becomeReady();
    actor(1).becomeReady();
    pool.addUnits([unit(0), unit(1)]);
    pool.close();
    actor(0).crash("out of memory");
    expect(actor(0).ended).toBe(true);
    expect(actor(1).units.map((each) => each.rowBase)).toEqual([0]);
    expect(actors).toHaveLength(3);
    actor(1).crash("out of memory");
    actor(2).becomeReady();
    expect(actor(2).units.map((each) => each.rowBase)).toEqual([1]);
    actor(2).finish();
    expect(log).toEqual([
      "replaced verifier 1: out of memory",
      "replaced verifier 2: out of memory",
      "lost 0: out of memory",
      "done 1",
      "drained",
    ]);
    pool.end();
  });

  it("does not listen to a verifier that it buried", () => {
    const { pool, actor, log } = setUp(1);
    actor(0).becomeReady();
    pool.addUnits([unit(0)]);
    actor(0).crash("gone");
    actor(0).finish();
    expect(log).toEqual(["replaced verifier 1: gone"]);
    pool.end();
  });

  it("replaces a verifier that does not answer", async () => {
    const { pool, actor, log } = setUp(1, () => 5);
    actor(0).becomeReady();
    pool.addUnits([unit(0)]);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(log).toEqual(["replaced verifier 1: it did not answer"]);
    pool.end();
  });

  it("stops: what waits is forgotten, what runs is told", () => {
    const { pool, actor, log } = setUp(1);
    actor(0).becomeReady();
    pool.addUnits([unit(0), unit(1), unit(2)]);
    pool.stop();
    expect(actor(0).heard.at(-1)).toEqual({ kind: "stop" });
    expect(log).toEqual([]);
    actor(0).finish();
    expect(log).toEqual(["done 0", "drained"]);
    pool.end();
  });

  it("loses every unit, rather than waiting forever, when no verifier can start", () => {
    const { pool, actor, log } = setUp(1);
    pool.addUnits([unit(0)]);
    pool.close();
    actor(0).crash("blocked");
    actor(1).crash("blocked");
    expect(log).toEqual(["lost 0: blocked", "drained"]);
    pool.end();
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "@/kernel/json/value.ts";
import { Database } from "@/lib/database/database.ts";
import { nodeEngine } from "@/lib/database/testing/node-engine.ts";
import { askOrder } from "@/lib/queries/ask-receipts.ts";
import { DENIALS } from "@/lib/queries/denials.ts";
import type { RecordPack } from "@/lib/queries/record-pack.ts";
import type { Thread } from "@/lib/workers/spawn.ts";
import { Bench } from "@/lib/workers/testing/bench.ts";
import { makeDemoKeys } from "../demo-keys.ts";
import type { ReplayInput, ReplayOutcome } from "./model.ts";
import type { FromReplay, ToReplay } from "./protocol.ts";
import { ReplayClient } from "./replay-client.ts";
import { ReplayDesk } from "./replay-desk.ts";
import { ReplayWork } from "./replay-work.ts";
import { PACK, type RunPorts } from "./run-replay.ts";
import type { ReplaySubject } from "./subject.ts";
import { seededLog, type Truth, truths } from "./testing/seeded-denials.ts";

const COUNT = 2 * PACK + 7;
const LOG = seededLog(COUNT, 11);

function lines(records: readonly JsonObject[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}

/** Denials in a wrapper, bare, and several in one record, with allowed calls between them. */
function files(): Readonly<Record<string, string>> {
  const receipts = LOG.denials.map(({ receipt }) => receipt);
  const filler = { note: "f".repeat(40_000) };
  return {
    "log/receipts.ndjson": lines(
      receipts.slice(0, 200).map((receipt, at) => ({ seq: at + 1, receipt })),
    ),
    "bare.ndjson": receipts
      .slice(200, 400)
      .map((receipt, at) => lines(at % 50 === 0 ? [filler, receipt] : [receipt]))
      .join(""),
    "cases.json": JSON.stringify({
      cases: receipts.slice(400).map((receipt) => ({ receipt, name: "é" })),
    }),
    // A copy of what stands elsewhere is one denial.
    "again.ndjson": lines(receipts.slice(20, 60)),
    "tokens.ndjson": lines(LOG.tokens),
    "lineage.ndjson": lines(LOG.lineage),
  };
}

/** The worker's own code in this thread, one turn later. */
function thread(work: ReplayWork): Thread<ToReplay, FromReplay> {
  let say: (message: FromReplay) => void = () => undefined;
  return {
    post: (message) => setImmediate(() => say(work.answer(message))),
    listen: (onMessage) => {
      say = onMessage;
    },
    end: () => undefined,
  };
}

const INPUT: ReplayInput = {
  capability: JSON.stringify(LOG.edited),
  loaded: LOG.loaded,
  signing: "demo",
  datesMadeUp: false,
  policy: null,
  pinned: [],
};
const SUBJECT: ReplaySubject = { input: INPUT, withHint: false, revision: 1, name: "one" };

/** Without a pinned authority each token is held to its own issuer. */
const TRUTHS = new Map<Truth, number>(truths(LOG.denials));
const stranger = TRUTHS.get("denied untrusted-issuer kernel") ?? 0;
TRUTHS.delete("denied untrusted-issuer kernel");
TRUTHS.set("allowed", (TRUTHS.get("allowed") ?? 0) + stranger);

function wordOf(outcome: ReplayOutcome): Truth {
  switch (outcome.kind) {
    case "allowed":
      return "allowed";
    case "denied":
      return `denied ${outcome.code} ${outcome.guard}${outcome.byConstraint ? " by-constraint" : ""}`;
    case "not-evaluated":
      return `not-evaluated ${outcome.why}${outcome.why === "cause-left-out" ? ` ${outcome.cause}` : ""}`;
  }
}

function countOf(start: string): number {
  return [...TRUTHS].reduce(
    (sum, [truth, count]) => sum + (truth.startsWith(start) ? count : 0),
    0,
  );
}

let bench: Bench;
let database: Database;
let ports: RunPorts;
beforeAll(async () => {
  bench = await Bench.make();
  const concluded = await bench.dropFiles(files());
  database = await Database.lay(await nodeEngine());
  for (const unit of bench.batches) {
    await database.writer.insert(unit);
  }
  await database.writer.flush();
  await database.writer.replaceConclusion(concluded.tables);
  const demo = makeDemoKeys((target) => target.fill(9));
  const client = new ReplayClient(() => thread(new ReplayWork({ demo })));
  ports = {
    rows: (signal) =>
      askOrder(database, DENIALS, { column: "decision", descending: false }, signal),
    records: recordsOf,
    begin: (input) => client.begin(input),
    judge: (run, pack) => client.judge(run, pack),
  };
}, 60_000);

async function recordsOf(rows: readonly number[]): Promise<RecordPack> {
  await bench.engine.receive({ kind: "records", ask: 1, rows });
  const last = bench.heard.at(-1);
  if (last?.kind !== "records") throw new Error(`instead of records: ${JSON.stringify(last)}`);
  return last.pack;
}

describe("a replay of what was dropped", () => {
  it("reaches every denial of every file once, and counts what it was made to be", async () => {
    const desk = new ReplayDesk({ ...ports, now: () => 0 });
    await desk.start(SUBJECT);
    const state = desk.snapshot();
    if (state.kind !== "done" || state.result === null) throw new Error(JSON.stringify(state));
    const { result } = state;
    expect(result).toMatchObject({
      total: COUNT,
      done: COUNT,
      allowed: countOf("allowed"),
      denied: countOf("denied"),
      notEvaluated: countOf("not-evaluated"),
      agentsAssumed: LOG.denials.filter(({ agentAssumed }) => agentAssumed).length,
    });
    const reasons = new Map(result.reasons.map(({ outcome, count }) => [wordOf(outcome), count]));
    reasons.set("allowed", result.allowed);
    expect(reasons).toEqual(TRUTHS);
    const counts = result.reasons.map(({ count }) => count);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
  });

  it("lists them by what became of them, in the order of the files, page by page", async () => {
    const desk = new ReplayDesk({ ...ports, now: () => 0 });
    expect(desk.list("allowed", 0, 10)).toEqual([]);
    await desk.start(SUBJECT);
    const all = desk.list("denied", 0, COUNT);
    expect(all).toHaveLength(countOf("denied"));
    expect(all.every(({ outcome }) => outcome.kind === "denied")).toBe(true);
    const rows = all.map(({ row }) => row);
    expect(rows).toEqual(rows.toSorted((a, b) => a - b));
    expect(desk.list("denied", 3, 4)).toEqual(all.slice(3, 7));
    expect(desk.list("denied", all.length - 1, 4)).toEqual(all.slice(-1));
    const everywhere = (["allowed", "denied", "not-evaluated"] as const).flatMap((kind) =>
      desk.list(kind, 0, COUNT).map(({ row }) => row),
    );
    const order = await ports.rows(new AbortController().signal);
    expect(everywhere.toSorted((a, b) => a - b)).toEqual([...order]);
  });

  it("stops at once, keeps what is done, and begins anew from nothing", async () => {
    let packs = 0;
    const desk = new ReplayDesk({
      ...ports,
      now: () => 0,
      judge: async (run, pack) => {
        packs += 1;
        if (packs === 2) {
          // The worker is busy with this pack for ever: a stop does not wait for it.
          setTimeout(() => desk.stop());
          return new Promise(() => undefined);
        }
        return ports.judge(run, pack);
      },
    });
    await desk.start(SUBJECT);
    const stopped = desk.snapshot();
    expect(stopped).toMatchObject({ kind: "stopped", result: { total: COUNT, done: PACK } });
    expect(desk.list("allowed", 0, COUNT).length).toBeGreaterThan(0);
    await desk.start(SUBJECT);
    expect(desk.snapshot()).toMatchObject({ kind: "done", result: { done: COUNT } });
  });

  it("gives a run up for the next one, which alone is shown", async () => {
    const desk = new ReplayDesk({ ...ports, now: () => 0 });
    const seen: string[] = [];
    const first = desk.start(SUBJECT);
    desk.subscribe(() => {
      const state = desk.snapshot();
      if (state.kind !== "none") seen.push(state.subject.name);
    });
    const second = desk.start({ ...SUBJECT, name: "two" });
    await Promise.all([first, second]);
    expect(new Set(seen)).toEqual(new Set(["two"]));
    expect(desk.snapshot()).toMatchObject({ kind: "done", result: { done: COUNT } });
  });

  it("says why nothing was replayed", async () => {
    const desk = new ReplayDesk({ ...ports, now: () => 0 });
    await desk.start({ ...SUBJECT, input: { ...INPUT, policy: "hushspec: [" } });
    expect(desk.snapshot()).toMatchObject({
      kind: "problem",
      message: expect.stringMatching(/^The policy, line 1/),
    });
  });

  it("tells denials whose file is gone from those that are judged", async () => {
    const order = await ports.rows(new AbortController().signal);
    const pack = await recordsOf([...order.subarray(0, 2), 4_000_000_000]);
    expect(pack.rows.map(({ row }) => row)).toEqual([...order.subarray(0, 2)]);
    expect(pack.lost).toEqual([4_000_000_000]);
    const demo = makeDemoKeys((target) => target.fill(9));
    const work = new ReplayWork({ demo });
    expect(work.answer({ kind: "replay-judge", run: 1, pack })).toMatchObject({
      kind: "replay-failed",
    });
    expect(work.answer({ kind: "replay-begin", run: 1, input: INPUT }).kind).toBe("replay-begun");
    const answer = work.answer({ kind: "replay-judge", run: 1, pack });
    if (answer.kind !== "replay-judged") throw new Error(answer.kind);
    const { outcomes, outcomeOf, rows } = answer.judged;
    expect(rows[2]).toBe(4_000_000_000);
    expect(outcomes[outcomeOf[2] ?? -1]).toEqual({ kind: "not-evaluated", why: "record-lost" });
  });
});

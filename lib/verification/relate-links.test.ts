import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChainIndex } from "@/lib/chain/chain-index.ts";
import { nodeFacts } from "@/lib/chain/node-facts.ts";
import { seedOf } from "./testing/keys.ts";
import { linksOf } from "./testing/links.ts";
import { ndjsonOf, recordLine, type Step, signedStep } from "./testing/steps.ts";
import { codesOf, PLATFORM, read, verify } from "./testing/verify.ts";

async function chainOf(files: Readonly<Record<string, string>>): Promise<ChainIndex> {
  return (await verify(files)).chain;
}

function settlementOf(chain: ChainIndex, id: string): string {
  return nodeFacts(chain.nodes, chain.nodes.find(id)).settlement;
}

describe("a call chain", () => {
  it("leads from the receipt that it names", async () => {
    const chain = await chainOf({ log: ndjsonOf([{ id: "a" }, { id: "b", parent: "a" }]) });
    expect(linksOf(chain)).toEqual(["a -> b (asserted, call-chain)"]);
  });

  it.each(["asserted", "observed", "verified"])(
    "is %s where it says so and is signed",
    async (evidence) => {
      const log = ndjsonOf([{ id: "a" }, { id: "b", parent: "a", evidence }]);
      expect(linksOf(await chainOf({ log }))).toEqual([`a -> b (${evidence}, call-chain)`]);
    },
  );

  it("is asserted where its signature does not fit, whatever it says", async () => {
    const log = ndjsonOf([{ id: "a" }, { id: "b", parent: "a", evidence: "verified" }]);
    const edited = log.replace('"id":"b","timestamp"', '"id":"b","tenant_id":"other","timestamp"');
    expect(edited).not.toBe(log);
    expect(linksOf(await chainOf({ log: edited }))).toEqual(["a -> b (asserted, call-chain)"]);
  });

  it("leads from the last attempt of the request that it names, not from a later one", async () => {
    const log = ndjsonOf([
      { id: "first", request: "r", at: 1 },
      { id: "second", request: "r", at: 5 },
      { id: "late", request: "r", at: 9 },
      { id: "b", parentRequest: "r", at: 6 },
    ]);
    expect(linksOf(await chainOf({ log }))).toEqual(["second -> b (asserted, call-chain)"]);
  });

  it("names a parent that is not loaded once for all its children", async () => {
    const log = ndjsonOf([
      { id: "b", parent: "absent" },
      { id: "c", parent: "absent" },
    ]);
    const chain = await chainOf({ log });
    expect(linksOf(chain)).toEqual([
      "absent -> b (asserted, call-chain)",
      "absent -> c (asserted, call-chain)",
    ]);
    expect(chain.nodes.count - chain.nodes.receipts).toBe(1);
    expect(chain.nodes.find("absent")).toBe(chain.nodes.receipts);
  });
});

describe("a Kafka record", () => {
  const place = { topic: "orders", partition: 2, offset: 41 };
  const consume: Step = {
    id: "consume",
    tool: "events:consume:orders",
    service: "payments",
    parameters: place,
    at: 2,
  };
  const produce: Step = { id: "produce", tool: "events:produce:orders", service: "shop", at: 1 };

  it("leads from the receipt in its header to the one that consumed it", async () => {
    const chain = await chainOf({
      log: ndjsonOf([produce, consume]),
      records: recordLine(place, [["X-Chio-Receipt", "produce"]]),
    });
    expect(linksOf(chain)).toEqual(["produce -> consume (observed, record-header)"]);
  });

  it("is no link where partition or offset is another's", async () => {
    const chain = await chainOf({
      log: ndjsonOf([produce, consume]),
      records:
        recordLine({ ...place, partition: 3 }, [["X-Chio-Receipt", "produce"]]) +
        recordLine({ ...place, offset: 42 }, [["X-Chio-Receipt", "produce"]]),
    });
    expect(linksOf(chain)).toEqual([]);
  });

  it("joins what the receipt says of the same cause", async () => {
    const chain = await chainOf({
      log: ndjsonOf([produce, { ...consume, parent: "produce" }]),
      records: recordLine(place, [["x-chio-receipt", "produce"]]),
    });
    expect(linksOf(chain)).toEqual(["produce -> consume (observed, call-chain+record-header)"]);
  });

  it("leads from the parent in its header to the receipt in its header", async () => {
    const chain = await chainOf({
      log: ndjsonOf([consume, { ...produce, at: 3 }]),
      records: recordLine({ ...place, offset: 7 }, [
        ["X-Chio-Receipt", "produce"],
        ["X-Chio-Parent-Receipt", "consume"],
      ]),
    });
    expect(linksOf(chain)).toEqual(["consume -> produce (observed, record-header)"]);
    expect(settlementOf(chain, "produce")).toBe("confirmed");
  });

  it("holds a receipt of its own, which it confirms", async () => {
    const receipt = signedStep(consume);
    const value = { version: "chio-streaming/v1", request_id: "r", verdict: "allow", receipt };
    const records = recordLine(
      { topic: "receipts", partition: 0, offset: 0 },
      [["X-Chio-Receipt", "consume"]],
      value,
    );
    const chain = await chainOf({ records });
    expect(chain.nodes.receipts).toBe(1);
    expect(settlementOf(chain, "consume")).toBe("confirmed");
  });

  it("says that an attempt was rolled back, which outweighs its record", async () => {
    const envelope = {
      version: "chio-streaming/v1",
      request_id: "r",
      verdict: "allow",
      receipt: signedStep(consume),
    };
    const attempt = { state: "rolled_back", receipt_id: "consume", attempt: 1 };
    const tool: Step = { id: "charge", parent: "consume", service: "payments", at: 2 };
    const chain = await chainOf({
      log: ndjsonOf([tool]),
      records:
        recordLine({ topic: "attempts", partition: 0, offset: 0 }, [], attempt) +
        recordLine({ topic: "receipts", partition: 0, offset: 0 }, [], envelope),
    });
    expect(settlementOf(chain, "consume")).toBe("rolled-back");
    expect(settlementOf(chain, "charge")).toBe("rolled-back");
  });
});

describe("settlement", () => {
  it("rolls back what a later attempt of the same request replaced", async () => {
    const consume = { tool: "events:consume:orders", request: "r" } as const;
    const kept = signedStep({ ...consume, id: "kept", at: 9 });
    const envelope = {
      version: "chio-streaming/v1",
      request_id: "r",
      verdict: "allow",
      receipt: kept,
    };
    const chain = await chainOf({
      log: ndjsonOf([
        { ...consume, id: "given-up", at: 1 },
        { ...consume, id: "denied", at: 2, decision: "deny" },
        { ...consume, id: "later", at: 12 },
        { id: "tool", parent: "kept", at: 9 },
        { id: "elsewhere", parent: "kept", service: "other", at: 9 },
      ]),
      records: recordLine({ topic: "receipts", partition: 0, offset: 0 }, [], envelope),
    });
    const told = ["given-up", "kept", "later", "denied", "tool", "elsewhere"].map((id) => [
      id,
      settlementOf(chain, id),
    ]);
    expect(Object.fromEntries(told)).toEqual({
      "given-up": "rolled-back",
      kept: "confirmed",
      later: "unknown",
      denied: "unknown",
      tool: "confirmed",
      elsewhere: "unknown",
    });
  });
});

describe("lineage that is told apart", () => {
  const log = ndjsonOf([
    { id: "a", request: "r-a" },
    { id: "b", request: "r-b", at: 1 },
  ]);

  it("is asserted where nobody signed it", async () => {
    const row = { parentReceiptId: "a", childReceiptId: "b", evidenceClass: "verified" };
    const chain = await chainOf({ log, rows: `${JSON.stringify(row)}\n` });
    expect(linksOf(chain)).toEqual(["a -> b (asserted, lineage)"]);
  });

  it("may name requests", async () => {
    const row = { session_id: "", request_id: "r-b", parent_request_id: "r-a" };
    const chain = await chainOf({ log, rows: `${JSON.stringify(row)}\n` });
    expect(linksOf(chain)).toEqual(["a -> b (asserted, child-request)"]);
  });

  it("says nothing of receipts that are not loaded", async () => {
    const row = { parentReceiptId: "a", childReceiptId: "elsewhere" };
    const chain = await chainOf({ log, rows: `${JSON.stringify(row)}\n` });
    expect(linksOf(chain)).toEqual([]);
    expect(chain.nodes.count).toBe(2);
  });
});

describe("the nodes", () => {
  it("are one for each receipt, however many copies of it there are", async () => {
    const log = ndjsonOf([{ id: "a" }, { id: "b", parent: "a" }]);
    const chain = await chainOf({ one: log, two: log.split("\n").reverse().join("\n") });
    expect(chain.nodes.receipts).toBe(2);
    expect(linksOf(chain)).toEqual(["a -> b (asserted, call-chain)"]);
  });

  it("do not depend on how the files are cut, nor on which part was read first", async () => {
    const step = fc.record({
      parent: fc.nat(12),
      request: fc.nat(4),
      byRequest: fc.boolean(),
      at: fc.nat(5),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 10 }),
        fc.nat(),
        async (drawn, seed) => {
          const steps = drawn.map(({ parent, request, byRequest, at }, index): Step => {
            const cause = byRequest
              ? { parentRequest: `q${parent % 5}` }
              : { parent: `s${parent}` };
            return { id: `s${index}`, request: `q${request}`, at, ...cause };
          });
          const log = ndjsonOf(steps);
          const whole = linksOf((await verify({ log })).chain);
          const order = (count: number): readonly number[] =>
            Array.from({ length: count }, (_, at) => at).sort(
              (a, b) => ((a + seed) % count) - ((b + seed) % count),
            );
          const cut = linksOf((await verify({ log }, null, { unitBytes: 700, order })).chain);
          expect(cut).toEqual(whole);
          expect(whole).toEqual(slowLinks(steps));
        },
      ),
      { numRuns: 25 },
    );
  });
});

/** The same links, found by comparing every step with every other. */
function slowLinks(steps: readonly Step[]): readonly string[] {
  const found = new Set<string>();
  for (const child of steps) {
    if (child.parent !== undefined) {
      found.add(`${child.parent} -> ${child.id}`);
    } else {
      const attempts = steps.filter(
        ({ id, request }) => request === child.parentRequest && id !== child.id,
      );
      const earlier = attempts.filter(({ at = 0 }) => at <= (child.at ?? 0));
      const latest = earlier.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0)).at(-1);
      const first = attempts.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0))[0];
      const cause = latest ?? first;
      if (cause !== undefined) {
        found.add(`${cause.id} -> ${child.id}`);
      }
    }
  }
  return [...found].map((link) => `${link} (asserted, call-chain)`).sort();
}

describe("findings about links", () => {
  const KERNEL = seedOf("another kernel");
  const BROKEN: Readonly<Record<string, readonly Step[]>> = {
    "LNK-001": [{ id: "b", parent: "absent" }],
    "LNK-004": [{ id: "a", parent: "a" }],
    "LNK-005": [
      { id: "a", parent: "c" },
      { id: "b", parent: "a" },
      { id: "c", parent: "b" },
    ],
    "LNK-006": [
      { id: "a", at: 9 },
      { id: "b", parent: "a", at: 8 },
    ],
    "LNK-007": [
      { id: "a", decision: "deny" },
      { id: "b", parent: "a" },
    ],
    "LNK-008": [
      { id: "a", tool: "events:produce:orders" },
      { id: "b", tool: "events:consume:orders" },
    ],
  };

  it.each(Object.entries(BROKEN))("%s, and nothing else", async (code, steps) => {
    const { report } = (await verify({ log: ndjsonOf(steps) })).verdict;
    expect(report.findings.map((finding) => finding.code)).toEqual([code]);
    expect(report.headline).toBe("self-consistent");
  });

  const FINE: Readonly<Record<string, readonly Step[]>> = {
    "a cause of the same second": [
      { id: "a", at: 8 },
      { id: "b", parent: "a", at: 8 },
    ],
    "a dead letter of a denied call": [
      { id: "a", decision: "deny" },
      { id: "b", parent: "a", tool: "events:produce:chio-denied-events" },
    ],
    "requests, where no receipt says which it answered": [
      { id: "a" },
      { id: "b", parentRequest: "req-1" },
      { id: "c", parentRequest: "req-2" },
    ],
    "a request that was answered after the call that it brought about": [
      { id: "a", request: "r", at: 9 },
      { id: "b", parentRequest: "r", at: 3 },
    ],
    "a produce that nobody consumed": [{ id: "a", tool: "events:produce:orders" }],
    "a consume of what no loaded service produced": [{ id: "a", tool: "events:consume:orders" }],
  };
  it.each(Object.entries(FINE))("none for %s", async (_, steps) => {
    const { report } = (await verify({ log: ndjsonOf(steps) })).verdict;
    expect(report.findings).toEqual([]);
  });

  it("leaves the order of two clocks that differ little as a note", async () => {
    const log = (at: number): string =>
      ndjsonOf([
        { id: "a", at },
        { id: "b", parent: "a", at: 1, kernel: KERNEL },
      ]);
    const severityAt = async (at: number) =>
      (await verify({ log: log(at) })).verdict.report.findings.map(({ severity }) => severity);
    expect(await severityAt(61)).toEqual(["info"]);
    expect(await severityAt(62)).toEqual(["warning"]);
  });

  it("lets one consume stand for a topic whose consumes name no cause", async () => {
    const many: readonly Step[] = Array.from({ length: 30 }, (_, at) => ({
      id: `c${at}`,
      tool: "events:consume:orders",
    }));
    const produce: Step = { id: "p", tool: "events:produce:orders" };
    const found = async (steps: readonly Step[]) =>
      (await verify({ log: ndjsonOf(steps) })).verdict.report.findings.map(
        ({ code, subject }) => `${code} ${subject.id}`,
      );
    expect(await found([produce, ...many])).toEqual(["LNK-008 c0"]);
    const linked: Step = { id: "c", tool: "events:consume:orders", parent: "p" };
    expect(await found([produce, linked, ...many])).toHaveLength(30);
  });

  it("finds no orphans in what was not read to its end", async () => {
    const dataset = await read({ log: ndjsonOf(BROKEN["LNK-008"] ?? []) });
    const options = { trust: null, platform: PLATFORM, partial: true };
    const { report } = (await dataset.conclude(options)).verdict;
    expect(codesOf(report)).toEqual(["LIM-006"]);
  });

  it("does not repeat what is long", async () => {
    const long = "x".repeat(200_000);
    const steps: readonly Step[] = [
      { id: long, request: "r", decision: "deny", at: 9 },
      ...Array.from({ length: 50 }, (_, at) => ({ id: `c${at}`, parentRequest: "r", at: 10 })),
      { id: `${long}1`, parent: `${long}2` },
      { id: `${long}2`, parent: `${long}1` },
      { id: `${long}3`, parent: `${long}4` },
    ];
    const { report } = (await verify({ log: ndjsonOf(steps) })).verdict;
    expect(codesOf(report)).toEqual(["LNK-001", "LNK-005", "LNK-007"]);
    expect(JSON.stringify(report.findings).length).toBeLessThan(100_000);
  });

  it("says which request is continued and not named", async () => {
    const { report } = (
      await verify({
        log: ndjsonOf([
          { id: "a", request: "r" },
          { id: "b", parentRequest: "gone" },
        ]),
      })
    ).verdict;
    expect(report.findings.map(({ code, subject }) => [code, subject.id])).toEqual([
      ["LNK-008", "b"],
    ]);
  });
});

import { describe, expect, it } from "vitest";
import { sign } from "@/kernel/crypto/ed25519.ts";
import { toHex, utf8 } from "@/kernel/encoding.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { nodeFacts } from "@/lib/chain/node-facts.ts";
import { keyOf, seedOf, trustKernel } from "./testing/keys.ts";
import { linksOf } from "./testing/links.ts";
import { ndjsonOf, recordLine, type Step, signedStep } from "./testing/steps.ts";
import { verify } from "./testing/verify.ts";

const STRANGER = seedOf("a stranger");

async function linksIn(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  return linksOf((await verify(files)).chain);
}

const lineOf = (record: JsonObject): string => `${JSON.stringify(record)}\n`;

describe("a request", () => {
  const honest: readonly Step[] = [
    { id: "cause", request: "r", at: 1 },
    { id: "child", parentRequest: "r", evidence: "verified", at: 9 },
  ];
  const forged: Step = { id: "forged", request: "r", at: 8, kernel: STRANGER };

  it("is not answered by what a stranger signed in its name", async () => {
    expect(await linksIn({ log: ndjsonOf([...honest, forged]) })).toEqual([
      "cause -> child (verified, call-chain)",
    ]);
  });

  it("is not answered by an edited receipt in its name", async () => {
    const edited = { ...signedStep({ id: "edited", request: "r", at: 8 }), policy_hash: "other" };
    const log = ndjsonOf([{ ...honest[0], id: "cause", kernel: STRANGER }, ...honest.slice(1)]);
    expect(await linksIn({ log: log + lineOf(edited) })).toEqual([
      "cause -> child (asserted, call-chain)",
    ]);
  });

  it("that only a stranger answers proves nothing", async () => {
    expect(await linksIn({ log: ndjsonOf([forged, ...honest.slice(1)]) })).toEqual([
      "forged -> child (asserted, call-chain)",
    ]);
  });

  it("is answered across kernels where both are pinned", async () => {
    const log = ndjsonOf([honest[0] ?? forged, { ...forged, id: "late" }, ...honest.slice(1)]);
    const other = seedOf("the other kernel");
    const across = ndjsonOf([
      { id: "cause", request: "r", at: 1, kernel: other },
      { ...forged, at: 8 },
      ...honest.slice(1),
    ]);
    const pinned = trustKernel(keyOf(seedOf("kernel")), keyOf(other));
    expect(linksOf((await verify({ log: across }, pinned)).chain)).toEqual([
      "cause -> child (verified, call-chain)",
    ]);
    expect(linksOf((await verify({ log }, pinned)).chain)).toEqual([
      "cause -> child (verified, call-chain)",
    ]);
  });
});

describe("an id", () => {
  const synthetic = (id: string): JsonObject => ({
    ...signedStep({ id, decision: "deny" }),
    id,
    kernel_key: "",
    signature: "",
    metadata: { chio_streaming_synthetic: true },
  });

  it("is the receipt's and not that of a denial that a client made up, wherever it stands", async () => {
    const denial = lineOf(synthetic("cause"));
    const cause = ndjsonOf([{ id: "cause" }]);
    const child = ndjsonOf([{ id: "child", parent: "cause" }]);
    const orders = [denial + child + cause, child + cause + denial, cause + denial + child];
    for (const log of orders) {
      for (const unitBytes of [1_500, undefined]) {
        const options = unitBytes === undefined ? {} : { unitBytes };
        const { chain } = await verify({ log }, null, options);
        const parent = chain.edges.parent[0] ?? -1;
        expect(nodeFacts(chain.nodes, parent)).toMatchObject({ id: "cause", decision: "allow" });
        expect(nodeFacts(chain.nodes, chain.nodes.find("cause")).decision).toBe("allow");
      }
    }
  });

  it("that is spelled with U+0000 is found in no unit or in all", async () => {
    const steps: readonly Step[] = [{ id: "a\u0000b" }, { id: "child", parent: "a\u0000b" }];
    const whole = linksOf((await verify({ log: ndjsonOf(steps) })).chain);
    const cut = linksOf((await verify({ log: ndjsonOf(steps) }, null, { unitBytes: 900 })).chain);
    expect(cut).toEqual(whole);
  });
});

describe("a statement", () => {
  const log = ndjsonOf([{ id: "a" }, { id: "b", at: 1 }]);
  const claim = { parentReceiptId: "a", childReceiptId: "b", evidenceClass: "verified" };
  const signedBy = (seed: Uint8Array, body: JsonObject): JsonObject => ({
    ...body,
    signature: toHex(sign(seed, utf8(canonicalize(body)))),
  });
  const flat = (seed: Uint8Array): JsonObject =>
    signedBy(seed, {
      schema: "chio.receipt_lineage_statement.v1",
      id: "s",
      kernelKey: keyOf(seed),
      ...claim,
    });

  it("of the kernel that signed the consequence counts", async () => {
    expect(await linksIn({ log, said: lineOf(flat(seedOf("kernel"))) })).toEqual([
      "a -> b (verified, lineage)",
    ]);
  });

  it("of a stranger about others' receipts is what anybody says", async () => {
    expect(await linksIn({ log, said: lineOf(flat(STRANGER)) })).toEqual([
      "a -> b (asserted, lineage)",
    ]);
  });

  it("says nothing beside what its signature covers", async () => {
    const body = { schema: "chio.other.v1", id: "s" };
    const kernel = seedOf("kernel");
    const said = {
      body,
      signerKey: keyOf(kernel),
      signature: toHex(sign(kernel, utf8(canonicalize(body)))),
      ...claim,
    };
    expect(await linksIn({ log, said: lineOf(said) })).toEqual([]);
  });
});

describe("lineage rows that name every request as the parent of one", () => {
  it("make few links", async () => {
    const steps = Array.from(
      { length: 20 },
      (_, at): Step => ({ id: `p${at}`, request: `p${at}` }),
    );
    const rows = steps.map(({ id }) => lineOf({ request_id: "r", parent_request_id: id }));
    const log = ndjsonOf([...steps, { id: "child", request: "r", at: 1 }]);
    expect(await linksIn({ log, rows: rows.join("") })).toHaveLength(8);
  });
});

describe("a record", () => {
  const place = { topic: "orders", partition: 0, offset: 7 };
  const consume: Step = { id: "consume", tool: "events:consume:orders", parameters: place, at: 2 };
  const produce: Step = { id: "produce", tool: "events:produce:orders", at: 1 };

  it("that another record contradicts is what somebody says, and hides nothing", async () => {
    const log = ndjsonOf([produce, { ...produce, id: "other" }, consume]);
    const both = ["other -> consume", "produce -> consume"];
    const copies = recordLine(place, [["X-Chio-Receipt", "other"]]).repeat(100);
    expect(
      await linksIn({ log, records: copies + recordLine(place, [["X-Chio-Receipt", "produce"]]) }),
    ).toEqual(both.map((link) => `${link} (asserted, record-header)`));
    const headers = [
      ["X-Chio-Receipt", "produce"],
      ["x-chio-receipt", "other"],
    ] as const;
    expect(await linksIn({ log, records: recordLine(place, headers) })).toEqual(
      both.map((link) => `${link} (asserted, record-header)`),
    );
  });

  it("that a receipt with an edited place names is what somebody says", async () => {
    const edited = JSON.stringify(signedStep(consume)).replace('"offset":7', '"offset":8');
    expect(
      await linksIn({
        log: `${ndjsonOf([produce])}${edited}\n`,
        records: recordLine({ ...place, offset: 8 }, [["X-Chio-Receipt", "produce"]]),
      }),
    ).toEqual(["produce -> consume (asserted, record-header)"]);
  });
});

describe("settlement", () => {
  const envelope = (receipt: JsonObject): string =>
    recordLine({ topic: "receipts", partition: 0, offset: 0 }, [], {
      version: "chio-streaming/v1",
      receipt,
    });
  const consume: Step = { id: "first", tool: "events:consume:orders", request: "r", at: 1 };
  const settled = async (log: string, records: string, id: string): Promise<string> => {
    const { chain } = await verify({ log, records });
    return nodeFacts(chain.nodes, chain.nodes.find(id)).settlement;
  };

  it.each<[string, Partial<Step>]>([
    ["another consumer group", { service: "notify" }],
    ["a stranger's receipt", { kernel: STRANGER }],
    ["a produce of the same attempt", { tool: "events:produce:payments" }],
    ["an attempt at another topic", { tool: "events:consume:payments" }],
  ])("is not undone by %s under the same request", async (_, other) => {
    const kept = signedStep({ ...consume, id: "kept", at: 5, ...other });
    expect(await settled(ndjsonOf([consume]), envelope(kept), "first")).toBe("unknown");
  });

  it("of attempts in one second does not depend on the order of files", async () => {
    const kept = signedStep({ ...consume, id: "kept" });
    for (const files of [
      { log: ndjsonOf([consume]), records: envelope(kept) },
      { records: envelope(kept), log: ndjsonOf([consume]) },
    ]) {
      const { chain } = await verify(files);
      expect(nodeFacts(chain.nodes, chain.nodes.find("first")).settlement).toBe("rolled-back");
    }
  });

  it("is not read from an event that has a state of its own", async () => {
    const log = ndjsonOf([consume, { id: "tool", at: 1 }]);
    const event = recordLine({ topic: "refunds", partition: 0, offset: 0 }, [], {
      state: "rolled_back",
      receipt_id: "first",
    });
    expect(await settled(log, event, "first")).toBe("unknown");
    const attempt = recordLine({ topic: "attempts", partition: 0, offset: 0 }, [], {
      state: "rolled_back",
      receipt_id: "tool",
      attempt: 1,
    });
    expect(await settled(log, attempt, "tool")).toBe("unknown");
  });

  it("does not pass to a call that a stranger puts into the attempt", async () => {
    const tool = ndjsonOf([{ id: "tool", parent: "first", at: 2, kernel: STRANGER }]);
    expect(await settled(tool, envelope(signedStep(consume)), "tool")).toBe("unknown");
    const own = ndjsonOf([{ id: "tool", parent: "first", at: 2 }]);
    expect(await settled(own, envelope(signedStep(consume)), "tool")).toBe("confirmed");
  });
});

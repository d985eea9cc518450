import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../json/value.ts";
import { BODY, inspect, KEY, preimage, SEED } from "../testing/receipts.ts";
import { choreography, isCovered, MOST_LINKS, type ReceiptLink } from "./choreography.ts";
import type { ReceiptForm } from "./detect.ts";
import { signPreV1 } from "./sign.ts";

const tool = (more: JsonObject): JsonObject => ({ ...BODY, kernel_key: KEY, ...more });
const named = (links: readonly ReceiptLink[]): string[] =>
  links.map(({ source, space, name, evidence }) => `${source} ${space} ${name} ${evidence}`);
const called = (chain: JsonValue): JsonObject =>
  tool({ metadata: { governed_transaction: { call_chain: chain } } });
const judged = (parameters: JsonValue, metadata: JsonValue = {}): JsonObject =>
  tool({ tool_name: "events:consume:orders", action: { parameters }, metadata });

describe("boundary and topic", () => {
  const said = (boundary: string): JsonObject => ({ metadata: { chio_explorer: { boundary } } });
  it.each([
    [{ tool_name: "events:consume:orders" }, "consume", "orders"],
    [{ tool_name: "events:produce:a:b" }, "produce", "a:b"],
    [{ tool_name: "events:consume:" }, "consume", ""],
    [{ tool_name: "charge" }, "tool", ""],
    [{ tool_name: 7 }, "tool", ""],
    [{ tool_name: "charge", ...said("consume") }, "consume", ""],
    [{ tool_name: "charge", ...said("produce") }, "produce", ""],
    [{ tool_name: "charge", ...said("checkpoint") }, "checkpoint", ""],
    [{ tool_name: "charge", ...said("__proto__") }, "tool", ""],
    [{ tool_name: "events:produce:t", ...said("consume") }, "produce", "t"],
    [{ tool_name: "charge", receipt_kind: "checkpoint" }, "checkpoint", ""],
    [{ tool_name: "events:produce:__proto__" }, "produce", "__proto__"],
  ])("of %j", (more, boundary, topic) => {
    const found = choreography(tool(more), "pre-v1");
    expect([found.boundary, found.topic]).toEqual([boundary, topic]);
  });

  it("of the other forms", () => {
    const child = { operation_kind: "tool_call" };
    expect(choreography(child, "child").boundary).toBe("tool");
    expect(choreography({ operation_kind: "heartbeat" }, "child").boundary).toBe("other");
    expect(choreography({ method: "GET" }, "http").boundary).toBe("other");
  });

  it("gives receipts that say nothing of it one shared answer", () => {
    expect(choreography(tool({}), "v1")).toBe(choreography(tool({ id: "x" }), "pre-v1"));
    expect(choreography(tool({}), "v1").continues).toBe(false);
  });
});

describe("parent_receipt", () => {
  const parents = (value: JsonValue, form: ReceiptForm = "documentation"): readonly ReceiptLink[] =>
    choreography(tool({ parent_receipt: value }), form).links;

  it("is one name or many, each once, in their order", () => {
    expect(named(parents("rcpt_001"))).toEqual(["parent-receipt receipt rcpt_001 verified"]);
    const many = parents(["b", "a", "b", "", null, 7, ["c"], { d: 1 }, "__proto__"]);
    expect(many.map(({ name, pointer }) => [name, pointer])).toEqual([
      ["b", "/parent_receipt/0"],
      ["a", "/parent_receipt/1"],
      ["__proto__", "/parent_receipt/8"],
    ]);
  });

  it("keeps a link to itself for the reader of the whole", () => {
    const self = choreography(tool({ id: "x", parent_receipt: "x" }), "documentation");
    expect(self.links[0]?.name).toBe("x");
  });

  it.each([null, "", 7, true, {}, [], [[]]])("that names nothing is no link: %j", (value) => {
    expect(parents(value)).toEqual([]);
    expect(choreography(tool({ parent_receipt: value }), "documentation").continues).toBe(false);
  });

  it("is bounded", () => {
    const list = Array.from({ length: 50_000 }, (_, index) => `r${index}`);
    expect(parents(list)).toHaveLength(MOST_LINKS);
  });

  it("is somebody's word where the form does not sign it", () => {
    expect(parents("a", "v1")[0]).toMatchObject({ evidence: "asserted", covered: false });
    expect(parents("a", "pre-v1")[0]).toMatchObject({ evidence: "asserted", covered: false });
  });

  it("added to a signed receipt is not under its signature, signed with it it is", async () => {
    const signed = signPreV1(BODY, SEED);
    const added = { ...signed, parent_receipt: "rcpt_other" };
    const fits = await preimage(inspect(added));
    const [link] = choreography(added, "documentation").links;
    expect(fits).toBe("normal");
    expect(link !== undefined && isCovered(link, "normal")).toBe(false);
    expect(link !== undefined && isCovered(link, "raw")).toBe(true);
    const [inMetadata] = choreography(called({ parentReceiptId: "p" }), "pre-v1").links;
    expect(inMetadata !== undefined && isCovered(inMetadata, "normal")).toBe(true);
  });
});

describe("a call chain", () => {
  const links = (chain: JsonValue): string[] => named(choreography(called(chain), "v1").links);
  it.each<[string, JsonValue, string[]]>([
    ["names its parent", { parentReceiptId: "p" }, ["call-chain receipt p asserted"]],
    [
      "says what stands behind it",
      { parentReceiptId: "p", evidenceClass: "verified" },
      ["call-chain receipt p verified"],
    ],
    [
      "with an unknown class is asserted",
      { parentReceiptId: "p", evidenceClass: "constructor" },
      ["call-chain receipt p asserted"],
    ],
    [
      "names a request where it names no receipt",
      { chainId: "c", parentRequestId: "r", evidenceClass: "observed" },
      ["call-chain request r observed"],
    ],
    ["that begins has no parent", { chainId: "c", parentRequestId: "c" }, []],
    [
      "prefers the receipt",
      { chainId: "c", parentRequestId: "r", parentReceiptId: "p" },
      ["call-chain receipt p asserted"],
    ],
    ["takes nothing from what was only claimed", { assertedContext: { parentReceiptId: "p" } }, []],
    ["of another type is none", ["p"], []],
    ["with members of other types is none", { parentReceiptId: 1, parentRequestId: {} }, []],
  ])("%s", (_, chain, expected) => {
    expect(links(chain)).toEqual(expected);
  });

  it("that carries a token of another kernel continues something unnamed", () => {
    const continues = (chain: JsonObject) => choreography(called(chain), "v1").continues;
    expect(continues({ chainId: "c", parentRequestId: "c" })).toBe(false);
    expect(continues({ chainId: "c", parentRequestId: "c", continuationTokenId: "t" })).toBe(true);
    expect(continues({ receiptLineageStatementId: "s" })).toBe(true);
    expect(continues({ upstreamProof: {} })).toBe(true);
    expect(continues({ upstreamProof: null, continuationTokenId: 1 })).toBe(false);
  });

  it("and a parent receipt are both kept: two sources may say the same", () => {
    const both = { ...called({ parentReceiptId: "p" }), parent_receipt: "p" };
    expect(named(choreography(both, "documentation").links)).toEqual([
      "parent-receipt receipt p verified",
      "call-chain receipt p asserted",
    ]);
  });
});

describe("child and HTTP receipts", () => {
  it("stand under a request of their session", () => {
    const child = { session_id: "s", parent_request_id: "r1", request_id: "r2" };
    const found = choreography(child, "child");
    expect(named(found.links)).toEqual(["child-request request s\u0000r1 verified"]);
    expect(found.requests).toEqual(["s\u0000r2", "r2"]);
    const orphan = choreography({ session_id: "s", request_id: "r2" }, "child");
    expect([orphan.links, orphan.continues]).toEqual([[], true]);
  });

  it("cannot shift a part of a name into its neighbour", () => {
    const left = choreography({ session_id: "a\u0000b", parent_request_id: "c" }, "child");
    const right = choreography({ session_id: "a", parent_request_id: "b\u0000c" }, "child");
    expect(left.links[0]?.name).toBe("a b\u0000c");
    expect(right.links[0]?.name).toBe("a\u0000b c");
  });

  it("follow their decision receipt and the kernel's", () => {
    const http = {
      request_id: "q",
      metadata: {
        chio_decision_receipt_id: "d",
        chio_kernel_receipt_id: "k",
        chio_http_status_scope: "final",
      },
    };
    expect(named(choreography(http, "http").links)).toEqual([
      "http-decision receipt d verified",
      "http-kernel receipt k verified",
    ]);
    expect(choreography(http, "http").requests).toEqual(["q"]);
    const scoped = choreography({ ...http, session_id: "s", metadata: null }, "http");
    expect(scoped.requests).toEqual(["s\u0000q", "q"]);
    expect(scoped.continues).toBe(false);
    const final = { metadata: { chio_http_status_scope: "final" } };
    expect(choreography(final, "http").continues).toBe(true);
  });
});

describe("handles and the record that was judged", () => {
  it("takes request ids from metadata and parameters, each once", () => {
    const requests = (metadata: string, parameters: string) =>
      choreography(
        judged({ request_id: parameters }, { chio_explorer: { request_id: metadata } }),
        "v1",
      ).requests;
    expect(requests("a", "b")).toEqual(["a", "b"]);
    expect(requests("a", "a")).toEqual(["a"]);
    expect(requests("", "b")).toEqual(["b"]);
    expect(requests("a", "")).toEqual(["a"]);
    expect(requests("", "")).toEqual([]);
  });

  it("reads coordinates of a consume, and of nothing else", () => {
    const parameters = { topic: "orders", partition: 3, offset: 9_223_372_036_854_775_807n };
    const record = "orders\u00003\u00009223372036854775807";
    expect(choreography(judged(parameters), "v1").record).toBe(record);
    const produced = { ...judged(parameters), tool_name: "events:produce:orders" };
    expect(choreography(produced, "v1").record).toBeNull();
  });

  it("falls back to the reference consumer's request id", () => {
    const parameters = { request_id: "chio-kafka-my-orders-0-7" };
    expect(choreography(judged(parameters), "v1").record).toBe("my-orders\u00000\u00007");
  });
});

it("never throws on any JSON, and names only texts", () => {
  const names = fc.constantFrom(
    "metadata",
    "governed_transaction",
    "call_chain",
    "chio_explorer",
    "parent_receipt",
    "parentReceiptId",
    "action",
    "parameters",
    "session_id",
    "__proto__",
  );
  const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.jsonValue({ maxDepth: 1 }).map((any): JsonValue => JSON.parse(JSON.stringify(any))),
      fc.dictionary(names, tie("value"), { maxKeys: 4 }),
      fc.array(tie("value"), { maxLength: 3 }),
    ),
  }));
  const forms = fc.constantFrom<ReceiptForm>("documentation", "pre-v1", "v1", "child", "http");
  fc.assert(
    fc.property(fc.dictionary(names, value), forms, (receipt, form) => {
      for (const { name } of choreography(receipt, form).links) {
        expect(name).not.toBe("");
      }
    }),
    { numRuns: 300 },
  );
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chainLines } from "./chain-lines.ts";
import { generator, shuffled, sketches, stepsOf } from "./testing/graphs.ts";
import { chainOf, DOCUMENTED, type Step } from "./testing/nodes.ts";
import { SlowChain } from "./testing/slow.ts";
import { chainDocument, chainText } from "./text-chain.ts";

const FORWARD = `rcpt_001 (order.placed produced by order-service)
  -> rcpt_002 (order.placed consumed by payment-service)
    -> rcpt_003 (charge_payment tool call)
      -> rcpt_004 (payment.charged produced by payment-service)
        -> rcpt_005 (payment.charged consumed by order-service)
`;

describe("the text form", () => {
  test("is the documentation's tree, whatever the order of the rows", () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const dated = DOCUMENTED.map((step, place) => ({ ...step, time: 1_750_000_000 + place }));
      const index = chainOf(shuffled(dated, generator(seed)));
      expect(chainText(index, index.nodes.find("rcpt_001"), "forward", null)).toBe(FORWARD);
    }
  });

  test("indents causes under the chosen receipt when walked backward", () => {
    const index = chainOf(DOCUMENTED);
    expect(chainText(index, index.nodes.find("rcpt_005"), "backward", null)).toBe(
      `rcpt_005 (payment.charged consumed by order-service)
  <- rcpt_004 (payment.charged produced by payment-service)
    <- rcpt_003 (charge_payment tool call)
      <- rcpt_002 (order.placed consumed by payment-service)
        <- rcpt_001 (order.placed produced by order-service)
`,
    );
  });

  test("says how many the depth leaves out, and heads the two parts of both", () => {
    const index = chainOf(DOCUMENTED);
    expect(chainText(index, index.nodes.find("rcpt_003"), "both", 1)).toBe(`What led to it:
rcpt_003 (charge_payment tool call)
  <- rcpt_002 (order.placed consumed by payment-service)
    ... 1 more

What it led to:
rcpt_003 (charge_payment tool call)
  -> rcpt_004 (payment.charged produced by payment-service)
    ... 1 more
`);
  });

  test("says what is denied, does not verify, is not loaded and stands further up", () => {
    const index = chainOf([
      { id: "start", parents: ["absent"], boundary: "other", service: "clock" },
      { id: "left", parents: ["start"], tool: "charge", decision: "deny", guard: "budget" },
      { id: "right", parents: ["start"], tool: "ship", integrity: "does-not-verify" },
      { id: "join", parents: ["left", "right"], settlement: "rolled-back", service: "end" },
      { id: "loop", parents: ["join", "loop"], boundary: "checkpoint", decision: "incomplete" },
    ]);
    expect(chainText(index, 0, "forward", null)).toBe(`start (step by clock)
  -> left (charge tool call, denied by budget)
    -> join (tool call by end, rolled back)
      -> loop (checkpoint, incomplete)
        -> loop (checkpoint, incomplete, already shown)
  -> right (ship tool call, does not verify)
    -> join (tool call by end, rolled back, already shown)
`);
    expect(chainText(index, index.nodes.find("right"), "backward", null)).toBe(
      `right (ship tool call, does not verify)
  <- start (step by clock)
    <- absent (not loaded)
`,
    );
  });

  test("passes every id and name through the given escape", () => {
    const hostile = "\u001b[2J\n";
    const index = chainOf([
      { id: `a${hostile}`, boundary: "produce", topic: hostile, service: hostile },
      {
        id: `b${hostile}`,
        parents: [`a${hostile}`, `c${hostile}`],
        tool: hostile,
        decision: "deny",
        guard: hostile,
      },
    ]);
    const print = (text: string) => text.replaceAll(hostile, "~");
    expect(chainText(index, 1, "backward", null, print)).toBe(
      "b~ (~ tool call, denied by ~)\n  <- a~ (~ produced by ~)\n  <- c~ (not loaded)\n",
    );
  });

  test("of 30,000 steps in a row grows with their number, not with its square", () => {
    const index = chainOf(
      Array.from({ length: 30_000 }, (_, node) => ({
        id: `s${node}`,
        parents: node === 0 ? [] : [`s${node - 1}`],
      })),
    );
    const text = chainText(index, 0, "forward", null);
    expect(text.length).toBeLessThan(30_000 * 300);
    expect(text.trimEnd().split("\n").at(-1)).toMatch(/^ {200}\[29999\] -> s29999 \(tool call\)$/);
  });

  test("is the same for permuted rows where times differ", () => {
    fc.assert(
      fc.property(sketches(14), fc.nat(), (sketch, seed) => {
        const steps: readonly Step[] = stepsOf({
          ...sketch,
          times: sketch.times.map((_, node) => node),
        });
        const index = chainOf(steps);
        const permuted = chainOf(shuffled(steps, generator(seed)));
        for (const { id } of steps) {
          for (const direction of ["forward", "backward", "both"] as const) {
            // Missing parents have no time: they stand in the order in which a file names them.
            const lines = (text: string) => text.split("\n").sort();
            const text = chainText(index, index.nodes.find(id), direction, 2);
            const again = chainText(permuted, permuted.nodes.find(id), direction, 2);
            expect(lines(again)).toEqual(lines(text));
            if (!text.includes("not loaded")) {
              expect(again).toBe(text);
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

test("lines hold exactly the walk's nodes, each continued once, and count what the depth leaves out", () => {
  fc.assert(
    fc.property(sketches(14), fc.nat({ max: 4 }), (sketch, depth) => {
      const steps = stepsOf(sketch);
      const index = chainOf(steps);
      const slow = new SlowChain(steps);
      for (const { id } of steps) {
        const lines = [...chainLines(index, index.nodes.find(id), "forward", depth)];
        const within = new Set(slow.walk(id, "forward", depth).keys());
        const first = lines.filter((line) => !line.repeated);
        expect(first.length).toBe(within.size);
        expect(new Set(first.map((line) => index.nodes.idOf(line.node)))).toEqual(within);
        const links = slow.links.filter((link) => within.has(link.parent));
        const kept = links.filter((link) => within.has(link.child));
        expect(lines.length).toBe(1 + kept.length);
        const cutOff = lines.reduce((sum, line) => sum + line.cutOff, 0);
        expect(cutOff).toBe(links.length - kept.length);
      }
    }),
  );
});

test("the document holds the walk as plain JSON, large amounts as text", () => {
  const index = chainOf([
    { id: "a", parents: ["absent"], cost: 2n ** 63n + 1n, currency: "USD", time: null },
    { id: "b", parents: ["a"], strength: "verified", sources: ["call-chain", "record-header"] },
    { id: "c", parents: ["b"] },
  ]);
  const document = JSON.parse(JSON.stringify(chainDocument(index, 0, "both", 1)));
  expect(document).toMatchObject({
    schema: "chio-explorer.chain.v1",
    focus: "a",
    direction: "both",
    depth: 1,
    missing: ["absent"],
    cut_off: 1,
    edges: [
      { parent: "r1", child: "r2", strength: "verified", sources: ["call-chain", "record-header"] },
      { parent: document.nodes[2].key, child: "r1", strength: "asserted" },
    ],
  });
  expect(document.nodes).toMatchObject([
    { id: "a", distance: 0, time: null, cost: { units: "9223372036854775809", currency: "USD" } },
    { id: "b", distance: 1, cost: null, time: 1_750_000_001 },
    { id: "absent", distance: -1, row: null },
  ]);
  expect(document.nodes[2].key).toMatch(/^m[0-9a-f]{16}$/);
});

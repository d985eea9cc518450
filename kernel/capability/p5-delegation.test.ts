import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type JsonObject, type JsonValue, member } from "../json/value.ts";
import { withMember } from "../record-members.ts";
import { product } from "../testing/product.ts";
import type { Scope } from "./model.ts";
import { agent, grantOf, scopeOf } from "./testing/capabilities.ts";
import {
  admission,
  type Chain,
  changed,
  honestChain,
  type Step,
  signedLinks,
} from "./testing/chain.ts";

const LENGTHS = [1, 2, 3] as const;

/** Every list of `length` items of the given ones. */
function lists<T>(items: readonly T[], length: number): readonly (readonly T[])[] {
  return length === 0
    ? [[]]
    : lists(items, length - 1).flatMap((list) => items.map((item) => [...list, item]));
}

function mapSteps(chain: Chain, change: (step: Step, index: number) => Step): Chain {
  return { ...chain, steps: chain.steps.map(change) };
}

interface Case {
  readonly chain: Chain;
  readonly links?: JsonValue;
  readonly maxDepth?: number;
  /** What the rules say of it, worked out without the code under test. */
  readonly admitted: boolean;
}

/** The cases that are judged otherwise than the rules say; a model must hold both kinds. */
function misjudged(cases: readonly Case[]): readonly unknown[] {
  expect(new Set(cases.map(({ admitted }) => admitted)).size).toBe(2);
  return cases.flatMap(({ chain, links, maxDepth, admitted }) => {
    const problem = admission(chain, links ?? signedLinks(chain), { maxDepth: maxDepth ?? 5 });
    return (problem === null) === admitted ? [] : [{ chain, problem }];
  });
}

const PAIRS = [...product([0, 1, 2], [0, 1, 2])];

/** Who hands on to whom: agent `i` holds ancestor `i`. */
const WHO: readonly Case[] = LENGTHS.flatMap((length) =>
  [...product(lists(PAIRS, length), [0, 1, 2])].map(([pairs, subject]) => {
    const chain = mapSteps({ ...honestChain(length), subject }, (step, index) => {
      const [delegator, delegatee] = pairs[index] ?? [0, 0];
      return { ...step, link: { ...step.link, delegator, delegatee } };
    });
    const admitted = pairs.every(
      ([delegator, delegatee], index) =>
        delegator === index && delegatee === (pairs[index + 1]?.[0] ?? subject),
    );
    return { chain, admitted };
  }),
);

/** When: a window for each capability, the token's last, and a second for each link. */
const WINDOWS = [...product([1n, 2n], [2n, 3n])];
const WHEN: readonly Case[] = LENGTHS.flatMap((length) =>
  [...product(lists(WINDOWS, length + 1), lists([1n, 2n], length))].map(([windows, times]) => {
    const [issuedAt, expiresAt] = windows[length] ?? [0n, 0n];
    const chain = mapSteps({ ...honestChain(length), issuedAt, expiresAt }, (step, index) => {
      const [issued, expires] = windows[index] ?? [0n, 0n];
      return {
        link: { ...step.link, timestamp: times[index] ?? 0n },
        snapshot: { ...step.snapshot, issuedAt: issued, expiresAt: expires },
      };
    });
    const admitted = times.every((time, index) => {
      const [issued, expires] = windows[index] ?? [0n, 0n];
      const [childIssued, childExpires] = windows[index + 1] ?? [0n, 0n];
      return (
        issued <= time &&
        time < expires &&
        time <= childIssued &&
        childExpires <= expires &&
        time <= (times[index + 1] ?? time)
      );
    });
    return { chain, admitted };
  }),
);

/** What: scopes by what they give, and by what may be handed on of it. */
interface Held {
  readonly json: JsonObject;
  readonly scope: Scope;
  readonly gives: readonly string[];
  readonly handsOn: readonly string[];
}

function held(
  toolName: string,
  max: bigint | null,
  operations: readonly ("invoke" | "delegate")[],
): Held {
  const cap = max === null ? {} : { max_invocations: Number(max) };
  const calls = max === null ? [1, 2, 3] : [1, 2, 3].filter((count) => count <= Number(max));
  const tools = toolName === "*" ? ["a", "b"] : [toolName];
  const gives = tools.flatMap((tool) =>
    operations.flatMap((operation) => calls.map((count) => `${tool} ${operation} ${count}`)),
  );
  return {
    json: { grants: [{ server_id: "srv", tool_name: toolName, operations, ...cap }] },
    scope: scopeOf(grantOf({ toolName, operations, maxInvocations: max })),
    gives,
    handsOn: operations.includes("delegate") ? gives : [],
  };
}

const BOTH = ["invoke", "delegate"] as const;
const HELD: readonly Held[] = [
  held("*", null, BOTH),
  held("*", null, ["invoke"]),
  held("a", null, BOTH),
  held("a", 2n, BOTH),
  held("a", 1n, ["delegate"]),
  { json: {}, scope: scopeOf(), gives: [], handsOn: [] },
];

const WHAT: readonly Case[] = LENGTHS.flatMap((length) =>
  lists(HELD, length + 1).map((holdings) => {
    const chain = mapSteps(
      { ...honestChain(length), scope: holdings[length]?.json ?? {} },
      (step, index) => ({
        ...step,
        snapshot: { ...step.snapshot, scope: holdings[index]?.scope ?? scopeOf() },
      }),
    );
    const admitted = holdings.every((child, index) => {
      const parent = holdings[index - 1];
      return parent === undefined || child.gives.every((one) => parent.handsOn.includes(one));
    });
    return { chain, admitted };
  }),
);

/** Where: what the store says of each ancestor's place. */
const PLACES = [...product([0, 1, 2], [null, "cap-0", "cap-1"])];
const WHERE: readonly Case[] = LENGTHS.flatMap((length) =>
  lists(PLACES, length).map((places) => {
    const chain = mapSteps(honestChain(length), (step, index) => {
      const [depth, parentId] = places[index] ?? [0, null];
      return { ...step, snapshot: { ...step.snapshot, depth, parentId } };
    });
    const admitted = places.every(
      ([depth, parentId], index) =>
        depth === index && parentId === (index === 0 ? null : `cap-${index - 1}`),
    );
    return { chain, admitted };
  }),
);

/** How: each link as signed, changed after it was signed, without a signature, or signed by another. */
const FATES = ["signed", "changed", "unsigned", "stolen"] as const;
function fate(name: (typeof FATES)[number], other: JsonObject): JsonObject {
  switch (name) {
    case "signed":
      return {};
    case "changed":
      return { attenuations: [{ type: "remove_tool" }] };
    case "unsigned":
      return { signature: "00".repeat(64) };
    case "stolen":
      return { signature: member(other, "signature") ?? "" };
  }
}

const HOW: readonly Case[] = LENGTHS.flatMap((length) =>
  [...product(lists(FATES, length), [0, 1, 2, 3, 4])].map(([fates, maxDepth]) => {
    const chain = honestChain(length);
    const others = signedLinks(
      mapSteps(chain, (step) => ({ ...step, link: { ...step.link, delegator: 5 } })),
    );
    const links = signedLinks(chain).map((link, index) => ({
      ...link,
      ...fate(fates[index] ?? "signed", others[index] ?? {}),
    }));
    const admitted = fates.every((fate) => fate === "signed") && length <= maxDepth;
    return { chain, links, maxDepth, admitted };
  }),
);

describe("P5 over bounded models of chains of one to three links", () => {
  it(`${WHO.length} chains: three agents as every delegator, delegatee and subject`, () => {
    expect(misjudged(WHO)).toEqual([]);
  });

  it(`${WHEN.length} chains: four windows for each capability, two times for each link`, () => {
    expect(misjudged(WHEN)).toEqual([]);
  });

  it(`${WHAT.length} chains: six scopes for each capability`, () => {
    expect(misjudged(WHAT)).toEqual([]);
  });

  it(`${WHERE.length} chains: nine places in the store for each ancestor`, () => {
    expect(misjudged(WHERE)).toEqual([]);
  });

  it(`${HOW.length} chains: four fates of each signature, five bounds on the depth`, () => {
    expect(misjudged(HOW)).toEqual([]);
  });
});

type Break = readonly [name: string, apply: (chain: Chain, at: number) => string | null];

/** Without its only link a token was issued directly; that its issuer did so, the token's signature says. */
const SHORTEST_TO_DROP_FROM = 2;

/** Each breaks one thing at one step and leaves the rest honest, signatures included. */
const BREAKS: readonly Break[] = [
  ["delegator", (chain, at) => admission(changed(chain, at, { link: { delegator: 5 } }))],
  ["delegatee", (chain, at) => admission(changed(chain, at, { link: { delegatee: 5 } }))],
  ["holder", (chain, at) => admission(changed(chain, at, { snapshot: { subject: agent(5) } }))],
  ["early link", (chain, at) => admission(changed(chain, at, { link: { timestamp: 1n } }))],
  ["late link", (chain, at) => admission(changed(chain, at, { link: { timestamp: 499n } }))],
  ["issued late", (chain, at) => admission(changed(chain, at, { snapshot: { issuedAt: 499n } }))],
  ["expired", (chain, at) => admission(changed(chain, at, { snapshot: { expiresAt: 101n } }))],
  ["depth", (chain, at) => admission(changed(chain, at, { snapshot: { depth: at + 1 } }))],
  ["parent", (chain, at) => admission(changed(chain, at, { snapshot: { parentId: "cap-x" } }))],
  ["unknown", (chain, at) => admission(changed(chain, at, { snapshot: { id: "cap-x" } }))],
  [
    "holds nothing",
    (chain, at) => admission(changed(chain, at, { snapshot: { scope: scopeOf() } })),
  ],
  [
    "may not delegate",
    (chain, at) => admission(changed(chain, at, { snapshot: { scope: scopeOf(grantOf()) } })),
  ],
  [
    "undone promise",
    (chain, at) => {
      const attenuations = [{ type: "remove_tool", server_id: "srv", tool_name: "tool" }];
      return admission(changed(chain, at, { link: { attenuations } }));
    },
  ],
  [
    "dropped link",
    (chain, at) =>
      chain.steps.length < SHORTEST_TO_DROP_FROM
        ? "not dropped"
        : admission(
            chain,
            signedLinks(chain).filter((_, index) => index !== at),
          ),
  ],
  [
    "repeated link",
    (chain, at) =>
      admission(
        chain,
        signedLinks(chain).flatMap((link, index) => (index === at ? [link, link] : [link])),
        { maxDepth: 9 },
      ),
  ],
  [
    "edited link",
    (chain, at) =>
      admission(
        chain,
        signedLinks(chain).map((link, index) =>
          index === at ? withMember(link, "attenuations", [{ type: "x" }]) : link,
        ),
      ),
  ],
];

/** A chain of up to four links, honest in other ways than the plainest one. */
const honest: fc.Arbitrary<Chain> = fc
  .record({
    length: fc.integer({ min: 1, max: 4 }),
    early: fc.bigInt(0n, 4n),
    invocations: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ length, early, invocations }) => {
    const chain = honestChain(length);
    const scope = {
      grants: [
        {
          server_id: "srv",
          tool_name: "tool",
          operations: ["invoke", "delegate"],
          max_invocations: invocations,
        },
      ],
    };
    const attenuations = [
      { type: "reduce_budget", server_id: "srv", tool_name: "tool", max_invocations: invocations },
    ];
    const steps = mapSteps({ ...chain, scope }, (step, index) => ({
      snapshot: step.snapshot,
      link: {
        ...step.link,
        timestamp: step.link.timestamp - early,
        attenuations: index === length - 1 ? attenuations : [],
      },
    }));
    return steps;
  });

describe("P5 at random", () => {
  it("an honest chain is admitted, and any single break of it is not", () => {
    fc.assert(
      fc.property(honest, fc.constantFrom(...BREAKS), fc.nat(), (chain, [name, apply], pick) => {
        expect(admission(chain)).toBeNull();
        expect([name, apply(chain, pick % chain.steps.length)]).not.toEqual([name, null]);
      }),
      { numRuns: 150 },
    );
  });

  it.each(BREAKS)("no step stands a break of its %s", (_, apply) => {
    for (const length of LENGTHS) {
      for (let at = 0; at < length; at += 1) {
        expect(apply(honestChain(length), at)).not.toBeNull();
      }
    }
  });
});

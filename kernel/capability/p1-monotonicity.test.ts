import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../json/value.ts";
import { compileNative } from "../testing/native-regex.ts";
import { product } from "../testing/product.ts";
import { isSubsetOf } from "./attenuation.ts";
import { isInside } from "./constraints/path.ts";
import type { Constraint, Money, Operation, PatternGrant, Scope, ToolGrant } from "./model.ts";
import { matchesPrompt, matchesResource } from "./resource.ts";
import { resolveMatchingGrants } from "./scope.ts";
import { callOf, constraintOf, grantOf, scopeOf, usd } from "./testing/capabilities.ts";

const OPTIONS = { mode: "portable", compile: compileNative } as const;

function matches(scope: Scope, serverId: string, toolName: string, given: JsonValue): boolean {
  const call = callOf({ serverId, toolName, arguments: given });
  return resolveMatchingGrants(scope, call, OPTIONS).kind === "matched";
}

/** Which of a list of things hold, as the bits of an integer. */
function bits(answers: readonly boolean[]): bigint {
  return answers.reduce(
    (mask, answer, index) => (answer ? mask | (1n << BigInt(index)) : mask),
    0n,
  );
}

const contains = (outer: bigint, inner: bigint): boolean => (inner & ~outer) === 0n;

const PATH = constraintOf("path_prefix", "/w");
const LENGTH = constraintOf("max_length", 4);

/** Names that calls use; `z` stands for every name that no grant mentions. */
const NAMES = ["a", "b", "z"] as const;
const ARGUMENTS: readonly JsonValue[] = [{ path: "/w/a" }, { path: "/w/abc" }, { path: "/x" }, {}];
const CALLS = [...product(NAMES, NAMES, ARGUMENTS)];

const GRANTS: readonly ToolGrant[] = [
  ...product(
    ["a", "b", "*"],
    ["a", "b", "*"],
    [[], ["invoke"], ["invoke", "delegate"]] as const satisfies readonly Operation[][],
    [null, 1n, 2n],
    [[], [PATH], [LENGTH, PATH]] as const satisfies readonly Constraint[][],
    [false, true],
  ),
].map(([serverId, toolName, operations, maxInvocations, constraints, dpopRequired]) =>
  grantOf({ serverId, toolName, operations, maxInvocations, constraints, dpopRequired }),
);

/** What a grant gives, enumerated: every server, tool and operation. */
function authority(grant: ToolGrant): bigint {
  return bits(
    [...product(NAMES, NAMES, ["invoke", "delegate"] as const)].map(
      ([server, tool, operation]) =>
        (grant.serverId === "*" || grant.serverId === server) &&
        (grant.toolName === "*" || grant.toolName === tool) &&
        grant.operations.includes(operation),
    ),
  );
}

describe(`P1 over a bounded model: all pairs of ${GRANTS.length} tool grants, ${CALLS.length} calls each`, () => {
  const model = GRANTS.map((grant) => ({
    grant,
    scope: scopeOf(grant),
    authority: authority(grant),
    calls: bits(CALLS.map(([server, tool, given]) => matches(scopeOf(grant), server, tool, given))),
  }));
  const above = model.map((child) =>
    bits(model.map((parent) => isSubsetOf(child.scope, parent.scope))),
  );

  it("a subset is matched by no call that its parent is not matched by", () => {
    const wider = model.flatMap((child, at) =>
      model.filter(
        (parent, index) =>
          (((above[at] ?? 0n) >> BigInt(index)) & 1n) === 1n &&
          !contains(parent.calls, child.calls),
      ),
    );
    expect(wider).toEqual([]);
  });

  it("a subset is exactly what gives no more and keeps every restriction", () => {
    let wrong = 0;
    for (const [at, child] of model.entries()) {
      for (const [index, parent] of model.entries()) {
        const [low, high] = [child.grant, parent.grant];
        const narrower =
          contains(parent.authority, child.authority) &&
          (low.maxInvocations ?? 9n) <= (high.maxInvocations ?? 9n) &&
          low.constraints.length >= high.constraints.length &&
          Number(low.dpopRequired) >= Number(high.dpopRequired);
        const related = (((above[at] ?? 0n) >> BigInt(index)) & 1n) === 1n;
        // A grant of nothing is a subset by its names as well, which is stricter than it need be.
        wrong += related === narrower || (low.operations.length === 0 && !related) ? 0 : 1;
      }
    }
    expect(wrong).toBe(0);
  });

  it("is a partial order", () => {
    for (const [at, mine] of above.entries()) {
      expect((mine >> BigInt(at)) & 1n).toBe(1n);
      for (const [index, theirs] of above.entries()) {
        if (index !== at && ((mine >> BigInt(index)) & 1n) === 1n) {
          // Transitive: whatever is above my parent is above me. Antisymmetric: I am not above my parent.
          if (!contains(mine, theirs) || ((theirs >> BigInt(at)) & 1n) === 1n) {
            expect.unreachable(`grants ${at} and ${index}`);
          }
        }
      }
    }
  });
});

const FEW = [...product(["a", "*"], ["a", "b", "*"], [[], [PATH]] as const)].map(
  ([serverId, toolName, constraints]) => grantOf({ serverId, toolName, constraints }),
);
const SCOPES: readonly Scope[] = [
  scopeOf(),
  ...FEW.map((grant) => scopeOf(grant)),
  ...[...product(FEW, FEW)].map(([left, right]) => scopeOf(left, right)),
];

describe(`P1 over a bounded model: all pairs of ${SCOPES.length} scopes of at most two grants`, () => {
  it("a subset is matched by no call that its parent is not matched by", () => {
    const model = SCOPES.map((scope) => ({
      scope,
      calls: bits(CALLS.map(([server, tool, given]) => matches(scope, server, tool, given))),
    }));
    let related = 0;
    for (const child of model) {
      for (const parent of model) {
        if (isSubsetOf(child.scope, parent.scope)) {
          related += 1;
          if (!contains(parent.calls, child.calls)) {
            expect.unreachable(JSON.stringify([child.scope, parent.scope]));
          }
        }
      }
    }
    expect(related).toBeGreaterThan(SCOPES.length);
  });
});

/** All texts over an alphabet up to a length. */
function texts(alphabet: readonly string[], length: number): readonly string[] {
  return length === 0
    ? [""]
    : [
        "",
        ...alphabet.flatMap((letter) => texts(alphabet, length - 1).map((rest) => letter + rest)),
      ];
}

const PATTERNS = texts(["a", "*"], 4);
const SUBJECTS = texts(["a", "b", "*"], 5);

describe(`P1 over a bounded model: all pairs of ${PATTERNS.length} patterns, ${SUBJECTS.length} names each`, () => {
  it("a pattern grant is a subset exactly where it matches nothing more", () => {
    const model = PATTERNS.map((pattern) => {
      const grant: PatternGrant = { pattern, operations: ["read", "get"] };
      const resources: Scope = { ...scopeOf(), resourceGrants: [grant] };
      const prompts: Scope = { ...scopeOf(), promptGrants: [grant] };
      const names = bits(SUBJECTS.map((name) => matchesResource(resources, name, "read")));
      expect(bits(SUBJECTS.map((name) => matchesPrompt(prompts, name)))).toBe(names);
      return { resources, prompts, names };
    });
    for (const child of model) {
      for (const parent of model) {
        const narrower = contains(parent.names, child.names);
        if (
          isSubsetOf(child.resources, parent.resources) !== narrower ||
          isSubsetOf(child.prompts, parent.prompts) !== narrower
        ) {
          expect.unreachable(JSON.stringify([child.resources, parent.resources]));
        }
      }
    }
  });
});

const name = fc.constantFrom("a", "b", "*");
const operations = fc.subarray<Operation>(["invoke", "read_result", "delegate"]);
const amount: fc.Arbitrary<Money | null> = fc.option(
  fc.record({ units: fc.bigInt(0n, 5n), currency: fc.constantFrom("USD", "EUR") }),
);
const segment = fc.constantFrom("w", "w2", "x", "..", ".", "");
const path = fc.array(segment, { maxLength: 4 }).map((parts) => `/${parts.join("/")}`);
const domain = fc.constantFrom("a.io", "x.a.io", "b.io", "A.io.");

/** Constraints that every kernel decides alike. */
const constraint: fc.Arbitrary<Constraint> = fc.oneof(
  path.map((prefix) => constraintOf("path_prefix", prefix)),
  domain.map((value) => constraintOf("domain_exact", value)),
  fc.constantFrom("*.io", "*.a.io", "*").map((value) => constraintOf("domain_glob", value)),
  fc.nat(8).map((limit) => constraintOf("max_length", limit)),
  fc.nat(40).map((limit) => constraintOf("max_args_size", limit)),
  fc.constantFrom("1", "2").map((value) => constraintOf("custom", ["tier", value])),
  fc.subarray(["#ops", "#dev"]).map((list) => constraintOf("audience_allowlist", list)),
  fc.subarray(["s1", "s2"]).map((list) => constraintOf("memory_store_allowlist", list)),
);

const grant: fc.Arbitrary<ToolGrant> = fc.record({
  serverId: name,
  toolName: name,
  operations,
  constraints: fc.array(constraint, { maxLength: 2 }),
  maxInvocations: fc.option(fc.bigInt(0n, 5n)),
  maxCostPerInvocation: amount,
  maxTotalCost: amount,
  dpopRequired: fc.boolean(),
});

const given: fc.Arbitrary<JsonValue> = fc.record(
  {
    path,
    url: domain,
    tier: fc.constantFrom("1", "2"),
    to: fc.constantFrom("#ops", "#dev"),
    store: fc.constantFrom("s1", "s2"),
  },
  { requiredKeys: [] },
);

/** A narrower grant: each part is kept or tightened. */
function narrowed(parent: ToolGrant): fc.Arbitrary<ToolGrant> {
  const lower = (cap: bigint | null): fc.Arbitrary<bigint | null> =>
    cap === null ? fc.option(fc.bigInt(0n, 5n)) : fc.bigInt(0n, cap);
  const cheaper = (cap: Money | null): fc.Arbitrary<Money | null> =>
    cap === null
      ? amount
      : fc.bigInt(0n, cap.units).map((units) => ({ units, currency: cap.currency }));
  const within = (held: string): fc.Arbitrary<string> => (held === "*" ? name : fc.constant(held));
  return fc.record({
    serverId: within(parent.serverId),
    toolName: within(parent.toolName),
    operations: fc.subarray([...parent.operations]),
    constraints: fc.array(constraint, { maxLength: 1 }).chain((more) =>
      fc.shuffledSubarray([...parent.constraints, ...more], {
        minLength: parent.constraints.length + more.length,
      }),
    ),
    maxInvocations: lower(parent.maxInvocations),
    maxCostPerInvocation: cheaper(parent.maxCostPerInvocation),
    maxTotalCost: cheaper(parent.maxTotalCost),
    dpopRequired: parent.dpopRequired ? fc.constant(true) : fc.boolean(),
  });
}

const family = fc.array(grant, { minLength: 1, maxLength: 3 }).chain((parents) =>
  fc.tuple(
    fc.constant(scopeOf(...parents)),
    fc
      .array(
        fc.nat(parents.length - 1).chain((index) => narrowed(parents[index] ?? grantOf())),
        { maxLength: 3 },
      )
      .map((children) => scopeOf(...children)),
  ),
);

describe("P1 at random", () => {
  it("attenuating never widens", () => {
    fc.assert(
      fc.property(family, ([parent, child]) => {
        expect(isSubsetOf(child, parent)).toBe(true);
      }),
    );
  });

  it("a call that an attenuated scope matches is matched by its parent", () => {
    fc.assert(
      fc.property(family, name, name, given, ([parent, child], server, tool, call) => {
        expect(!matches(child, server, tool, call) || matches(parent, server, tool, call)).toBe(
          true,
        );
      }),
      { numRuns: 400 },
    );
  });

  it("a call that any subset matches is matched by its superset", () => {
    fc.assert(
      fc.property(grant, grant, name, name, given, (one, other, server, tool, call) => {
        fc.pre(isSubsetOf(scopeOf(one), scopeOf(other)));
        expect(
          !matches(scopeOf(one), server, tool, call) || matches(scopeOf(other), server, tool, call),
        ).toBe(true);
      }),
      { numRuns: 100, maxSkipsPerRun: 1000 },
    );
  });

  it("is reflexive, and transitive along attenuations", () => {
    const generations = grant.chain((first) =>
      narrowed(first).chain((second) =>
        narrowed(second).map((third) => [first, second, third] as const),
      ),
    );
    fc.assert(
      fc.property(generations, ([first, second, third]) => {
        expect(isSubsetOf(scopeOf(first), scopeOf(first))).toBe(true);
        expect(isSubsetOf(scopeOf(second), scopeOf(first))).toBe(true);
        expect(isSubsetOf(scopeOf(third), scopeOf(first))).toBe(true);
      }),
    );
  });

  it("widening any one part is seen", () => {
    const parent = grantOf({
      operations: ["invoke"],
      constraints: [PATH],
      maxInvocations: 5n,
      maxCostPerInvocation: usd(5n),
      maxTotalCost: usd(5n),
      dpopRequired: true,
    });
    const wider: readonly Partial<ToolGrant>[] = [
      { serverId: "*" },
      { toolName: "*" },
      { operations: ["invoke", "delegate"] },
      { constraints: [LENGTH] },
      { maxInvocations: 6n },
      { maxInvocations: null },
      { maxCostPerInvocation: usd(6n) },
      { maxCostPerInvocation: null },
      { maxTotalCost: usd(6n) },
      { maxTotalCost: null },
      { dpopRequired: false },
    ];
    fc.assert(
      fc.property(narrowed(parent), fc.constantFrom(...wider), (child, widening) => {
        expect(isSubsetOf(scopeOf({ ...child, ...widening }), scopeOf(parent))).toBe(false);
      }),
    );
  });

  it("a path inside a narrower prefix is inside the wider one", () => {
    fc.assert(
      fc.property(path, path, fc.array(segment, { maxLength: 3 }), (inner, outer, more) => {
        const narrower = `${outer}/${more.filter((part) => part !== "..").join("/")}`;
        expect(!isInside(inner, narrower) || isInside(inner, outer)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

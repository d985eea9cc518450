import { describe, expect, it } from "vitest";
import { NO_USAGE } from "../economics/model.ts";
import { evaluate } from "../evaluate.ts";
import type { Guard } from "../guards/guard.ts";
import type { JsonObject } from "../json/value.ts";
import { delegated } from "../testing/delegation.ts";
import {
  AGENT,
  AUTHORITY,
  contextWith,
  INVOKE,
  OTHER_SEED,
  policyWith,
  requestWith,
  START,
  tokenWith,
} from "../testing/evaluation.ts";
import type { DenyCode } from "./deny-codes.ts";
import { type Evaluation, type KernelContext, STEPS, type StepName } from "./model.ts";
import { isAllowance } from "./verdict.ts";

function denial(evaluation: Evaluation) {
  return evaluation.verdict.kind === "deny" ? evaluation.verdict.denial : null;
}

/** The step that denied; those before it passed or had nothing to do, those after it were not reached. */
function deniedAt(evaluation: Evaluation): StepName | undefined {
  const at = evaluation.trace.findIndex((step) => step.outcome === "denied");
  expect(evaluation.trace.map(({ step }) => step)).toEqual(STEPS);
  evaluation.trace.forEach(({ outcome }, index) => {
    const allowed = index < at ? ["passed", "not-applicable"] : ["not-reached"];
    if (index !== at) {
      expect(allowed).toContain(outcome);
    }
  });
  return evaluation.trace[at]?.step;
}

function at(seconds: number): Partial<KernelContext> {
  return { now: BigInt(seconds) * 1000n };
}

const ALLOWING: Guard = { name: "yes", check: () => ({ verdict: "allow" }) };

describe("an evaluation", () => {
  it("allows a call that every step lets pass", () => {
    const evaluation = evaluate(requestWith(), contextWith());
    expect(evaluation.verdict.kind === "allow" && isAllowance(evaluation.verdict)).toBe(true);
    expect(evaluation.trace.map(({ step, outcome }) => `${step}: ${outcome}`)).toEqual([
      "emergency-stop: passed",
      "token: passed",
      "revocation: passed",
      "delegation: not-applicable",
      "subject: passed",
      "rewrites: not-applicable",
      "scope: passed",
      "proof-of-possession: not-applicable",
      "registration: not-applicable",
      "guards: passed",
      "budget: not-applicable",
    ]);
    expect(evaluation.capability?.id).toBe("cap-1");
    expect(evaluation.grant?.index).toBe(0);
    expect(evaluation.hold).toBe(null);
    expect(evaluation.redacted).toBe(false);
    expect(evaluation.evidence.map(({ guard }) => guard)).toEqual(
      contextWith().policy.guards.map(({ name }) => name),
    );
  });

  const cases: readonly [StepName, DenyCode, string, () => Evaluation][] = [
    [
      "emergency-stop",
      "emergency-stop",
      "kernel emergency stop active",
      () => evaluate(requestWith(), contextWith({ emergencyStop: "drill" })),
    ],
    [
      "token",
      "no-capability",
      "a capability token is required",
      () => evaluate(requestWith(null), contextWith()),
    ],
    [
      "token",
      "capability-unreadable",
      "capability verification failed: cut",
      () =>
        evaluate(
          { ...requestWith(), capability: { kind: "unreadable", problem: "cut" } },
          contextWith(),
        ),
    ],
    [
      "token",
      "capability-unreadable",
      "capability verification failed: /",
      () => evaluate(requestWith(tokenWith({ issued_at: "soon" })), contextWith()),
    ],
    [
      "token",
      "untrusted-issuer",
      "capability issuer is not a trusted CA",
      () => evaluate(requestWith(tokenWith({}, OTHER_SEED)), contextWith()),
    ],
    [
      "token",
      "invalid-signature",
      "capability signature is invalid",
      () => evaluate(requestWith({ ...tokenWith(), id: "cap-2" }), contextWith()),
    ],
    [
      "token",
      "not-yet-valid",
      "capability not yet valid",
      () => evaluate(requestWith(), contextWith(at(START - 1))),
    ],
    [
      "token",
      "expired",
      "capability has expired",
      () => evaluate(requestWith(), contextWith(at(START + 3600))),
    ],
    [
      "token",
      "lifetime-exceeded",
      "capability lifetime of 3600 s exceeds the policy's 3599 s",
      () => evaluate(requestWith(), contextWith({ policy: longestLife(3599n) })),
    ],
    [
      "revocation",
      "revoked",
      "capability has been revoked: cap-1",
      () => evaluate(requestWith(), contextWith({ isRevoked: (id) => id === "cap-1" })),
    ],
    [
      "revocation",
      "issuer-revoked",
      `capability authority has been revoked: ${AUTHORITY}`,
      () => evaluate(requestWith(), contextWith({ isRevoked: (id) => id === AUTHORITY })),
    ],
    [
      "subject",
      "subject-mismatch",
      `request agent ${"0".repeat(64)} does not match capability subject ${AGENT}`,
      () => evaluate(requestWith(tokenWith(), { agentId: "0".repeat(64) }), contextWith()),
    ],
    [
      "scope",
      "out-of-scope",
      "requested tool other on server srv is not in capability scope",
      () => evaluate(requestWith(tokenWith(), { toolName: "other" }), contextWith()),
    ],
    [
      "scope",
      "constraint-invalid",
      "constraint evaluation failed: ",
      () => evaluate(constrained({ type: "no_such_constraint", value: 1 }), contextWith()),
    ],
    [
      "scope",
      "constraint-unchecked",
      "constraint evaluation failed: this kernel cannot check governed_intent_required",
      () => evaluate(constrained({ type: "governed_intent_required" }), contextWith()),
    ],
    [
      "proof-of-possession",
      "dpop-invalid",
      "DPoP proof verification failed: ",
      () => evaluate(granted({ dpop_required: true }), contextWith()),
    ],
    [
      "registration",
      "tool-not-registered",
      'tool not registered: server "srv" / tool "tool"',
      () => evaluate(requestWith(), contextWith({ isRegistered: () => false })),
    ],
    [
      "guards",
      "guard-denied",
      'guard "no" denied the request: because',
      () =>
        evaluate(
          requestWith(),
          contextWith(
            withGuard({
              name: "no",
              check: () => ({ verdict: "deny", reason: "because", pointer: null }),
            }),
          ),
        ),
    ],
    [
      "budget",
      "budget-exhausted",
      "invocation budget exhausted for capability cap-1",
      () =>
        evaluate(
          granted({ max_invocations: 3 }),
          contextWith({ usage: () => ({ ...NO_USAGE, invocations: 3n }) }),
        ),
    ],
  ];

  it.each(cases)("at %s denies with %s: %s", (step, code, reason, run) => {
    const evaluation = run();
    expect(deniedAt(evaluation)).toBe(step);
    expect(denial(evaluation)?.code).toBe(code);
    expect(denial(evaluation)?.reason.startsWith(reason)).toBe(true);
    expect(evaluation.hold).toBe(null);
    expect(denial(evaluation)?.guard).toBe(code === "guard-denied" ? "no" : "kernel");
  });

  it("honours a lifetime that is exactly as long as the policy allows", () => {
    const evaluation = evaluate(requestWith(), contextWith({ policy: longestLife(3600n) }));
    expect(evaluation.verdict.kind).toBe("allow");
  });

  it("uses the grants that it can check and leaves the others", () => {
    const approval = { ...INVOKE, constraints: [{ type: "governed_intent_required" }] };
    const token = tokenWith({ scope: { grants: [approval, INVOKE] } });
    const evaluation = evaluate(requestWith(token), contextWith());
    expect(evaluation.verdict.kind).toBe("allow");
    expect(evaluation.grant?.index).toBe(1);
  });

  it("holds what a call may cost, for the grant that has room", () => {
    const price = (units: number) => ({ units, currency: "USD" });
    const grants = [
      { ...INVOKE, max_cost_per_invocation: price(5), max_total_cost: price(10) },
      { ...INVOKE, tool_name: "*", max_cost_per_invocation: price(7) },
    ];
    const request = requestWith(tokenWith({ scope: { grants } }));
    const fresh = evaluate(request, contextWith());
    expect(fresh.hold).toMatchObject({ grantIndex: 0, units: 5n });
    expect(fresh.trace.at(-1)?.detail).toBe("held: 5");
    const seen: (number | undefined)[] = [];
    const watching: Guard = {
      name: "watching",
      check: ({ grant }) => {
        seen.push(grant?.index);
        return { verdict: "allow" };
      },
    };
    const spent = { ...NO_USAGE, invocations: 2n, realized: 6n, currency: "USD" };
    const used = evaluate(
      request,
      contextWith({
        ...withGuard(watching),
        usage: (id, index) => (id === "cap-1" && index === 0 ? spent : NO_USAGE),
      }),
    );
    expect(used.hold).toMatchObject({ grantIndex: 1, units: 7n });
    expect(used.grant?.index).toBe(1);
    expect(seen).toEqual([1]);
  });

  it("asks for the proof of possession when one of several grants does", () => {
    const scope = { grants: [INVOKE, { ...INVOKE, tool_name: "*", dpop_required: true }] };
    const evaluation = evaluate(requestWith(tokenWith({ scope })), contextWith());
    expect(deniedAt(evaluation)).toBe("proof-of-possession");
    expect(denial(evaluation)?.code).toBe("dpop-invalid");
  });

  it("names the best match where no grant has room", () => {
    const scope = {
      grants: [
        { ...INVOKE, tool_name: "*", max_invocations: 1 },
        { ...INVOKE, max_invocations: 1 },
      ],
    };
    const usage = () => ({ ...NO_USAGE, invocations: 1n });
    const evaluation = evaluate(requestWith(tokenWith({ scope })), contextWith({ usage }));
    expect(denial(evaluation)?.code).toBe("budget-exhausted");
    expect(evaluation.grant?.index).toBe(1);
  });

  it("says how many grants fit", () => {
    const scope = { grants: [INVOKE, { ...INVOKE, tool_name: "*" }] };
    const evaluation = evaluate(requestWith(tokenWith({ scope })), contextWith());
    const detail = evaluation.trace.find(({ step }) => step === "scope")?.detail;
    expect(detail).toBe("grants that fit: 2");
  });

  it("says how many links a delegated token came through", () => {
    const { token, agent, lineage } = delegated(2);
    const evaluation = evaluate(requestWith(token, { agentId: agent }), contextWith({ lineage }));
    expect(evaluation.verdict.kind).toBe("allow");
    const step = evaluation.trace.find(({ step }) => step === "delegation");
    expect(step).toMatchObject({ outcome: "passed", detail: "links: 2" });
  });

  it("judges and gives back the rewritten arguments", () => {
    const policy = policyWith((given) => ({
      ...given,
      rewrites: [{ kind: "redact", action: "mask", detect: ["email"], names: [] }],
    }));
    const seen: unknown[] = [];
    const watching: Guard = {
      name: "watching",
      check: ({ call }) => {
        seen.push(call.arguments);
        return { verdict: "allow" };
      },
    };
    const request = requestWith(tokenWith(), { arguments: { to: "alice@example.com" } });
    const evaluation = evaluate(
      request,
      contextWith({ policy: { ...policy, guards: [watching] } }),
    );
    expect(evaluation.verdict.kind).toBe("allow");
    expect(evaluation.redacted).toBe(true);
    expect(JSON.stringify(evaluation.arguments)).not.toContain("alice");
    expect(seen).toEqual([evaluation.arguments]);
    expect(evaluation.evidence).toHaveLength(policy.rewriters.length + 1);
    const clean = evaluate(requestWith(), contextWith({ policy: { ...policy, guards: [] } }));
    expect(clean.redacted).toBe(false);
    expect(clean.trace.find(({ step }) => step === "rewrites")?.detail).toBe("nothing to rewrite");
  });

  it("measures its steps when it is given a meter", () => {
    let time = 0;
    const evaluation = evaluate(requestWith(null), contextWith({ meter: () => time++ }));
    expect(evaluation.trace.map(({ milliseconds }) => milliseconds)).toEqual([
      1,
      1,
      ...STEPS.slice(2).map(() => null),
    ]);
    const broken = () => {
      throw new Error("no clock");
    };
    const unmeasured = evaluate(requestWith(), contextWith({ meter: broken }));
    expect(unmeasured.verdict.kind).toBe("allow");
    expect(unmeasured.trace[0]?.milliseconds).toBe(null);
    expect(evaluate(requestWith(), contextWith()).trace[0]?.milliseconds).toBe(null);
  });
});

function longestLife(maxCapabilityTtl: bigint) {
  return policyWith((policy) => ({ ...policy, kernel: { ...policy.kernel, maxCapabilityTtl } }));
}

function withGuard(guard: Guard): Partial<KernelContext> {
  return { policy: { ...contextWith().policy, guards: [ALLOWING, guard] } };
}

function granted(members: JsonObject) {
  return requestWith(tokenWith({ scope: { grants: [{ ...INVOKE, ...members }] } }));
}

function constrained(constraint: JsonObject) {
  return granted({ constraints: [constraint] });
}

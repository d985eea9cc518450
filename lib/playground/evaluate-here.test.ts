import { beforeAll, describe, expect, it } from "vitest";
import { signToken } from "@/kernel/capability/sign.ts";
import { verifySignature } from "@/kernel/crypto/ed25519.ts";
import { purePrimitives } from "@/kernel/crypto/sha256.ts";
import { asText, isObject, type JsonObject, member } from "@/kernel/json/value.ts";
import { inspectReceipt } from "@/kernel/receipt/inspect.ts";
import { checkClaim } from "@/kernel/signature.ts";
import { signerOf } from "@/kernel/signer.ts";
import { makeDemoKeys } from "./demo-keys.ts";
import { draftOfScenario } from "./draft.ts";
import { evaluateHere, type HerePorts } from "./evaluate-here.ts";
import { layOutJson } from "./json-layout.ts";
import type { JudgedOutcome, PlaygroundInput, PlaygroundOutcome } from "./model.ts";
import { SCENARIOS, type Scenario } from "./scenarios.ts";

let seeds = 0;
let ticks = 0;
const PORTS: HerePorts = {
  demo: makeDemoKeys((target) => {
    seeds += 1;
    target.fill(seeds);
  }),
  meter: () => {
    ticks += 1;
    return ticks;
  },
  nonce: () => "rcpt-demo-1",
};

function scenario(name: Scenario["name"], change: Partial<PlaygroundInput> = {}): PlaygroundInput {
  const found = SCENARIOS.find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is a scenario ${name}`);
  const { origin: _origin, ...texts } = draftOfScenario(found);
  return { ...texts, pinnedIssuers: null, ...change };
}

function judged(outcome: PlaygroundOutcome): JudgedOutcome {
  if (outcome.kind !== "judged") throw new Error(outcome.problems[0]?.message);
  return outcome;
}

function here(input: PlaygroundInput): JudgedOutcome {
  return judged(evaluateHere(input, PORTS));
}

function problems(input: PlaygroundInput) {
  const outcome = evaluateHere(input, PORTS);
  return outcome.kind === "unreadable" ? outcome.problems : [];
}

const AUTHORITY = signerOf(new Uint8Array(32).fill(77));

describe("the ready scenarios", () => {
  it("deny a topic that was not granted, and point at the tool", () => {
    const outcome = here(scenario("topic"));
    expect(outcome.denial).toMatchObject({ code: "out-of-scope", guard: "kernel" });
    expect(outcome.deciding).toEqual({ input: "request", line: 4 });
    expect(outcome.grants.map(({ lines }) => lines)).toEqual([
      { from: 7, to: 9 },
      { from: 10, to: 12 },
      { from: 13, to: 16 },
    ]);
    expect(outcome.grants.map(({ comparison }) => comparison.target)).toEqual([
      { server: true, tool: false, operation: true },
      { server: true, tool: false, operation: true },
      { server: false, tool: false, operation: true },
    ]);
  });

  it("deny a secret file in the argument of a tool that nobody knows, and point at it", () => {
    const outcome = here(scenario("path"));
    expect(outcome.denial).toMatchObject({ code: "guard-denied", guard: "forbidden-path" });
    expect(outcome.deciding).toEqual({ input: "request", line: 7 });
    expect(outcome.evidence.at(-1)).toMatchObject({ guard: "forbidden-path", verdict: false });
  });

  it("deny what the budget does not cover, and point at its limit", () => {
    const outcome = here(scenario("budget"));
    expect(outcome.denial).toMatchObject({ code: "budget-exhausted" });
    expect(outcome.exhausted).toEqual({
      kind: "cost",
      total: { units: 500_000n, currency: "EUR" },
      left: 8_000n,
      perCall: 15_000n,
    });
    expect(outcome.deciding?.input).toBe("capability");
  });

  it("allow the call once what was used leaves room, to the last unit", () => {
    const used = (invocations: string, spent: string) =>
      here(scenario("budget", { used: { invocations, spent } })).denial?.code ?? "allowed";
    expect(used("41", "485000")).toBe("allowed");
    expect(used("41", "485001")).toBe("budget-exhausted");
    expect(used("199", "")).toBe("allowed");
    expect(used("200", "")).toBe("budget-exhausted");
    expect(here(scenario("budget", { used: { invocations: "200", spent: "" } })).exhausted).toEqual(
      {
        kind: "invocations",
        limit: 200n,
      },
    );
  });
});

describe("the signature of a token", () => {
  const body = SCENARIOS[0]?.capability ?? {};
  const loaded = signToken(body, AUTHORITY);
  const own = (change: Partial<PlaygroundInput> = {}) =>
    scenario("topic", { capability: layOutJson(loaded), loaded, ...change });

  it("is made by a throw-away authority for a token that was written here", () => {
    const outcome = here(scenario("topic"));
    expect(outcome.signing).toEqual({ kind: "demo", edited: false });
    expect(outcome.capability?.issuer).toBe(PORTS.demo.authority.publicKey);
  });

  it("stays its issuer’s while nothing is edited, however it is laid out", () => {
    for (const capability of [layOutJson(loaded), JSON.stringify(loaded)]) {
      const outcome = here(own({ capability, pinnedIssuers: [AUTHORITY.publicKey] }));
      expect(outcome.signing).toEqual({ kind: "own", fits: true, issuer: "pinned" });
      expect(outcome.denial?.code).toBe("out-of-scope");
    }
  });

  it("is judged by the pinned authorities where there are any", () => {
    const other = signerOf(new Uint8Array(32).fill(78)).publicKey;
    const outcome = here(own({ pinnedIssuers: [other] }));
    expect(outcome.signing).toEqual({ kind: "own", fits: true, issuer: "not-pinned" });
    expect(outcome.denial?.code).toBe("untrusted-issuer");
    const lapsed = here(own({ pinnedIssuers: [] }));
    expect(lapsed.signing).toMatchObject({ issuer: "not-pinned" });
    expect(lapsed.denial?.code).toBe("untrusted-issuer");
    expect(here(own()).signing).toMatchObject({ issuer: "assumed" });
    expect(here(own()).denial?.code).toBe("out-of-scope");
  });

  it("is made again for an edited token, or kept to see that it does not fit", () => {
    const edited = layOutJson({ ...loaded, id: "cap-other" });
    const again = here(own({ capability: edited }));
    expect(again.signing).toEqual({ kind: "demo", edited: true });
    expect(again.denial?.code).toBe("out-of-scope");
    const kept = here(own({ capability: edited, signing: "own" }));
    expect(kept.signing).toEqual({ kind: "own", fits: false, issuer: "assumed" });
    expect(kept.denial?.code).toBe("invalid-signature");
    expect(kept.capability?.id).toBe("cap-other");
    expect(kept.grants).toHaveLength(3);
    expect(kept.deciding?.input).toBe("capability");
  });

  it("never makes a demo key trusted beside a token that was not edited", () => {
    const forged = signToken(body, PORTS.demo.authority);
    const outcome = here(
      scenario("topic", {
        capability: layOutJson(forged),
        loaded: forged,
        pinnedIssuers: [AUTHORITY.publicKey],
      }),
    );
    expect(outcome.denial?.code).toBe("untrusted-issuer");
  });

  it("is missing where no token is presented", () => {
    const outcome = here(scenario("topic", { capability: " \n" }));
    expect(outcome.denial?.code).toBe("no-capability");
    expect(outcome.signing).toEqual({ kind: "none" });
    expect(outcome.deciding).toBeNull();
    expect(here(scenario("topic", { capability: "[]" })).denial?.code).toBe(
      "capability-unreadable",
    );
  });
});

describe("the receipt that is made here", () => {
  let receipt: JsonObject = {};
  beforeAll(() => {
    receipt = here(scenario("topic")).receipt;
  });

  it("is a v1 receipt that verifies under the throw-away key", async () => {
    const inspection = inspectReceipt(receipt, purePrimitives);
    expect(inspection.form).toBe("v1");
    expect(inspection.checks.filter(({ outcome }) => outcome.kind === "failed")).toEqual([]);
    const { claim } = inspection;
    expect(
      claim && (await checkClaim(claim, { name: "exact", verify: verifySignature })),
    ).toMatchObject({ kind: "fits" });
    expect(asText(member(receipt, "kernel_key"))).toBe(PORTS.demo.kernel.publicKey);
  });

  it("says inside the signature that it is a demo", () => {
    const metadata = member(receipt, "metadata");
    expect(isObject(metadata) ? metadata["chio_explorer"] : null).toMatchObject({ demo: true });
  });
});

describe("what cannot be read", () => {
  it("is a problem with its place, never a verdict", () => {
    expect(problems(scenario("topic", { request: '{\n  "agent": ' }))).toMatchObject([
      { input: "request", message: "The request ends inside a value, line 2." },
    ]);
    expect(problems(scenario("topic", { capability: '{"a":1,"a":2}' }))).toMatchObject([
      { input: "capability", message: "The capability has a member twice, line 1." },
    ]);
    expect(problems(scenario("topic", { request: '{"agnet":"x"}' })).length).toBeGreaterThan(0);
    expect(problems(scenario("topic", { policy: "hushspec: [" }))).toMatchObject([
      { input: "policy" },
    ]);
  });

  it.each(["", "now", "-1", "1.5", "1e9", "9".repeat(19)])("is no time: %s", (clock) => {
    expect(problems(scenario("topic", { clock }))).toMatchObject([{ input: "clock" }]);
  });

  it("comes all at once", () => {
    const found = problems(
      scenario("topic", {
        capability: "{",
        request: "{",
        clock: "?",
        policy: "a: [",
        used: { invocations: "x", spent: "" },
      }),
    );
    expect(found.map(({ input }) => input)).toEqual([
      "capability",
      "request",
      "policy",
      "clock",
      "used",
    ]);
  });
});

describe("the clock and the policy", () => {
  it("decide with the token’s dates, start inclusive, end exclusive", () => {
    const at = (clock: number) => here(scenario("topic", { clock: String(clock) })).denial?.code;
    expect(at(1_776_297_599)).toBe("not-yet-valid");
    expect(at(1_776_297_600)).toBe("out-of-scope");
    expect(at(1_776_383_999)).toBe("out-of-scope");
    expect(at(1_776_384_000)).toBe("expired");
  });

  it("judge by the policy that is given", () => {
    const policy = 'hushspec: "0.1.0"\nname: "none"\nrules: {}\n';
    const outcome = here(scenario("path", { policy }));
    expect(outcome.policyHash).not.toBe(here(scenario("path")).policyHash);
    expect(outcome.guards).not.toContain("forbidden-path");
    expect(outcome.denial).toBeNull();
  });
});

import { describe, expect, it } from "vitest";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { asText, type JsonObject, member } from "@/kernel/json/value.ts";
import type { TrustKey } from "@/lib/session/model.ts";
import { knownCapability } from "@/lib/verification/known-capability.ts";
import type { PlacedRecord } from "@/lib/verification/members.ts";
import { makeDemoKeys } from "../demo-keys.ts";
import type { JudgedDenial, ReplayInput } from "./model.ts";
import { Replay } from "./replay-denials.ts";
import {
  AUTHORITY,
  KIND_COUNT,
  type SeededLog,
  seededLog,
  type Truth,
  truths,
} from "./testing/seeded-denials.ts";

const PORTS = { demo: makeDemoKeys((target) => target.fill(9)) };
const COUNT = 600;
const LOG = seededLog(COUNT, 7);

const PINNED: readonly TrustKey[] = [
  {
    role: "capability_authority",
    key: AUTHORITY.publicKey,
    fingerprint: "",
    note: "",
    validFrom: null,
    validUntil: null,
    retiredAt: null,
  },
];

const INPUT: ReplayInput = {
  capability: JSON.stringify(LOG.edited),
  loaded: LOG.loaded,
  signing: "demo",
  datesMadeUp: false,
  policy: null,
  pinned: PINNED,
};

function open(input: Partial<ReplayInput> = {}, log: SeededLog = LOG): Replay {
  const replay = Replay.open({ ...INPUT, ...input }, PORTS);
  if (!replay.ok) throw new Error(JSON.stringify(replay.error));
  const others = [...log.tokens, ...log.lineage].map(asRecord);
  for (const { value } of others) {
    const id = asText(member(value, "id")) ?? asText(member(value, "capability_id")) ?? "";
    const known = knownCapability(others, id);
    if (known !== null) replay.value.learn(id, known);
  }
  return replay.value;
}

function asRecord(value: JsonObject): PlacedRecord {
  const kind = Object.hasOwn(value, "signature") ? "capability" : "lineage";
  const place = { line: 0, offset: 0, length: 0, pointer: "", member: 0, unitStart: 0 };
  return {
    kind,
    value,
    signature: "none",
    innerFits: true,
    key: null,
    sha256: null,
    anchored: null,
    ...place,
  };
}

/** In the words of the truths. */
function told({ outcome }: JudgedDenial): Truth {
  switch (outcome.kind) {
    case "allowed":
      return "allowed";
    case "denied":
      return `denied ${outcome.code} ${outcome.guard}${outcome.byConstraint ? " by-constraint" : ""}`;
    case "not-evaluated":
      return `not-evaluated ${outcome.why}${outcome.why === "cause-left-out" ? ` ${outcome.cause}` : ""}`;
  }
}

describe("a replay", () => {
  it("tells of every denial what was decided when it was made", () => {
    const replay = open();
    const found = new Map<Truth, number>();
    for (const { receipt, truth, agentAssumed } of LOG.denials) {
      const judged = replay.judge(receipt);
      expect(told(judged), canonicalize(receipt)).toBe(truth);
      expect(judged.agentAssumed, canonicalize(receipt)).toBe(agentAssumed);
      found.set(truth, (found.get(truth) ?? 0) + 1);
    }
    expect(found).toEqual(truths(LOG.denials));
    expect(KIND_COUNT).toBeGreaterThan(25);
    expect([...found.values()].reduce((sum, count) => sum + count, 0)).toBe(COUNT);
  });

  const payment = LOG.denials[0]?.receipt ?? {};

  it("allows nothing that the token as it was loaded does not cover", () => {
    const replay = open({ capability: JSON.stringify(LOG.loaded) });
    expect(told(replay.judge(payment))).toBe("denied out-of-scope kernel");
  });

  it("takes the edited token for its own id alone", () => {
    const other = { ...LOG.edited, id: "cap-other" };
    expect(told(open({ capability: JSON.stringify(other) }).judge(payment))).toBe(
      "denied out-of-scope kernel",
    );
    const bare = Replay.open({ ...INPUT, capability: JSON.stringify(other) }, PORTS);
    expect(bare.ok && told(bare.value.judge(payment))).toBe("not-evaluated capability-not-loaded");
    expect(told(open({ capability: "" }).judge(payment))).toBe("denied out-of-scope kernel");
    expect(told(open({ capability: "{" }).judge(payment))).toBe("denied out-of-scope kernel");
    expect(told(open({ capability: "[]" }).judge(payment))).toBe("denied out-of-scope kernel");
  });

  it("holds an edited token to its old signature when that is asked for", () => {
    const edited = { ...LOG.loaded, scope: member(LOG.edited, "scope") ?? {} };
    const capability = JSON.stringify(edited);
    expect(told(open({ capability, signing: "own" }).judge(payment))).toBe(
      "denied invalid-signature kernel",
    );
    expect(told(open({ capability }).judge(payment))).toBe("allowed");
  });

  it("trusts a pinned authority inside its window, and no other as soon as one is pinned", () => {
    const at = 1_776_297_660;
    const allowed = LOG.denials.find(
      ({ receipt, truth }) => truth === "allowed" && member(receipt, "capability_id") === "cap-all",
    )?.receipt;
    const stamp = Number(member(allowed ?? {}, "timestamp"));
    expect(stamp).toBeGreaterThanOrEqual(at);
    const within = (change: Partial<TrustKey>) =>
      told(open({ pinned: PINNED.map((key) => ({ ...key, ...change })) }).judge(allowed));
    expect(within({})).toBe("allowed");
    expect(within({ validUntil: stamp + 1, validFrom: stamp })).toBe("allowed");
    expect(within({ validUntil: stamp })).toBe("denied untrusted-issuer kernel");
    expect(within({ validFrom: stamp + 1 })).toBe("denied untrusted-issuer kernel");
    expect(within({ key: "ab".repeat(32) })).toBe("denied untrusted-issuer kernel");
    // A key that is pinned for something else pins no authority.
    expect(within({ role: "kernel", key: "ab".repeat(32) })).toBe("allowed");
  });

  it("judges by the policy that is given, and refuses one that cannot be read", () => {
    const secret = LOG.denials.find(({ truth }) => truth.endsWith("forbidden-path"))?.receipt;
    expect(
      told(open({ policy: 'hushspec: "0.1.0"\nname: "none"\nrules: {}\n' }).judge(secret)),
    ).toBe("allowed");
    const refused = Replay.open({ ...INPUT, policy: "hushspec: [" }, PORTS);
    expect(refused).toMatchObject({ ok: false, error: [{ input: "policy" }] });
  });

  it("leaves a guard that counts calls out, however many calls come", () => {
    const policy =
      "kernel: {}\nguards:\n  velocity:\n    enabled: true\n    max_invocations_per_window: 1\n    window_secs: 3600\n";
    const replay = open({ policy });
    const twice = [payment, payment].map((receipt) => told(replay.judge(receipt)));
    expect(twice).toEqual(["allowed", "allowed"]);
  });

  it("holds no denial to dates that were made up with a template", () => {
    const template = {
      ...LOG.edited,
      id: "cap-nowhere",
      issued_at: 1_000,
      expires_at: 8_200,
      scope: { grants: [{ server_id: "files", tool_name: "*", operations: ["invoke"] }] },
    };
    const missing = LOG.denials.find(({ truth }) => truth.endsWith("not-loaded"))?.receipt;
    const capability = JSON.stringify(template);
    expect(told(open({ capability, loaded: null }).judge(missing))).toBe("denied expired kernel");
    expect(told(open({ capability, loaded: null, datesMadeUp: true }).judge(missing))).toBe(
      "allowed",
    );
  });

  it("says that a record is lost where there is none", () => {
    expect(told(open().judge(undefined))).toBe("not-evaluated record-lost");
    expect(told(open().judge("text"))).toBe("not-evaluated record-lost");
  });
});

import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../json/value.ts";
import {
  BODY,
  codes,
  HASH,
  inspect,
  MEDIATED,
  notes,
  preimage,
  SEED,
} from "../testing/receipts.ts";
import { actionOf, signPreV1, signV1 } from "./sign.ts";
import { verdictObject } from "./verdict-object.ts";

describe("content checks", () => {
  it("show the recorded hash as expected and the computed one as actual", () => {
    const signed = signV1(MEDIATED, SEED);
    const changed = { ...signed, action: { ...actionOf({ amount: "120.00" }), parameters: {} } };
    const failed = inspect(changed).checks.flatMap(({ outcome }) =>
      outcome.kind === "failed" ? [outcome] : [],
    );
    expect(failed.map(({ code, expected }) => [code, expected])).toEqual([
      ["HSH-001", actionOf({ amount: "120.00" })["parameter_hash"]],
      ["HSH-002", signed["id"]],
    ]);
    expect(failed[0]?.actual).toBe(actionOf({})["parameter_hash"]);
  });

  it("leaves the parameter hash of a receipt derived from an HTTP receipt alone", () => {
    const derived = {
      ...BODY,
      tool_server: "http",
      action: { parameters: {}, parameter_hash: HASH },
    };
    const inspection = inspect(signPreV1(derived, SEED));
    expect(codes(inspection)).toEqual([]);
    expect(notes(inspection)).toEqual(["HSH-003 /action/parameter_hash"]);
  });

  it.each<readonly [string, JsonObject]>([
    ["/receipt_kind", { receipt_kind: "other" }],
    ["/boundary_class", { boundary_class: "cannot_see" }],
    ["/trust_level", { trust_level: "verified" }],
    ["/decision", { decision: "allow" }],
    ["/decision", { decision: null }],
    ["/observation_outcome", { observation_outcome: "observed" }],
    ["/bbs_signature", { bbs_projection_version: "chio.bbs-projection.receipt.v1" }],
    [
      "/decision",
      { receipt_kind: "trace_observation", boundary_class: "detect_only", trust_level: "verified" },
    ],
  ])("refuses a v1 receipt whose %s does not belong there", async (pointer, change) => {
    const inspection = inspect(signV1({ ...MEDIATED, ...change }, SEED));
    expect(await preimage(inspection)).toBe("normal");
    const failed = inspection.checks.flatMap(({ outcome }) =>
      outcome.kind === "failed" ? [`${outcome.code} ${outcome.pointer}`] : [],
    );
    expect(failed).toEqual([`SIG-003 ${pointer}`]);
    expect(verdictObject(inspection, true, true)["authorized"]).toBe(false);
  });

  it("authorises only a coherent, trusted, allowed decision", () => {
    const inspection = inspect(signV1(MEDIATED, SEED));
    expect(verdictObject(inspection, true, true)).toMatchObject({ ok: true, authorized: true });
    expect(verdictObject(inspection, true, false)).toMatchObject({ ok: false, authorized: false });
    const undecided = inspect(signPreV1({ ...BODY, decision: null }, SEED));
    expect(undecided.facts.resultLabel).toBe("Invalid");
  });
});

describe("hostile members", () => {
  it("read own members only and never throw", () => {
    const hostile: readonly JsonValue[] = [null, true, 1, 2n ** 64n - 1n, "x", [], [null], {}];
    const receipt = signV1(MEDIATED, SEED);
    for (const name of Object.keys(receipt)) {
      for (const value of hostile) {
        const inspection = inspect({ ...receipt, [name]: value });
        inspection.leafCandidates().map(({ bytes }) => bytes());
        inspection.claim?.preimages.map(({ bytes }) => bytes());
        inspection.coverage("raw");
        expect(inspection.coverage().length).toBeGreaterThan(0);
      }
    }
    const polluted: JsonObject = Object.fromEntries([
      ...Object.entries(receipt),
      ["__proto__", { decision: { verdict: "allow" } }],
    ]);
    expect(notes(inspect(polluted))).toEqual(["FMT-008 /__proto__"]);
  });
});

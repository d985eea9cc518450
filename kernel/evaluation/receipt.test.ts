import { describe, expect, it } from "vitest";
import { evaluate } from "../evaluate.ts";
import { isObject, type JsonObject, member } from "../json/value.ts";
import {
  AGENT,
  AUTHORITY,
  callWith,
  contextWith,
  KERNEL_SEED,
  policyWith,
  requestWith,
  START,
} from "../testing/evaluation.ts";
import { codes, inspect, notes, preimage } from "../testing/receipts.ts";
import { DENY, type DenyCode } from "./deny-codes.ts";
import type { Allowance, Evaluation } from "./model.ts";
import {
  type CallOutcome,
  NO_CAPABILITY,
  type ReceiptFactsInput,
  reasonUrn,
  receiptBody,
  signReceipt,
} from "./receipt.ts";

const NULL_HASH = "74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b";

function allowed(evaluation: Evaluation, output: JsonObject | null = null): CallOutcome {
  if (evaluation.verdict.kind !== "allow") {
    throw new Error(evaluation.verdict.denial.reason);
  }
  return { kind: "allowed", allowance: evaluation.verdict, output, outputRedacted: false };
}

function denied(code: DenyCode, guard = "kernel"): CallOutcome {
  return { kind: "denied", denial: { code, guard, reason: "because", pointer: null } };
}

function bodyOf(
  evaluation: Evaluation,
  outcome: CallOutcome,
  over: Partial<ReceiptFactsInput> = {},
) {
  return receiptBody({
    call: callWith(),
    evaluation,
    outcome,
    timestamp: BigInt(START),
    policyHash: "ab".repeat(32),
    nonce: "rcpt-0001",
    parent: null,
    metadata: {},
    demo: false,
    ...over,
  });
}

const ALLOWED = evaluate(requestWith(), contextWith());
const NO_TOKEN = evaluate(requestWith(null), contextWith());

function metadataOf(body: JsonObject, name: string): JsonObject {
  const metadata = member(body, "metadata");
  const found = isObject(metadata) ? member(metadata, name) : undefined;
  return isObject(found) ? found : {};
}

describe("the receipt of a call", () => {
  it("says what was allowed, by whom and with which evidence", () => {
    const body = bodyOf(ALLOWED, allowed(ALLOWED));
    expect(body).toMatchObject({
      timestamp: START,
      capability_id: "cap-1",
      tool_server: "srv",
      tool_name: "tool",
      action: { parameters: { text: "hello" } },
      decision: { verdict: "allow" },
      receipt_kind: "mediated_decision",
      boundary_class: "prevent",
      trust_level: "mediated",
      redaction_mode: "none",
      content_hash: NULL_HASH,
      policy_hash: "ab".repeat(32),
    });
    expect(member(body, "evidence")).toEqual(
      ALLOWED.evidence.map(({ guard, details }) => ({
        guard_name: guard,
        verdict: true,
        ...(details === null ? {} : { details }),
      })),
    );
    expect(metadataOf(body, "attribution")).toEqual({
      subject_key: AGENT,
      issuer_key: AUTHORITY,
      delegation_depth: 0,
      grant_index: 0,
    });
    expect(metadataOf(body, "chio_explorer")).toEqual({
      boundary: "tool",
      request_id: "req-1",
      reason_code: "urn:chio:error:none",
    });
  });

  it("hashes what was delivered", () => {
    const body = bodyOf(ALLOWED, allowed(ALLOWED, { b: 1, a: 2 }));
    expect(member(body, "content_hash")).toBe(
      "d3626ac30a87e6f7a6428233b3c68299976865fa5508e4267c5415c76af7a772",
    );
  });

  it("says who denied and why; nothing was delivered and nothing is attributed", () => {
    const body = bodyOf(NO_TOKEN, denied("no-capability"));
    expect(member(body, "decision")).toEqual({
      verdict: "deny",
      reason: "because",
      guard: "kernel",
    });
    expect(member(body, "capability_id")).toBe(NO_CAPABILITY);
    expect(member(body, "content_hash")).toBe(NULL_HASH);
    expect(Object.hasOwn(body, "evidence")).toBe(false);
    expect(metadataOf(body, "attribution")).toEqual({});
  });

  it("names its parent as the caller's word", () => {
    const parent = { receiptId: "p-1", requestId: null, chainId: null };
    const chainOf = (over: Partial<ReceiptFactsInput>) =>
      metadataOf(bodyOf(ALLOWED, allowed(ALLOWED), over), "governed_transaction");
    expect(chainOf({ parent })).toEqual({
      call_chain: {
        chainId: "p-1",
        parentRequestId: "p-1",
        parentReceiptId: "p-1",
        originSubject: AGENT,
        delegatorSubject: AGENT,
        evidenceClass: "asserted",
        evidenceSources: [],
      },
    });
    expect(chainOf({ parent, call: callWith({ sessionId: "s" }) })).toMatchObject({
      call_chain: { chainId: "s" },
    });
    expect(
      chainOf({ parent: { receiptId: "p-1", requestId: "r-1", chainId: "c-1" } }),
    ).toMatchObject({ call_chain: { chainId: "c-1", parentRequestId: "r-1" } });
    expect(chainOf({})).toEqual({});
  });

  it("keeps the model's metadata, what the shell adds, and the mark of a demo", () => {
    const call = callWith({ model: { modelId: "m", safetyTier: "high" } });
    const body = bodyOf(ALLOWED, allowed(ALLOWED), {
      call,
      demo: true,
      metadata: { financial: { cost_charged: 1 }, chio_explorer: { demo: false } },
    });
    expect(metadataOf(body, "model_metadata")).toEqual({ model_id: "m", safety_tier: "high" });
    expect(metadataOf(body, "financial")).toEqual({ cost_charged: 1 });
    expect(member(metadataOf(body, "chio_explorer"), "demo")).toBe(true);
    expect(metadataOf(bodyOf(ALLOWED, allowed(ALLOWED)), "model_metadata")).toEqual({});
  });

  it("says when arguments or results were redacted", () => {
    const policy = policyWith((given) => ({
      ...given,
      rewrites: [{ kind: "redact", action: "mask", detect: [], names: ["text"] }],
    }));
    const masked = evaluate(requestWith(), contextWith({ policy }));
    const input = allowed(masked);
    const output: CallOutcome = { ...allowed(ALLOWED), outputRedacted: true } as CallOutcome;
    expect(member(bodyOf(masked, input), "redaction_mode")).toBe("redacted");
    expect(member(bodyOf(ALLOWED, output), "redaction_mode")).toBe("redacted");
    expect(reasonUrn(masked, input)).toBe("urn:chio:error:guard:input-redacted");
    expect(reasonUrn(ALLOWED, output)).toBe("urn:chio:error:guard:output-redacted");
    expect(JSON.stringify(bodyOf(masked, input))).not.toContain("hello");
  });

  it("knows calls that were cut short", () => {
    for (const [kind, urn] of [
      ["incomplete", "urn:chio:error:kernel:request-incomplete"],
      ["cancelled", "urn:chio:error:kernel:request-cancelled"],
    ] as const) {
      const outcome: CallOutcome = { kind, reason: "cut" };
      expect(member(bodyOf(ALLOWED, outcome), "decision")).toEqual({
        verdict: kind,
        reason: "cut",
      });
      expect(reasonUrn(ALLOWED, outcome)).toBe(urn);
    }
  });

  it("cannot be written for an allow that no evaluation gave", () => {
    const forged = { kind: "allow" } as Allowance;
    const outcome: CallOutcome = {
      kind: "allowed",
      allowance: forged,
      output: null,
      outputRedacted: false,
    };
    expect(() => bodyOf(ALLOWED, outcome)).toThrow("no evaluation gave");
  });

  const signed: readonly (readonly [string, Evaluation, CallOutcome])[] = [
    ["allow", ALLOWED, allowed(ALLOWED, { a: "é" })],
    ...Object.keys(DENY).map((code) => [code, NO_TOKEN, denied(code as DenyCode)] as const),
    ["incomplete", ALLOWED, { kind: "incomplete", reason: "cut" }],
  ];

  it.each(signed)("verifies in both forms: %s", async (_, evaluation, outcome) => {
    const body = bodyOf(evaluation, outcome, {
      parent: { receiptId: "p-1", requestId: null, chainId: null },
    });
    for (const form of ["v1", "pre-v1"] as const) {
      const inspection = inspect(signReceipt(body, form, KERNEL_SEED));
      expect(inspection.form).toBe(form);
      expect(codes(inspection)).toEqual([]);
      expect(notes(inspection)).toEqual([]);
      expect(await preimage(inspection)).toBe("normal");
    }
  });

  it("gets an id from its content in the v1 form, and its own before", () => {
    const body = bodyOf(ALLOWED, allowed(ALLOWED));
    expect(member(signReceipt(body, "pre-v1", KERNEL_SEED), "id")).toBe("rcpt-0001");
    const one = member(signReceipt(body, "v1", KERNEL_SEED), "id");
    const other = member(signReceipt({ ...body, id: "rcpt-0002" }, "v1", KERNEL_SEED), "id");
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(other).not.toBe(one);
  });
});

import { describe, expect, it } from "vitest";
import { publicKeyOf, sign } from "../crypto/ed25519.ts";
import { purePrimitives } from "../crypto/sha256.ts";
import { toHex, utf8 } from "../encoding.ts";
import { canonicalize, canonicalizeCcEscape } from "../json/canonicalize.ts";
import type { JsonObject, JsonValue } from "../json/value.ts";
import { checkClaim } from "../signature.ts";
import { exactBackend } from "../testing/exact-backend.ts";
import { detectForm } from "./detect.ts";
import { inspectReceipt, type ReceiptInspection } from "./inspect.ts";
import { actionOf, signChild, signHttp, signPreV1, signV1 } from "./sign.ts";
import { verdictObject } from "./verdict-object.ts";

const SEED = new Uint8Array(32).fill(0x31);
const KEY = toHex(publicKeyOf(SEED));
const HASH = "cd".repeat(32);

const BODY: JsonObject = {
  id: "rcpt-1",
  timestamp: 1776270871,
  capability_id: "cap-1",
  tool_server: "payments",
  tool_name: "approve_charge",
  action: actionOf({ amount: "120.00" }),
  decision: { verdict: "allow" },
  content_hash: HASH,
  policy_hash: "policy",
};
const MEDIATED: JsonObject = {
  ...BODY,
  receipt_kind: "mediated_decision",
  boundary_class: "prevent",
  trust_level: "mediated",
};

function signedText(text: string): string {
  return toHex(sign(SEED, utf8(text)));
}

function signedRaw(body: JsonObject): JsonObject {
  return { ...body, signature: signedText(canonicalize(body)) };
}

async function preimage(inspection: ReceiptInspection): Promise<string> {
  if (inspection.claim === null) {
    return "no claim";
  }
  const outcome = await checkClaim(inspection.claim, exactBackend);
  return outcome.kind === "fits" ? outcome.preimage : outcome.kind;
}

function inspect(receipt: JsonObject): ReceiptInspection {
  return inspectReceipt(receipt, purePrimitives);
}

function codes(inspection: ReceiptInspection): readonly string[] {
  return inspection.checks.flatMap(({ outcome }) =>
    outcome.kind === "failed" ? [outcome.code] : [],
  );
}

function notes(inspection: ReceiptInspection): readonly string[] {
  return inspection.notes.map(({ code, pointer }) => `${code} ${pointer}`);
}

describe("detectForm", () => {
  const receipts = {
    "pre-v1": signPreV1(BODY, SEED),
    v1: signV1(MEDIATED, SEED),
    child: signChild(
      {
        id: "c",
        timestamp: 1,
        session_id: "s",
        parent_request_id: "p",
        request_id: "r",
        operation_kind: "heartbeat",
        terminal_state: { state: "completed" },
        outcome_hash: HASH,
        policy_hash: "p",
      },
      SEED,
    ),
    http: signHttp(
      {
        id: "h",
        request_id: "r",
        route_pattern: "/a",
        method: "GET",
        caller_identity_hash: HASH,
        verdict: { verdict: "allow" },
        response_status: 200,
        timestamp: 1,
        content_hash: HASH,
        policy_hash: "p",
      },
      SEED,
    ),
  };

  it.each(Object.entries(receipts))("%s survives the loss of any member", (form, receipt) => {
    expect(detectForm(receipt)).toBe(form);
    for (const name of Object.keys(receipt)) {
      const { [name]: _removed, ...rest } = receipt;
      expect([name, detectForm(rest)]).not.toEqual([name, null]);
      expect([name, detectForm({ ...rest, [name]: 1 })]).not.toEqual([name, null]);
    }
  });

  it.each<readonly [string, JsonObject]>([
    ["a token", { id: "c", issuer: KEY, subject: KEY, scope: {}, issued_at: 1, signature: "" }],
    ["a checkpoint", { body: { kernel_key: KEY, merkle_root: HASH }, signature: "" }],
    ["a flattened checkpoint", { kernel_key: KEY, tree_size: 1, merkle_root: HASH, signature: "" }],
    [
      "a dead letter",
      {
        version: "chio-streaming/dlq/v1",
        request_id: "r",
        verdict: "deny",
        reason: "x",
        guard: "g",
        receipt_id: "i",
      },
    ],
    [
      "an audit row",
      {
        receipt_id: "r",
        capability_id: "c",
        tool_id: "t",
        decision: "allow",
        policy_hash: "p",
        timestamp: "t",
      },
    ],
    [
      "a store's columns",
      {
        receipt_id: "r",
        capability_id: "c",
        tool_server: "s",
        tool_name: "n",
        policy_hash: "p",
        content_hash: "h",
      },
    ],
    ["a log line", { level: "info", message: "signature ok", timestamp: 1 }],
  ])("leaves %s alone", (_, value) => {
    expect(detectForm(value)).toBeNull();
  });
});

describe("readings", () => {
  const dashed: JsonObject = { ...BODY, metadata: { note: "a\u007fb\u0085c" } };

  it("names the older escape dialect", async () => {
    const key = { ...dashed, kernel_key: KEY };
    const receipt = { ...key, signature: signedText(canonicalizeCcEscape(key)) };
    expect(await preimage(inspect(receipt))).toBe("cc-escape");
    expect(inspect(signPreV1(dashed, SEED)).claim?.preimages.map(({ name }) => name)).toEqual([
      "normal",
      "cc-escape",
    ]);
    expect(inspect(signPreV1(BODY, SEED)).claim?.preimages).toHaveLength(1);
  });

  it("names a signature over the members as received, unknown ones included", async () => {
    const receipt = signedRaw({ ...BODY, kernel_key: KEY, evidence: [], extra: "signed" });
    const inspection = inspect(receipt);
    expect(await preimage(inspection)).toBe("raw");
    expect(notes(inspection)).toEqual(["FMT-008 /extra"]);
    const extra = (name: "normal" | "raw") =>
      inspection.coverage(name).find(({ pointer }) => pointer === "/extra")?.coverage;
    expect([extra("normal"), extra("raw")]).toEqual(["not-covered", "covered"]);
  });

  it("reads the documentation form as spelled first, then without prefixes", async () => {
    const example: JsonObject = {
      ...BODY,
      decision: "allow",
      content_hash: `sha256:${HASH}`,
      evidence: [{ guard: "forbidden-path", verdict: "allow" }],
      kernel_key: `ed25519:pub:${KEY}`,
    };
    const spelled = inspect({
      ...example,
      signature: `ed25519:${signedText(canonicalize(example))}`,
    });
    expect(spelled.form).toBe("documentation");
    expect(await preimage(spelled)).toBe("raw");
    expect(spelled.facts.decision).toBe("allow");
    expect(spelled.facts.evidence).toEqual([
      { guard: "forbidden-path", verdict: true, details: null },
    ]);
    const bare = { ...example, content_hash: HASH, kernel_key: KEY };
    const stripped = inspect({ ...example, signature: signedText(canonicalize(bare)) });
    expect(await preimage(stripped)).toBe("stripped");
    const april = signPreV1({ ...BODY, evidence: [], trust_level: "mediated" }, SEED);
    const prefixed = inspect({ ...april, kernel_key: `ed25519:${KEY}` });
    expect(await preimage(prefixed)).toBe("stripped");
  });

  it("cannot check an abbreviated example, and does not call a damaged key one", () => {
    const example: JsonObject = { ...BODY, decision: "allow", signature: "ed25519:ab12...ef" };
    for (const key of ["ed25519:pub:12ab...90", "kernel-prod-01"]) {
      const inspection = inspect({ ...example, kernel_key: key });
      expect(notes(inspection)).toEqual(["SIG-008 /kernel_key"]);
      expect(codes(inspection)).toEqual([]);
    }
    const damaged = { ...signPreV1(BODY, SEED), kernel_key: `x${KEY.slice(1)}` };
    expect(codes(inspect(damaged))).toEqual(["SIG-001"]);
    expect(codes(inspect({ ...damaged, decision: "allow" }))).toEqual(["SIG-001"]);
  });

  it("calls a hybrid signature unsupported, never a misfit", async () => {
    const key = `hybrid:${KEY}:${"00".repeat(1952)}:ed25519+mldsa65`;
    const signature = `hybrid:${"00".repeat(64)}:${"00".repeat(3309)}:ed25519+mldsa65`;
    expect(await preimage(inspect({ ...BODY, kernel_key: key, signature }))).toBe("unsupported");
  });
});

describe("content checks", () => {
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

describe("synthetic denials", () => {
  const synthetic: JsonObject = {
    ...BODY,
    id: "chio-streaming-synth-0123456789",
    decision: { verdict: "deny", reason: "[unsigned] down", guard: "chio-streaming-sidecar" },
    kernel_key: "",
    signature: "",
    policy_hash: "",
    metadata: { chio_streaming_synthetic: true },
  };

  it("are a class of their own without a failing check", () => {
    const inspection = inspect(synthetic);
    expect(inspection.synthetic).toBe(true);
    expect(inspection.claim).toBeNull();
    expect(codes(inspection)).toEqual([]);
    expect(notes(inspection)).toEqual(["SIG-005 "]);
  });

  it.each<readonly [string, JsonObject]>([
    ["an authorisation", { decision: { verdict: "allow" } }],
    ["a damaged signature", { signature: "00", kernel_key: KEY }],
    ["an absent signature", { signature: null }],
    ["an unmarked row", { id: "rcpt-1", metadata: null }],
  ])("do not shelter %s", (_, change) => {
    const inspection = inspect({ ...synthetic, ...change });
    expect(inspection.synthetic).toBe(false);
    expect(codes(inspection)).toContain("SIG-001");
  });
});

describe("coverage", () => {
  it("lists every member once, in the record's order", () => {
    const receipt = {
      ...signPreV1({ ...BODY, action: actionOf({ amount: "12", currency: "EUR" }) }, SEED),
      trust_level: "mediated",
      note: "reviewed",
      algorithm: "ed25519",
    };
    const lines = inspect(receipt)
      .coverage()
      .map(({ pointer, coverage, reason }) => `${pointer} ${coverage} ${reason}`.trim());
    expect(lines).toEqual([
      "/id covered",
      "/timestamp covered",
      "/capability_id covered",
      "/tool_server covered",
      "/tool_name covered",
      "/action/parameters/amount covered",
      "/action/parameters/currency covered",
      "/action/parameter_hash covered",
      "/decision/verdict covered",
      "/content_hash covered",
      "/policy_hash covered",
      "/kernel_key covered",
      "/signature not-covered the signature itself",
      "/trust_level left-out default, left out",
      "/note not-covered extra field",
      "/algorithm not-covered a hint",
    ]);
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

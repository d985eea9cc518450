import { describe, expect, it } from "vitest";
import { readAnswer, requestBody, type Sent } from "./send-to-server.ts";

const TOKEN = { id: "cap-1", signature: "ab" };
const SENT: Sent = {
  capability: '{"id":"cap-1"}',
  request: '{"tool":"t","n":18446744073709551615}',
  policy: null,
  presented: { token: TOKEN, trustedIssuers: ["cd"] },
};

describe("what is sent", () => {
  it("is the token as it was signed here, and the call with its integers exact", () => {
    expect(requestBody(SENT, "dry-run")).toBe(
      '{"capability":{"id":"cap-1","signature":"ab"},"mode":"dry-run",' +
        '"request":{"n":18446744073709551615,"tool":"t"},"trusted_issuers":["cd"]}',
    );
  });

  it("holds policy and issuers in a dry run alone: live is judged by the server’s", () => {
    const sent = { ...SENT, policy: '{"guards":{}}' };
    expect(requestBody(sent, "dry-run")).toContain('"policy":{"guards":{}}');
    expect(requestBody(sent, "live")).toBe(
      '{"capability":{"id":"cap-1","signature":"ab"},"mode":"live",' +
        '"request":{"n":18446744073709551615,"tool":"t"}}',
    );
    expect(requestBody({ ...SENT, policy: "a: 1\n" }, "dry-run")).toContain('"policy":"a: 1\\n"');
  });

  it("leaves an absent capability absent, and sends one that is no token as it stands", () => {
    const presented = { token: null, trustedIssuers: [] };
    expect(requestBody({ ...SENT, presented, capability: " " }, "dry-run")).toBe(
      '{"mode":"dry-run","request":{"n":18446744073709551615,"tool":"t"}}',
    );
    expect(requestBody({ ...SENT, presented, capability: "[1]" }, "live")).toContain(
      '"capability":"[1]"',
    );
  });

  it("is nothing where the request is no JSON", () => {
    expect(requestBody({ ...SENT, request: "{" }, "live")).toBeNull();
  });
});

describe("what comes back", () => {
  it("is a verdict with its receipt", () => {
    const body = JSON.stringify({
      verdict: { verdict: "deny", guard: "egress-allowlist", reason: "host" },
      receipt: { id: "ab12" },
    });
    expect(readAnswer(200, body)).toMatchObject({
      kind: "verdict",
      verdict: "deny",
      guard: "egress-allowlist",
      reason: "host",
      receiptId: "ab12",
    });
    expect(readAnswer(200, '{"verdict":"allow","receipt_id":"cd"}')).toMatchObject({
      verdict: "allow",
      receiptId: "cd",
      receipt: null,
    });
  });

  it("is an error with the code that the server gives, or its status", () => {
    expect(readAnswer(400, '{"error":{"code":"policy-not-allowed","message":"not live"}}')).toEqual(
      { kind: "error", code: "policy-not-allowed", message: "not live" },
    );
    expect(readAnswer(400, '{"error":"chio_bad_request","message":"no"}')).toEqual({
      kind: "error",
      code: "chio_bad_request",
      message: "no",
    });
    expect(readAnswer(502, "<html>")).toMatchObject({ kind: "error", code: "http-502" });
    expect(readAnswer(200, "{}")).toMatchObject({ kind: "error", code: "http-200" });
  });

  it("is never an allow that comes with an error’s status", () => {
    expect(readAnswer(500, '{"verdict":"allow"}')).toMatchObject({
      kind: "error",
      code: "http-500",
    });
  });
});

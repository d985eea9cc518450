import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainMask, MASK_SIGNS, MAX_PATTERN, maskReason } from "./mask.ts";
import { MASKS, type MaskName } from "./mask-words.ts";

describe("maskReason", () => {
  it.each([
    ["topic not granted: events:consume:payments", "topic not granted: events:consume:payments"],
    ["needs sha256, v1, ed25519 or utf8mb4", "needs sha256, v1, ed25519 or utf8mb4"],
    ["the tool files/read_file is not allowed", "the tool files/read_file is not allowed"],
    [
      "[unsigned] sidecar unavailable; failing closed",
      "[unsigned] sidecar unavailable; failing closed",
    ],
    [
      "order.placed is no topic of yours and/or theirs",
      "order.placed is no topic of yours and/or theirs",
    ],
    ["getUserAccountFromDatabaseById is unknown", "getUserAccountFromDatabaseById is unknown"],
    ["", ""],
  ])("keeps %s", (reason, expected) => expect(maskReason(reason)).toBe(expected));

  it.each([
    ["call 550e8400-e29b-41d4-a716-446655440000 refused", "call ‹id› refused"],
    ["receipt rcpt_01HZX4, cap-7 and req_a1", "receipt rcpt_‹id›, cap-‹id› and req_‹id›"],
    ["key ed25519:7f3a9c0d11 is not pinned", "key ed25519:‹id› is not pinned"],
    ["chio-streaming-synth-0a1b2c3d4e", "chio-streaming-synth-‹id›"],
    ["nonce 01HZX4K7M2Q9R8S6T3V5W1Y0ZA reused", "nonce ‹id› reused"],
    ["token Zm9vYmFyMTIzQUJDeHl6OTg3Kw== expired", "token ‹id› expired"],
    ["word 0x1f and deadbeef", "word 0x1f and deadbeef"],
  ])("ids: %s", (reason, expected) => expect(maskReason(reason)).toBe(expected));

  it.each([
    ["the path /etc/passwd is forbidden", "the path ‹path› is forbidden"],
    ["read ~/.ssh/id_rsa, ../x and ./a.", "read ‹path›, ‹path› and ‹path›."],
    ["C:\\Users\\a\\x.txt or \\\\srv\\share\\b", "‹path› or ‹path›"],
    ['in "C:\\Program Files\\x y", denied', 'in "‹path›", denied'],
    ["fs:/var/lib/x and src/app/main.ts", "fs:‹path› and ‹path›"],
    ["'/a b' and '/c'", "'‹path›' and '‹path›'"],
  ])("paths: %s", (reason, expected) => expect(maskReason(reason)).toBe(expected));

  it.each([
    ["egress to api.example.com:8443 blocked", "egress to ‹host› blocked"],
    ["https://evil.io/a?b=c&d=(e), refused", "‹host›), refused"],
    ["fetch https://evil.io/a?b=c;d, refused", "fetch ‹host›, refused"],
    ["10.0.0.1, 10.0.0.0/8 or 169.254.169.254:80", "‹host›, ‹host› or ‹host›"],
    ["fe80::1 and 2001:db8:0:0:0:0:0:1 are internal", "‹host› and ‹host› are internal"],
    ["localhost is internal", "localhost is internal"],
    ["localhost:3000 is internal", "‹host› is internal"],
    ["mail to joe.doe@example.com refused", "mail to ‹address› refused"],
  ])("hosts: %s", (reason, expected) => {
    expect(maskReason(reason)).toBe(expected);
  });

  it.each([
    ["agent made more than 30 calls in 60 s", "agent made more than ‹n› calls in ‹n› s"],
    ["cost $1,250.50 above 1000", "cost $‹n› above ‹n›"],
    ["took 30ms of 2s, 64KiB", "took ‹n›ms of ‹n›s, ‹n›KiB"],
    ["request chio-kafka-orders-0-7", "request chio-kafka-orders-‹n›-‹n›"],
    ["at 2026-04-01T02:10:00Z, offset=17", "at ‹time›, offset=‹n›"],
    ["version 1.2.3 of 4/5 (100%)", "version ‹n› of ‹n›/‹n› (‹n›%)"],
  ])("numbers: %s", (reason, expected) => expect(maskReason(reason)).toBe(expected));

  it("writes white space and control characters as single spaces", () => {
    expect(maskReason("  a\t\n b\u0000c\u00a0d ")).toBe("a b c d");
    expect(maskReason(" \n ")).toBe("");
  });

  it("keeps masks that are not asked for", () => {
    const only = new Set<MaskName>(["number"]);
    expect(maskReason("path /a/b7 of 10.0.0.1 after 3", only)).toBe(
      "path /a/b7 of 10.0.0.1 after ‹n›",
    );
  });

  it("cuts where a word ends", () => {
    const masked = maskReason("abc12345ghi ".repeat(40));
    expect(masked.length).toBeLessThanOrEqual(MAX_PATTERN);
    expect(masked.endsWith("abc12345ghi…")).toBe(true);
    expect(maskReason(`a ${"x".repeat(1_000_000)} b`)).toBe("a ‹long›…");
    expect(maskReason("1-".repeat(100)).length).toBeLessThanOrEqual(MAX_PATTERN);
    expect(maskReason("a ".repeat(1_000_000)).length).toBeLessThanOrEqual(MAX_PATTERN);
    expect(maskReason(`a${" ".repeat(10_000)}b`)).toBe("a…");
  });

  it("is bounded for what would be slow", () => {
    for (const part of [
      "'",
      "'/a",
      "‹",
      "‹id",
      ":/",
      "//",
      "://",
      "1,",
      "a@",
      "::",
      "(",
      "=",
      "-",
      "\ud800",
    ]) {
      expect(maskReason(part.repeat(500_000)).length).toBeLessThanOrEqual(MAX_PATTERN);
    }
  });

  it("changes nothing in what is masked", () => {
    fc.assert(
      fc.property(reasons, masks, (reason, chosen) => {
        const once = maskReason(reason, chosen);
        expect(maskReason(once, chosen)).toBe(once);
        expect(once.length).toBeLessThanOrEqual(MAX_PATTERN);
      }),
      { numRuns: 3000 },
    );
  });

  it("says what it replaced", () => {
    expect(explainMask("  cap_7 at /etc/x")).toEqual([
      { mask: "id", from: 6, to: 7, text: "7" },
      { mask: "path", from: 11, to: 17, text: "/etc/x" },
    ]);
    fc.assert(
      fc.property(reasons, (reason) => {
        let rebuilt = "";
        let at = 0;
        for (const { mask, from, to, text } of explainMask(reason)) {
          expect(from).toBeGreaterThanOrEqual(at);
          expect(reason.slice(from, to)).toBe(text);
          rebuilt += reason.slice(at, from) + MASK_SIGNS[mask];
          at = to;
        }
        const words = (text: string) => text.replace(/[\s\p{Cc}\ufeff]+/gu, " ").trim();
        fc.pre(reason.length < 4096 && rebuilt.length + reason.length - at <= MAX_PATTERN);
        expect(words(maskReason(reason))).toBe(words(rebuilt + reason.slice(at)));
      }),
      { numRuns: 1000 },
    );
  });
});

const pieces = fc.constantFrom(
  ..."a b1 17 1,000 / // . .. : :: :/ - _ @ = == , ; ( ) ' \" ` ~ \\ ‹ › ‹id› ‹n› … deadbeef01 x7k2p9q4 rcpt cap".split(
    " ",
  ),
  ..."C:\\ https:// example.com localhost 10.0.0.1 fe80 2026-04-01 550e8400-e29b-41d4-a716-446655440000 ms".split(
    " ",
  ),
  "a".repeat(199),
  "b".repeat(201),
  " ",
  "\n",
  "\u0000",
  "é",
  "\ud83d",
);
const reasons = fc.oneof(
  fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join("")),
  fc.array(pieces, { minLength: 60, maxLength: 200 }).map((parts) => parts.join("")),
  fc.string({ maxLength: 80 }),
);
const masks = fc.subarray([...MASKS]).map((names) => new Set(names));

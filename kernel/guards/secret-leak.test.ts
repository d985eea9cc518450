import { describe, expect, it } from "vitest";
import { type JsonObject, type JsonValue, member } from "../json/value.ts";
import type { SecretLeakConfig } from "../policy/effective-policy.ts";
import { guardRequest, guardWith, problemOf, reasonOf } from "../testing/guard-requests.ts";
import { guardCases, objectAt, textAt, textsAt } from "../testing/guard-vectors.ts";
import { vectorsDirectory } from "../testing/vectors.ts";
import { decodedViews } from "./disguise.ts";
import { pairedText } from "./scanned-texts.ts";
import { DEFAULT_SECRET_LEAK, secretLeak } from "./secret-leak.ts";

const missing = vectorsDirectory() === null;
const guard = guardWith(secretLeak, { secretLeak: DEFAULT_SECRET_LEAK });

function guardOf(config: Partial<SecretLeakConfig>) {
  return guardWith(secretLeak, { secretLeak: { ...DEFAULT_SECRET_LEAK, ...config } });
}

function verdict(toolName: string, callArguments: JsonValue, which = guard): string {
  return which.check(guardRequest(toolName, callArguments)).verdict;
}

/** Built here, so that no scanner of this repository takes it for a real one. */
const AWS = `AKIA${"A".repeat(16)}`;

describe.skipIf(missing)("vectors", () => {
  const configured = (one: JsonObject) => {
    const config = objectAt(one, "config");
    const patterns = textsAt(config, "patterns", "additional_patterns");
    return guardOf({
      skipPaths: textsAt(config, "skip_paths") ?? DEFAULT_SECRET_LEAK.skipPaths,
      patterns: [
        ...(patterns ?? []).map((pattern) => ({ name: pattern, pattern })),
        ...DEFAULT_SECRET_LEAK.patterns,
      ],
    });
  };

  it.each(guardCases("secret-leak"))("%s", (_, one) => {
    const content = member(one, "content") ?? null;
    const path = textAt(one, "path") ?? "/app/src/main.rs";
    const which = configured(one);
    expect(verdict("write_file", { path, content }, which)).toBe(member(one, "expected"));
    expect(verdict("apply_patch", { path, diff: content }, which)).toBe(member(one, "expected"));
  });

  it.each(guardCases("secret-leak-skip-path"))("%s", (_, one) => {
    const path = textAt(one, "path");
    const skipped = verdict("write_file", { path, content: AWS }, configured(one)) === "allow";
    expect(skipped ? "skip" : "scan").toBe(member(one, "expected"));
  });
});

describe("secret-leak", () => {
  const secret = (prefix: string, count: number) => `${prefix}${"a".repeat(count)}`;

  it.each([
    ["aws_access_key", AWS, AWS.slice(0, -1)],
    [
      "aws_secret_key",
      secret("aws_secret_access_key = '", 40),
      secret("aws_secret_access_key: ", 39),
    ],
    ["github_token", secret("ghs_", 36), secret("ghp_", 35)],
    ["github_pat", `${secret("github_pat_", 22)}_${"b".repeat(59)}`, secret("github_pat_", 22)],
    ["openai_key", secret("sk-", 48), secret("sk-", 47)],
    ["openai_project_key", secret("sk-proj-", 48), secret("sk-proj-", 47)],
    ["anthropic_key", secret("sk-ant-", 95), secret("sk-ant-", 94)],
    ["anthropic_api03_key", secret("sk-ant-api03-_", 92), secret("sk-ant-api03-_", 82)],
    ["private_key", "-----BEGIN OPENSSH PRIVATE KEY-----", "-----BEGIN PUBLIC KEY-----"],
    ["private_key", "-----BEGIN  EC PRIVATE\nKEY-----", "-----BEGIN EC PRIVATE KEY ----"],
    ["private_key", "-----BEGIN PGP PRIVATE KEY BLOCK-----", "BEGIN PGP PRIVATE KEY BLOCK"],
    ["npm_token", secret("npm_", 36), secret("npm_", 35)],
    ["slack_token", "xoxb-1234567890-1234567890abc", "xoxb-123456789-1234567890abc"],
    ["stripe_secret_key", secret("sk_live_", 24), secret("sk_live_", 23)],
    ["stripe_restricted_key", secret("rk_live_", 24), secret("rk_live_", 23)],
    ["gcp_service_account", '{"type" : "service_account"}', '{"type":"account"}'],
    ["azure_key_vault_token", secret("azure_kv_token=", 32), secret("azure_kv_token=", 31)],
    ["gitlab_pat", secret("glpat-", 20), secret("glpat-", 19)],
    ["generic_api_key", secret("ApiKey: ", 32), secret("ApiKey: ", 31)],
    ["generic_secret", "PassWd=12345678", "passwd=1234567"],
  ])("finds %s", (name, yes, no) => {
    expect(guard.check(guardRequest("tool", { note: `x ${yes} y` }))).toEqual({
      verdict: "deny",
      reason: `the arguments hold a secret: ${name}`,
      pointer: "/note",
    });
    expect(verdict("tool", { note: `x ${no} y` })).toBe("allow");
  });

  it("looks into every tool, name and place, and never repeats what it finds", () => {
    const at = (callArguments: JsonValue, toolName = "tool") =>
      guard.check(guardRequest(toolName, callArguments));
    expect(at(AWS)).toMatchObject({ pointer: "" });
    expect(at({ a: [{ b: AWS }] }, "read_file")).toMatchObject({ pointer: "/a/0/b" });
    expect(at({ a: { [AWS]: { b: 1 } } })).toMatchObject({ pointer: "/a" });
    expect(at({ a: { [AWS]: AWS } })).toMatchObject({ pointer: "/a" });
    expect(at({ password: "12345678" })).toMatchObject({ pointer: "/password" });
    expect(at({ config: { type: "service_account" } })).toMatchObject({ pointer: "/config/type" });
    expect(JSON.stringify(at({ a: { [AWS]: AWS } }))).not.toContain(AWS);
    expect(at({ password: "1234567", type: "x", n: 12345678 })).toEqual({ verdict: "allow" });
  });

  it.each([
    ["base64", btoa(`key ${AWS}`)],
    ["url-safe base64", btoa(`?>?>?>${AWS}`).replaceAll("+", "-").replaceAll("/", "_")],
    ["base64 in lines", btoa(`some text and ${AWS}`).replace(/(.{20})/g, "$1\r\n")],
    ["percent escapes", `%41KIA${"A".repeat(16)}`],
    ["unicode escapes", `\\u0041KIA${"A".repeat(16)}`],
    ["hexadecimal escapes", `\\x41KIA${"A".repeat(16)}`],
    ["escaped quotes", '{\\"type\\": \\"service_account\\"}'],
    ["escaped newlines", "-----BEGIN EC PRIVATE\\nKEY-----"],
    ["full-width characters", `ＡKIA${"A".repeat(16)}`],
    ["invisible characters", `AK\u200bIA${"A".repeat(16)}`],
  ])("looks through %s once", (_, note) => {
    expect(verdict("tool", { note })).toBe("deny");
    expect(verdict("tool", { note: note.replace(/[0-9A-Za-z\\%]/g, "x") })).toBe("allow");
  });

  it("pairs a name with the beginning of its text", () => {
    expect(pairedText("a", "b")).toBe('{"a":"b"}');
    expect(pairedText("a", "b".repeat(300))).toBe(`{"a":"${"b".repeat(256)}"}`);
  });

  it("decodes base64 to the octet, zeros and all", () => {
    const octets = "\0\0\0 password=A\0BA12345678 \xff\xfe\x80";
    expect(decodedViews(btoa(octets))).toContain(octets);
    expect(decodedViews("plain text")).toEqual([]);
  });

  it("looks through one layer only", () => {
    expect(verdict("tool", { note: btoa(btoa(`key ${AWS}`)) })).toBe("allow");
  });

  it("skips what is written to a skipped path, and nothing else", () => {
    const path = "/app/tests/a.json";
    expect(verdict("write_file", { path, content: AWS })).toBe("allow");
    expect(verdict("apply_patch", { path, diff: `+${AWS}` })).toBe("allow");
    expect(verdict("write_file", { path, content: "x", note: AWS })).toBe("deny");
    expect(verdict("read_file", { path, content: AWS })).toBe("deny");
    expect(verdict("write_file", { path: "/app/tests/../a.json", content: AWS })).toBe("deny");
    expect(verdict("write_file", { path: "/app/a\0/tests/b", content: AWS })).toBe("deny");
    expect(verdict("write_file", { path: "/app/a%2ftests/b/..%2f../x", content: AWS })).toBe(
      "deny",
    );
    expect(verdict("write_file", { path: `/${"a/".repeat(20_000)}tests/b`, content: AWS })).toBe(
      "deny",
    );
    expect(verdict("write_file", { path: "/tests/no-content" })).toBe("allow");
    expect(verdict("write_file", { path: "/tests/no-content", [AWS]: 1 })).toBe("deny");
  });

  it.each(["/a/test/b", "/a/tests/b", "/a/b_test.rs", "/a/b.test.ts"])("skips %s", (path) => {
    expect(verdict("write_file", { path, content: AWS })).toBe("allow");
    expect(verdict("write_file", { path: path.replace("test", "src"), content: AWS })).toBe("deny");
  });

  it("takes patterns of a policy through the port, and refuses invalid ones", () => {
    const own = guardOf({
      patterns: [{ name: "ticket", pattern: "TICKET-[0-9]+" }],
      skipPaths: [],
    });
    expect(reasonOf(own.check(guardRequest("tool", { a: "TICKET-1" })))).toBe(
      "the arguments hold a secret: ticket",
    );
    expect(verdict("tool", { a: AWS }, own)).toBe("allow");
    const bad = { ...DEFAULT_SECRET_LEAK, patterns: [{ name: "bad", pattern: "(" }] };
    expect(problemOf(secretLeak, { secretLeak: bad })).toBe(
      "pattern bad: not a regular expression",
    );
    const skip = { ...DEFAULT_SECRET_LEAK, skipPaths: ["a**"] };
    expect(problemOf(secretLeak, { secretLeak: skip })).toMatch(/^skip path a\*\*: /);
    expect(problemOf(secretLeak, { secretLeak: null })).toBe("none");
  });

  it("is linear in a long text", () => {
    const long = [
      "-----BEGIN PRIVATE KEY- ",
      "sk-a",
      "password ",
      "aws_secret_access_key   ",
      "a@",
    ];
    for (const piece of long) {
      expect(verdict("tool", { note: piece.repeat(100_000 / piece.length) })).toBe("allow");
    }
  });
});

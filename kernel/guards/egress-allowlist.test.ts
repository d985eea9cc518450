import { describe, expect, it } from "vitest";
import { type JsonValue, member } from "../json/value.ts";
import { guardRequest, guardWith, problemOf, reasonOf } from "../testing/guard-requests.ts";
import { guardCases, objectAt, textAt, textsAt, verdictOf } from "../testing/guard-vectors.ts";
import { vectorsDirectory } from "../testing/vectors.ts";
import { DEFAULT_EGRESS_ALLOWLIST, egressAllowlist } from "./egress-allowlist.ts";

const missing = vectorsDirectory() === null;

function guardOf(allow: readonly string[], block: readonly string[] = []) {
  return guardWith(egressAllowlist, { egressAllowlist: { allow, block } });
}

const byDefault = guardWith(egressAllowlist, { egressAllowlist: DEFAULT_EGRESS_ALLOWLIST });

function reason(toolName: string, callArguments: JsonValue, guard = byDefault): string {
  return reasonOf(guard.check(guardRequest(toolName, callArguments)));
}

function fetched(url: string, guard = byDefault): string {
  return reason("http_request", { url }, guard);
}

describe.skipIf(missing)("vectors", () => {
  it.each(guardCases("egress-allowlist"))("%s", (_, one) => {
    const config = objectAt(one, "config");
    const guard = guardOf(
      textsAt(config, "allow", "allowed_domains") ?? DEFAULT_EGRESS_ALLOWLIST.allow,
      textsAt(config, "block", "blocked_domains") ?? DEFAULT_EGRESS_ALLOWLIST.block,
    );
    const host = textAt(one, "host") ?? "";
    const url = /:[^:]*:/.test(host) ? `https://[${host}]/` : `https://${host}/`;
    expect(verdictOf(fetched(url, guard))).toBe(member(one, "expected"));
  });
});

describe("egress-allowlist", () => {
  it("blocks first, then allows, then denies", () => {
    const guard = guardOf(["*.a.com"], ["b.a.com"]);
    expect(fetched("https://b.a.com", guard)).toBe("blocked host: b.a.com");
    expect(fetched("https://c.a.com", guard)).toBe("allow");
    expect(fetched("https://a.com", guard)).toBe("host is not in the allowlist: a.com");
    expect(fetched("https://c.a.com.evil.com", guard)).toContain("not in the allowlist");
    expect(fetched("https://x", guardOf([]))).toContain("not in the allowlist");
  });

  it("compares canonical hosts", () => {
    expect(fetched("https://API.GitHub.com./", byDefault)).toBe("allow");
    expect(fetched("https://api.github.com@evil.com/", byDefault)).toContain("evil.com");
    expect(fetched("https://evil.com\\@api.github.com/", byDefault)).toContain("backslash");
    expect(fetched("https://api%2egithub.com/", byDefault)).toBe("allow");
    expect(fetched("ftp://api.github.com/", byDefault)).toContain("the scheme ftp");
  });

  it("leaves the package registries out by default", () => {
    expect(DEFAULT_EGRESS_ALLOWLIST).toEqual({
      allow: ["*.openai.com", "*.anthropic.com", "api.github.com"],
      block: [],
    });
  });

  it.each([
    ["a.com:8443", "https://a.com:8443/", "https://a.com/"],
    ["a.com:443", "https://a.com/", "http://a.com/"],
    ["a.com:80", "http://a.com/", "https://a.com/"],
    ["a.com", "https://a.com:99", "https://b.com:99"],
    ["*.a.com:8443", "https://b.a.com:8443/", "https://b.a.com:8444/"],
    ["A.com.", "https://a.com", "https://aa.com"],
    ["a?.com", "https://ab.com", "https://a.com"],
    ["a[b-d].com", "https://ac.com", "https://ae.com"],
    ["a[!b-d].com", "https://ae.com", "https://ac.com"],
    ["9.9.9.9", "https://9.9.9.9", "https://9.9.9.8"],
    ["9.9.*", "https://9.9.1.2", "https://9.8.1.2"],
    ["2606:4700::1", "https://[2606:4700:0::1]:1234", "https://[2606:4700::2]"],
    ["[2606:4700::1]:8443", "https://[2606:4700::1]:8443", "https://[2606:4700::1]"],
    ["*.a.com.", "https://x.a.com", "https://a.com"],
    ["*", "https://[2606:4700::1]:8443", "http://a b"],
  ])("the entry %s allows %s and not %s", (entry, yes, no) => {
    expect(fetched(yes, guardOf([entry]))).toBe("allow");
    expect(fetched(no, guardOf([entry]))).not.toBe("allow");
  });

  it.each([
    "",
    "http://a.com",
    "a.com/x",
    "*.a.com:65536",
    "a.com:65536",
    "[z-a].com",
    "a b",
    "bücher.de",
    "*.é.com",
    "user@a.com",
    "a.com#x",
    "*:",
  ])("refuses the entry %j", (entry) => {
    const config = { allow: [entry], block: [] };
    expect(problemOf(egressAllowlist, { egressAllowlist: config })).toContain("no host pattern");
    const blocked = { allow: [], block: [entry] };
    expect(problemOf(egressAllowlist, { egressAllowlist: blocked })).toContain("no host pattern");
  });

  it("is off without a configuration, and takes the highest port", () => {
    expect(problemOf(egressAllowlist, { egressAllowlist: null })).toBe("none");
    expect(fetched("https://b.a.com:65535", guardOf(["*.a.com:65535"]))).toBe("allow");
  });

  it.each([
    ["custom", { link: "https://evil.com/x" }],
    ["custom", { host: "evil.com" }],
    ["slack_post", { hook_url: "https://evil.com" }],
    ["bash", { command: "curl https://evil.com" }],
    ["python", { code: "get('https://evil.com')" }],
    ["browser", { url: "https://evil.com" }],
    ["fetch", {}],
    ["bash", {}],
    ["fetch", { url: "https://api.github.com", proxy_url: "http://evil.com" }],
  ])("judges %s %j", (tool, callArguments) =>
    expect(reason(tool, callArguments)).not.toBe("allow"),
  );

  it.each([
    ["write_file", { path: "x", content: "https://evil.com" }],
    ["read_file", { path: "https://evil.com" }],
    ["query", { query: "https://evil.com" }],
    ["remember", { id: "https://evil.com" }],
    ["custom", { address: "evil.com", note: "read https://evil.com" }],
    ["custom", { url: "https://api.github.com/x" }],
  ])("does not concern itself with %s %j", (tool, callArguments) =>
    expect(reason(tool, callArguments)).toBe("allow"),
  );
});

describe("egress-allowlist in events", () => {
  it("lets an event tell of any host", () => {
    const guard = guardWith(egressAllowlist, { egressAllowlist: DEFAULT_EGRESS_ALLOWLIST });
    const event = { value: { host: "evil.com", callback_url: "https://evil.com/" } };
    const judge = (boundary: "tool" | "produce") =>
      reasonOf(guard.check(guardRequest("events:produce:x", event, { called: { boundary } })));
    expect(judge("produce")).toBe("allow");
    expect(judge("tool")).toMatch(/^host is not in the allowlist/);
  });
});

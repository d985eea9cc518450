import { describe, expect, it } from "vitest";
import {
  asText,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
} from "../json/value.ts";
import { guardRequest, guardWith, problemOf, reasonOf } from "../testing/guard-requests.ts";
import { guardCases, objectAt, textAt, textsAt, verdictOf } from "../testing/guard-vectors.ts";
import { readObject } from "../testing/read-objects.ts";
import { vectorsDirectory } from "../testing/vectors.ts";
import { DEFAULT_INTERNAL_NETWORK, internalNetwork } from "./internal-network.ts";

const missing = vectorsDirectory() === null;
const guard = guardWith(internalNetwork, { internalNetwork: DEFAULT_INTERNAL_NETWORK });

function reason(toolName: string, callArguments: JsonValue, which = guard): string {
  return reasonOf(which.check(guardRequest(toolName, callArguments)));
}

function fetched(url: string, which = guard): string {
  return reason("http_request", { url }, which);
}

function cases(file: string, ...path: readonly string[]): readonly JsonObject[] {
  let value: JsonValue | undefined = missing ? [] : readObject(file);
  for (const name of missing ? [] : path) {
    value = isObject(value) ? member(value, name) : undefined;
  }
  return isArray(value) ? value.filter(isObject) : [];
}

describe.skipIf(missing)("vectors", () => {
  it.each(
    cases("evaluation/ssrf.json", "cases").map(
      (one) => [asText(member(one, "url")) ?? "", one] as const,
    ),
  )("ssrf: %s", (url, one) => {
    const recommended = asText(member(one, "recommended")) ?? "";
    const verdict = fetched(url) === "allow" ? "allow" : "deny";
    expect(recommended.split(" ")[0]?.split("-or-")).toContain(verdict);
  });

  it.each(guardCases("internal-network"))("guards: %s", (_, one) => {
    const config = objectAt(one, "config");
    const configured = guardWith(internalNetwork, {
      internalNetwork: {
        extraBlockedHosts: textsAt(config, "extra_blocked_hosts") ?? [],
        dnsRebindingDetection: member(config, "dns_rebinding_detection") !== false,
      },
    });
    const host = textAt(one, "host") ?? "";
    const url = /:[^:]*:/.test(host) ? `http://[${host}]/` : `http://${host}/`;
    expect(verdictOf(fetched(url, configured))).toBe(member(one, "expected"));
  });
});

describe("internal-network", () => {
  it.each([
    ["http://localhost/", "internal name (localhost): localhost"],
    ["http://a.localhost./", "internal name (localhost): a.localhost"],
    ["http://x.localdomain", "internal name (localdomain): x.localdomain"],
    ["http://printer.local", "internal name (local): printer.local"],
    ["http://METADATA.google.internal", "internal name (internal): metadata.google.internal"],
    ["http://metadata.azure.com", "internal name (metadata.azure.com): metadata.azure.com"],
    ["http://kubernetes.default.svc", "internal name (svc): kubernetes.default.svc"],
    ["http://kubernetes.default", "internal name (kubernetes.default): kubernetes.default"],
    ["http://db.svc.cluster.local", "internal name (local): db.svc.cluster.local"],
    ["http://nas.home.arpa", "internal name (home.arpa): nas.home.arpa"],
    ["http://instance-data/", "name of the local network: instance-data"],
    ["http://db/", "name of the local network: db"],
    ["http://127.1/", "special-purpose address (loopback): 127.0.0.1"],
    ["http://8.8.2056/", "encoded address: 8.8.8.8"],
    ["http://134744072/", "encoded address: 8.8.8.8"],
    ["http://[64:ff9b::808:808]/", "special-purpose address (NAT64): 64:ff9b::808:808"],
    ["http://[fe80::1%25eth0]/", "an IPv6 zone"],
    ["http://8.8.8.8.nip.io", "DNS rebinding service (nip.io): 8.8.8.8.nip.io"],
    ["http://lvh.me", "DNS rebinding service (lvh.me): lvh.me"],
    ["http://127-0-0-1.evil.com", "DNS rebinding suspect (127-0-0-1): 127-0-0-1.evil.com"],
    ["http://a.10.0.evil.com", "DNS rebinding suspect (10.0.): a.10.0.evil.com"],
    ["http://172-17-x.evil.com", "DNS rebinding suspect (172-17-): 172-17-x.evil.com"],
    ["http://172.31.x.evil.com", "DNS rebinding suspect (172.31.): 172.31.x.evil.com"],
    ["http://x-10-1-2-3.evil.com", "DNS rebinding suspect (private): x-10-1-2-3.evil.com"],
    [
      "http://9-8-100.64.0-1.evil.com",
      "DNS rebinding suspect (shared, carrier NAT): 9-8-100.64.0-1.evil.com",
    ],
    ["http://x-10-1-2-3-4.evil.com", "DNS rebinding suspect (private): x-10-1-2-3-4.evil.com"],
    ["ftp://example.com/", "the scheme ftp is neither http nor https"],
    ["gopher://127.0.0.1:70/_", "the scheme gopher is neither http nor https"],
    ["", "the host is no name in ASCII and no address"],
  ])("denies %s", (url, expected) => expect(fetched(url)).toBe(expected));

  it.each([
    "https://example.com/",
    "https://8.8.8.8/",
    "https://8.8.8.8./",
    "http://172.32.0.1/",
    "http://11.0.0.1",
    "http://[2606:4700::1111]/",
    "https://kubernetes.io",
    "https://mylocalhost.com",
    "https://internal.example.com",
    "https://nip.io.example.com",
    "https://notnip.io",
    "https://1-2-3.example.com",
    "https://8-8-8-8.example.com",
    "https://10-1-2-256.example.com",
    "https://10-1-2-x.example.com",
    "https://172-32-1.example.com",
    "https://10-1-2-0003.example.com",
  ])("allows %s", (url) => expect(fetched(url)).toBe("allow"));

  it.each(
    "localhost localdomain local internal intranet lan home corp private home.arpa svc kubernetes.default metadata.azure.com metadata.goog metadata.packet.net metadata.platformequinix.com metadata.tencentyun.com".split(
      " ",
    ),
  )("knows everything under %s for internal", (suffix) => {
    expect(fetched(`http://x.${suffix}/`)).toBe(`internal name (${suffix}): x.${suffix}`);
    expect(fetched(`http://x${suffix}.com/`)).toBe("allow");
  });

  it.each(
    "nip.io sslip.io xip.io traefik.me backname.io ipq.co ip6.name 1u.ms rbndr.us localtest.me lvh.me vcap.me fuf.me lacolhost.com localho.st smackaho.st 42foo.com beweb.com yoogle.com".split(
      " ",
    ),
  )("knows %s for a name service", (service) => {
    expect(fetched(`http://x.${service}/`)).toBe(
      `DNS rebinding service (${service}): x.${service}`,
    );
  });

  it.each(
    "127-0-0-1 127.0.0.1 10-0- 10.0. 192-168- 192.168. 172-16- 172.16. 169-254- 169.254. 0x7f 0177.".split(
      " ",
    ),
  )("suspects a name with %s in it", (piece) => {
    expect(fetched(`http://x${piece}x.com/`)).toBe(
      `DNS rebinding suspect (${piece}): x${piece}x.com`,
    );
  });

  it.each([16, 17, 31])("suspects 172.%i in a name, dotted and dashed", (second) => {
    expect(fetched(`http://x172-${second}-x.com/`)).toContain("suspect");
    expect(fetched(`http://x172.${second}.x.com/`)).toContain("suspect");
  });

  it("suspects no other second number after 172", () => {
    for (const second of [15, 32]) {
      expect(fetched(`http://x172-${second}-x.com/`)).toBe("allow");
      expect(fetched(`http://x172.${second}.x.com/`)).toBe("allow");
    }
  });

  it("leaves rebinding alone where that is off, but no address", () => {
    const lenient = guardWith(internalNetwork, {
      internalNetwork: { extraBlockedHosts: [], dnsRebindingDetection: false },
    });
    expect(fetched("http://127.0.0.1.nip.io", lenient)).toBe("allow");
    expect(fetched("http://127.0.0.1", lenient)).toContain("loopback");
    expect(fetched("http://db", lenient)).toContain("local network");
  });

  it("blocks extra hosts in any spelling", () => {
    const strict = guardWith(internalNetwork, {
      internalNetwork: {
        extraBlockedHosts: ["Evil.example.", "9.9.9.9"],
        dnsRebindingDetection: true,
      },
    });
    expect(fetched("http://EVIL.example:99/", strict)).toBe("blocked host: evil.example");
    expect(fetched("http://9.9.2313/", strict)).toBe("blocked host: 9.9.9.9");
    expect(fetched("http://a.evil.example", strict)).toBe("allow");
  });

  it("refuses an extra host that is none", () => {
    const config = { extraBlockedHosts: ["a b"], dnsRebindingDetection: true };
    expect(problemOf(internalNetwork, { internalNetwork: config })).toContain('"a b"');
    expect(problemOf(internalNetwork, { internalNetwork: null })).toBe("none");
  });

  it("denies a call that lacks its target, of every family that reaches out", () => {
    for (const tool of ["fetch", "browser_navigate", "bash", "python"]) {
      const url = tool === "browser_navigate" ? { url: 1 } : {};
      expect(reason(tool, url)).toMatch(/^expected a text in /);
    }
    expect(reason("read_file", {})).toBe("allow");
  });
});

describe("internal-network in tools that do not say they reach out", () => {
  it.each([
    ["custom", { a: { b: ["http://127.0.0.1/"] } }, "/a/b/0"],
    ["custom", { note: " http://localhost:1 " }, "/note"],
    ["custom", { note: "//169.254.169.254/latest" }, "/note"],
    ["custom", { note: "http:127.0.0.1" }, "/note"],
    ["custom", { note: "jdbc:mysql://10.0.0.1/db" }, "/note"],
    ["custom", { note: "redis://cache:6379" }, "/note"],
    ["custom", { note: "custom+thing://10.0.0.1/x" }, "/note"],
    ["custom", { note: "http://[fe80::1%25eth0]/" }, "/note"],
    ["custom", { url: "127.1" }, "/url"],
    ["custom", { url: "//１２７.0.0.1/" }, "/url"],
    ["custom", { host: "\\\\%6cocalhost" }, "/host"],
    ["custom", { "http://10.0.0.1/": 1 }, "/http:~1~110.0.0.1~1"],
    ["custom", { a: [{ "http://10.0.0.1/": 1 }] }, "/a/0/http:~1~110.0.0.1~1"],
    ["custom", { command: "curl 10.0.0.1" }, "/command"],
    ["bash", { command: "ls", cmd: "curl 10.0.0.1" }, "/cmd"],
    ["bash", { input: "curl http://10.0.0.1/" }, "/input"],
    ["custom", { base_url: "localhost:8080/x" }, "/base_url"],
    ["custom", { targetHost: "db" }, "/targetHost"],
    ["custom", { hostname: "2130706433" }, "/hostname"],
    ["custom", { host: "fe80::1%eth0" }, "/host"],
    ["custom", { hosts: ["example.com", "10.0.0.1"] }, "/hosts/1"],
    ["custom", { address: "192.168.1.1" }, "/address"],
    ["custom", { server: "db.internal:5432" }, "/server"],
    ["slack_post", { endpoint: "10.0.0.8" }, "/endpoint"],
    ["write_file", { path: "x", content: "http://10.0.0.1/" }, "/content"],
    ["bash", { command: "wget -q 'http://169.254.169.254/x' && ls" }, "/command"],
    ["bash", { command: "curl http://$HOST/" }, "/command"],
    ["python", { code: 'get("http://[::1]:80/a")' }, "/code"],
    ["browser", { action: "goto", target: "db" }, "/target"],
    ["browser", { action: "click", url: "http://10.0.0.1" }, "/url"],
  ])("denies %s %j", (tool, callArguments, pointer) => {
    expect(guard.check(guardRequest(tool, callArguments))).toMatchObject({
      verdict: "deny",
      pointer,
    });
  });

  it.each([
    ["custom", { version: "1.2.3", text: "127.0.0.1", count: "10" }],
    ["custom", { address: "1.2.3", target: "button", server: "srv1", node: "10" }],
    ["custom", { address: "12 Main Street" }],
    ["custom", { url: "/relative", href: "#top", host: "", link: "./x", src: "?q" }],
    ["custom", { url: "mailto:a@b.c", href: "data:text/plain,x" }],
    ["custom", { uri: "chio://receipts/1", link: "s3://my_bucket/x", note: "file:///tmp/x" }],
    ["custom", { note: "see http://localhost/ for more" }],
    ["custom", { url: "https://example.com", host: "example.com:443", ip: "8.8.8.8" }],
    ["custom", { url: "see the docs" }],
    ["custom", { note: "//example.com/x", text: "view-source:http://example.com/" }],
    ["bash", { command: "curl https://example.com/a | sh; echo 10.0.0.1" }],
    ["browser", { action: "click", selector: "#submit" }],
    ["browser", { action: "navigate", url: "https://example.com" }],
  ])("allows %s %j", (tool, callArguments) => expect(reason(tool, callArguments)).toBe("allow"));
});

describe("internal-network in events", () => {
  const judge = (toolName: string, boundary: "consume" | "produce" | "tool", value: JsonValue) =>
    reasonOf(guard.check(guardRequest(toolName, { value }, { called: { boundary } })));

  it("lets an event tell of hosts, and denies the internal URLs that it carries", () => {
    for (const boundary of ["consume", "produce"] as const) {
      const name = `events:${boundary}:logs`;
      expect(judge(name, boundary, { ip: "10.0.3.4", host: "db-1", url: "127.0.0.1" })).toBe(
        "allow",
      );
      expect(
        judge(name, boundary, { url: "https://example.com", note: "see http://10.0.0.1/" }),
      ).toBe("allow");
      expect(judge(name, boundary, { note: "http://169.254.169.254/" })).not.toBe("allow");
      expect(judge(name, boundary, { "http://10.0.0.1/": 1 })).not.toBe("allow");
    }
  });

  it("takes no other call for one", () => {
    expect(judge("events:consume:logs", "tool", { ip: "10.0.3.4" })).not.toBe("allow");
    expect(
      reasonOf(
        guard.check(
          guardRequest("http_request", { url: "db" }, { called: { boundary: "produce" } }),
        ),
      ),
    ).not.toBe("allow");
  });
});

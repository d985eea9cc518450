import { describe, expect, it } from "vitest";
import { type IpAddress, parseIpv4, parseIpv6 } from "./ip.ts";
import { specialUse } from "./special-ranges.ts";

function use(text: string): string | null {
  const kind: IpAddress["kind"] = text.includes(":") ? "ipv6" : "ipv4";
  const value = kind === "ipv6" ? parseIpv6(text) : parseIpv4(text);
  if (value === null) {
    throw new Error(text);
  }
  return specialUse({ kind, value });
}

/** First and last address of a block, and its neighbours where those are public. */
const BLOCKS: readonly (readonly [string, string, string, string | null, string | null])[] = [
  ["this network", "0.0.0.0", "0.255.255.255", null, "1.0.0.0"],
  ["private", "10.0.0.0", "10.255.255.255", "9.255.255.255", "11.0.0.0"],
  ["shared, carrier NAT", "100.64.0.0", "100.127.255.255", "100.63.255.255", "100.128.0.0"],
  ["loopback", "127.0.0.0", "127.255.255.255", "126.255.255.255", "128.0.0.0"],
  ["cloud metadata", "168.63.129.16", "168.63.129.16", "168.63.129.15", "168.63.129.17"],
  [
    "link-local, cloud metadata",
    "169.254.0.0",
    "169.254.255.255",
    "169.253.255.255",
    "169.255.0.0",
  ],
  ["private", "172.16.0.0", "172.31.255.255", "172.15.255.255", "172.32.0.0"],
  ["protocol assignments", "192.0.0.0", "192.0.0.255", "191.255.255.255", "192.0.1.0"],
  ["documentation", "192.0.2.0", "192.0.2.255", "192.0.1.255", "192.0.3.0"],
  ["AS112", "192.31.196.0", "192.31.196.255", "192.31.195.255", "192.31.197.0"],
  [
    "automatic multicast tunneling",
    "192.52.193.0",
    "192.52.193.255",
    "192.52.192.255",
    "192.52.194.0",
  ],
  ["6to4 relay", "192.88.99.0", "192.88.99.255", "192.88.98.255", "192.88.100.0"],
  ["private", "192.168.0.0", "192.168.255.255", "192.167.255.255", "192.169.0.0"],
  ["AS112", "192.175.48.0", "192.175.48.255", "192.175.47.255", "192.175.49.0"],
  ["benchmarking", "198.18.0.0", "198.19.255.255", "198.17.255.255", "198.20.0.0"],
  ["documentation", "198.51.100.0", "198.51.100.255", "198.51.99.255", "198.51.101.0"],
  ["documentation", "203.0.113.0", "203.0.113.255", "203.0.112.255", "203.0.114.0"],
  ["multicast", "224.0.0.0", "239.255.255.255", "223.255.255.255", null],
  ["reserved", "240.0.0.0", "255.255.255.255", null, null],
  ["unspecified", "::", "::", null, null],
  ["loopback", "::1", "::1", null, null],
  ["IPv4-mapped", "::ffff:0:0", "::ffff:ffff:ffff", null, null],
  ["IPv4-compatible", "::2", "::ffff:ffff", null, null],
  ["IPv4-translated", "::ffff:0:0:0", "::ffff:0:ffff:ffff", null, null],
  ["NAT64", "64:ff9b::", "64:ff9b::ffff:ffff", null, null],
  ["local NAT64", "64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", null, null],
  ["discard", "100::", "100::ffff:ffff:ffff:ffff", null, null],
  ["dummy prefix", "100:0:0:1::", "100:0:0:1:ffff:ffff:ffff:ffff", null, null],
  [
    "Teredo",
    "2001::",
    "2001:0:ffff:ffff:ffff:ffff:ffff:ffff",
    "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    null,
  ],
  ["benchmarking", "2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff", null, null],
  ["ORCHID", "2001:10::", "2001:1f:ffff:ffff:ffff:ffff:ffff:ffff", null, null],
  ["ORCHIDv2", "2001:20::", "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff", null, null],
  [
    "protocol assignments",
    "2001:30::",
    "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
    null,
    "2001:200::",
  ],
  [
    "documentation",
    "2001:db8::",
    "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:db7:ffff::",
    "2001:db9::",
  ],
  ["6to4", "2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2001:ffff::", "2003::"],
  [
    "AS112",
    "2620:4f:8000::",
    "2620:4f:8000:ffff:ffff:ffff:ffff:ffff",
    "2620:4f:7fff::",
    "2620:4f:8001::",
  ],
  ["6bone", "3ffe::", "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "3ffd:ffff::", null],
  ["documentation", "3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", null, "3fff:1000::"],
  ["segment routing", "5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff", null, null],
  ["unique local", "fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", null, null],
  ["link-local", "fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", null, null],
  ["site-local", "fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", null, null],
  ["multicast", "ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", null, null],
];

describe("specialUse", () => {
  it.each(BLOCKS)("%s: %s to %s", (name, first, last, before, after) => {
    expect(use(first)).toBe(name);
    expect(use(last)).toBe(name);
    for (const neighbour of [before, after]) {
      expect(neighbour === null ? null : use(neighbour)).toBeNull();
    }
  });

  it.each(["1fff:ffff::", "4000::", "8000::1", "64:ff9b:2::", "fbff::"])(
    "%s lies outside the allotted global unicast block",
    (text) => expect(use(text)).toBe("outside global unicast"),
  );

  it.each(["8.8.8.8", "1.1.1.1", "172.32.0.1", "2606:4700::1111", "2000::", "3fff:ffff::"])(
    "%s is public",
    (text) => expect(use(text)).toBeNull(),
  );
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endsInNumber, formatIp, parseDotted, parseIpv4, parseIpv6 } from "./ip.ts";

const v4 = (value: bigint | null) => (value === null ? null : formatIp({ kind: "ipv4", value }));
const v6 = (value: bigint | null) => (value === null ? null : formatIp({ kind: "ipv6", value }));

describe("parseIpv4", () => {
  it.each([
    ["1.2.3.4", "1.2.3.4"],
    ["1.2.3.4.", "1.2.3.4"],
    ["127.1", "127.0.0.1"],
    ["10.1.258", "10.1.1.2"],
    ["0", "0.0.0.0"],
    ["00", "0.0.0.0"],
    ["0x", "0.0.0.0"],
    ["0X7F.0.0.1", "127.0.0.1"],
    ["0177.0.0.01", "127.0.0.1"],
    ["2130706433", "127.0.0.1"],
    ["017700000001", "127.0.0.1"],
    ["0x7f000001", "127.0.0.1"],
    ["4294967295", "255.255.255.255"],
    ["255.16777215", "255.255.255.255"],
    ["255.255.65535", "255.255.255.255"],
    ["255.255.255.255", "255.255.255.255"],
  ])("reads %s", (text, address) => expect(v4(parseIpv4(text))).toBe(address));

  it.each([
    "",
    ".",
    "4294967296",
    "255.16777216",
    "255.255.65536",
    "1.2.3.256",
    "256.2.3.4",
    "1.256.3",
    "1.2.3.4.5",
    "1..3",
    "08.1.1.1",
    "0x1g",
    "a.b",
    "1.2.3.4..",
    "+1",
  ])("refuses %j", (text) => expect(parseIpv4(text)).toBeNull());
});

describe("endsInNumber", () => {
  it.each(["1", "a.1", "a.1.", "a.0x", "a.0XaF", "1.2.3.08"])("yes: %s", (host) =>
    expect(endsInNumber(host)).toBe(true),
  );
  it.each(["a", "1.a", "1.2.3.4..", "a.0xg", "a.1b", "", "."])("no: %j", (host) =>
    expect(endsInNumber(host)).toBe(false),
  );
});

describe("parseIpv6", () => {
  it.each([
    ["::", "::"],
    ["::1", "::1"],
    ["1::", "1::"],
    ["1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"],
    ["1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"],
    ["2001:DB8::00ff", "2001:db8::ff"],
    ["::ffff:1.2.3.4", "::ffff:102:304"],
    ["1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"],
    ["1:0:0:2:0:0:0:3", "1:0:0:2::3"],
    ["1:0:0:2:3:0:0:4", "1::2:3:0:0:4"],
    ["1:0:2:0:3:0:4:0", "1:0:2:0:3:0:4:0"],
  ])("reads %s", (text, address) => expect(v6(parseIpv6(text))).toBe(address));

  it.each([
    "",
    "1",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4::5:6:7:8",
    "1::2::3",
    ":::",
    "1:2:3:4:5:6:7:",
    "12345::",
    "g::",
    "fe80::1%eth0",
    "1.2.3.4::",
    "::1.2.3",
    "::1.2.3.256",
    "::1.2.3.04",
    "::1.2.3.4:5",
    "1:2:3:4:5:6:7:1.2.3.4",
    "::0x1.2.3.4",
  ])("refuses %j", (text) => expect(parseIpv6(text)).toBeNull());

  it("reads back what it writes", () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, (1n << 128n) - 1n),
        fc.bigInt(0n, (1n << 128n) - 1n),
        (one, two) => {
          const value = one & two & (two >> 3n);
          expect(parseIpv6(formatIp({ kind: "ipv6", value }))).toBe(value);
        },
      ),
    );
  });

  it("writes as the platform does", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(0, 0, 1, 0xffff), { minLength: 8, maxLength: 8 }),
        (g) => {
          const text = g.map((group) => group.toString(16)).join(":");
          expect(`[${v6(parseIpv6(text))}]`).toBe(new URL(`http://[${text}]`).hostname);
        },
      ),
    );
  });
});

describe("parseDotted", () => {
  it("takes the one spelling that everyone reads alike", () => {
    expect(parseDotted("1.2.3.4")).toBe(0x01020304n);
    expect(parseDotted("255.255.255.255")).toBe(0xffffffffn);
    for (const text of [
      "1.2.3",
      "01.2.3.4",
      "1.2.3.4.",
      "1.2.3.0x4",
      "",
      "1.2.3.4444",
      "16909060",
    ]) {
      expect(parseDotted(text)).toBeNull();
    }
  });
});

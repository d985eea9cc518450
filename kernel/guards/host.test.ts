import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseHost, parseTarget } from "./host.ts";
import { internalUse } from "./internal-hosts.ts";
import { parseIpv4, parseIpv6 } from "./ip.ts";

function host(text: string): string {
  const target = parseTarget(text);
  return target.ok ? target.value.hostText : `! ${target.error}`;
}

describe("parseTarget", () => {
  it.each([
    ["http://Example.COM/x", "example.com"],
    ["HTTPS://example.com.", "example.com"],
    ["http:example.com", "example.com"],
    ["http:\\\\example.com/x", "example.com"],
    ["https:////example.com", "example.com"],
    ["//example.com/x", "example.com"],
    ["\\\\example.com", "example.com"],
    ["example.com", "example.com"],
    ["example.com:8080/x", "example.com"],
    ["localhost:3000", "localhost"],
    ["localhost:3000?x", "localhost"],
    ["localhost:3000#x", "localhost"],
    [" \u0001http://exa\tmp\nle.com\r \u0000", "example.com"],
    [" http://example.com", "example.com"],
    ["http://example.com\n\n\n", "example.com"],
    ["http://user:pw@example.com:81", "example.com"],
    ["http://127.1/", "127.0.0.1"],
    ["http://0x7f.1", "127.0.0.1"],
    ["http://%31%32%37.0.0.1/", "127.0.0.1"],
    ["http://１２７.0.0.1/", "127.0.0.1"],
    ["http://①②⑦.0.0.①/", "127.0.0.1"],
    ["http://127。0．0｡1/", "127.0.0.1"],
    ["http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "localhost"],
    ["http://local\u200bho\u00adst/", "localhost"],
    ["http://[::FFFF:127.0.0.1]:80/", "::ffff:7f00:1"],
    ["[::1]:80", "::1"],
    ["[::1]", "::1"],
    ["::1", "::1"],
    ["fe80::1", "fe80::1"],
    ["http://example.com?x=1", "example.com"],
    ["http://example.com/?mail=a@b.c", "example.com"],
    ["http://example.com?/a@b", "example.com"],
    ["http://a_b.example", "a_b.example"],
    [`http://${"a".repeat(63)}.com`, `${"a".repeat(63)}.com`],
  ])("reads %j", (text, expected) => expect(host(text)).toBe(expected));

  it.each([
    ["ftp://example.com", "the scheme ftp is neither http nor https"],
    ["file:///etc/passwd", "the scheme file is neither http nor https"],
    ["javascript:alert(1)", "the scheme javascript is neither http nor https"],
    ["a:123456", "the scheme a is neither http nor https"],
    ["http://example.com\\@127.0.0.1/", "a backslash or white space in the authority"],
    ["http://1.1.1.1 @2.2.2.2/", "a backslash or white space in the authority"],
    ["http://a@b@c/", "clients disagree on where the host begins"],
    ["http://example.com#@127.0.0.1/", "clients disagree on where the host begins"],
    ["http://example.com?@127.0.0.1/", "clients disagree on where the host begins"],
    ["http://a:1:2/", "the authority is no host and port"],
    ["http://a:x/", "the authority is no host and port"],
    ["http://[::1/", "the authority is no host and port"],
    ["http://[::1]x/", "the authority is no host and port"],
    ["http://a:65536/", "the port is above 65535"],
    ["http://[fe80::1%25eth0]/", "an IPv6 zone"],
    ["http://[::g]/", "the brackets hold no IPv6 address"],
    ["http://", "the host is no name in ASCII and no address"],
    ["/relative", "the host is no name in ASCII and no address"],
    ["", "the host is no name in ASCII and no address"],
    ["http://bücher.example", "the host is no name in ASCII and no address"],
    ["http://a%2fb", "the host is no name in ASCII and no address"],
    ["http://a%zz", "the host is no name in ASCII and no address"],
    ["http://a%ff", "the host is no name in ASCII and no address"],
    ["http://a..b", "an empty label, or one of more than 63 characters"],
    ["http://.a", "an empty label, or one of more than 63 characters"],
    ["http://a..", "an empty label, or one of more than 63 characters"],
    [`http://${"a".repeat(64)}.com`, "an empty label, or one of more than 63 characters"],
    ["http://1.2.3.4.5", "the host ends in a number and is no IPv4 address"],
    ["http://a.08", "the host ends in a number and is no IPv4 address"],
    ["http://127.0.0.1..", "an empty label, or one of more than 63 characters"],
  ])("refuses %j", (text, problem) => expect(host(text)).toBe(`! ${problem}`));

  it("bounds a name at 254 characters with its dot", () => {
    const label = `${"a".repeat(49)}.`;
    expect(parseHost(`${label.repeat(5)}${"a".repeat(3)}.`)).toMatchObject({ ok: true });
    expect(parseHost(`${label.repeat(5)}${"a".repeat(4)}.`)).toMatchObject({ ok: false });
  });

  it("gives scheme, port, credentials and the rest", () => {
    expect(parseTarget("http://u@a.b/x?y")).toMatchObject({
      value: { scheme: "http", port: 80, credentials: true, rest: "/x?y" },
    });
    expect(parseTarget("https://a.b:")).toMatchObject({
      value: { scheme: "https", port: 443, credentials: false, rest: "" },
    });
    expect(parseTarget("a.b:65535")).toMatchObject({ value: { scheme: null, port: 65535 } });
    expect(parseTarget("a.b")).toMatchObject({ value: { scheme: null, port: 443 } });
    expect(parseTarget("::1")).toMatchObject({
      value: { scheme: null, port: 443, credentials: false, rest: "" },
    });
  });

  it.each([
    ["http://8.8.8.8/", true],
    ["http://8.8.8.8./", true],
    ["http://EXAMPLE.com", true],
    ["http://[2606:4700:0::1]", true],
    ["2606:4700:0::1", true],
    ["http://8.8.2056", false],
    ["http://134744072", false],
    ["http://８.8.8.8", false],
    ["http://exam%70le.com", false],
  ])("says of %s whether the host is in canonical spelling: %s", (text, plain) =>
    expect(parseTarget(text)).toMatchObject({ value: { plain } }),
  );
});

/** Spellings of one IPv4 address. */
const spelling = fc
  .tuple(
    fc.bigInt(0n, 0xffffffffn),
    fc.array(fc.constantFrom("dec", "oct", "hex", "long"), { minLength: 4, maxLength: 4 }),
    fc.integer({ min: 1, max: 4 }),
    fc.constantFrom("", "."),
    fc.constantFrom("plain", "wide", "circled", "percent", "upper"),
  )
  .map(([value, forms, parts, dot, dress]) => {
    const numbers = Array.from({ length: parts }, (_, index) =>
      index === parts - 1
        ? value & ((1n << BigInt(8 * (5 - parts))) - 1n)
        : (value >> BigInt(24 - 8 * index)) & 0xffn,
    );
    const text = numbers
      .map((number, index) => {
        const form = forms[index];
        if (form === "oct") {
          return `0${number.toString(8)}`;
        }
        if (form === "hex") {
          return `0x${number.toString(16)}`;
        }
        return form === "long" ? `000${number.toString(8)}` : String(number);
      })
      .join(".");
    return dressed(text + dot, dress);
  });

function dressed(text: string, dress: string): string {
  switch (dress) {
    case "wide":
      return text.replace(/[0-9a-z]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
    case "circled":
      return text.replace(/[1-9]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0x2460 - 0x31));
    case "percent":
      return text.replace(/[0-9]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
    case "upper":
      return text.toUpperCase();
    default:
      return text;
  }
}

function platformHost(url: string): string | null {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$|\.$/g, "") : null;
}

describe("parseTarget beside the platform's URL", () => {
  it("reads every spelling of an IPv4 address as the platform does", () => {
    fc.assert(
      fc.property(spelling, (text) => {
        expect(host(`http://${text}/`)).toBe(platformHost(`http://${text}/`));
      }),
      { numRuns: 500 },
    );
  });

  it("reads every spelling of an IPv6 address as the platform does", () => {
    const piece = fc.constantFrom("", "0", "1", "ffff", "00a", "1.2.3.4", "::", "12345", "7f00");
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 9 }), (pieces) => {
        const text = `http://[${pieces.join(":").replaceAll("::::", "::")}]/`;
        const expected = platformHost(text);
        expect(host(text).startsWith("!") ? null : host(text)).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });

  /** Pieces that parsers stumble over. */
  const crumbs = fc.array(
    fc.constantFrom(
      ..."http: https: // / \\ @ : # ? . .. 127 0 1 0x7f 0177 ::1 [ ] %31 %2e %00 １ ① 。 localhost a.com evil internal local 10 169.254 \t \u00ad \u200b ß K 80 user".split(
        " ",
      ),
      " ",
    ),
    { minLength: 1, maxLength: 10 },
  );

  it("never reads as public, or as another host, what the platform reads as internal", () => {
    fc.assert(
      fc.property(crumbs, (pieces) => {
        const url = `http://${pieces.join("")}`;
        const theirs = platformHost(url);
        const ours = parseTarget(url);
        if (theirs === null || !ours.ok) {
          return;
        }
        expect(ours.value.hostText).toBe(theirs);
        const ip = theirs.includes(":") ? parseIpv6(theirs) : parseIpv4(theirs);
        const kind = theirs.includes(":") ? "ipv6" : "ipv4";
        expect(internalUse(ours.value.host)).toBe(
          ip === null
            ? internalUse({ kind: "name", name: theirs })
            : internalUse({ kind, value: ip }),
        );
      }),
      { numRuns: 3000 },
    );
  });
});

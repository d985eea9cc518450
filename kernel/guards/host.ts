import { err, ok, type Result } from "../result.ts";
import { endsInNumber, formatIp, type IpAddress, parseIpv4, parseIpv6 } from "./ip.ts";

export type Host = IpAddress | { readonly kind: "name"; readonly name: string };

/** Where a request goes. */
export interface Target {
  /** Null where the text is a bare host. */
  readonly scheme: "http" | "https" | null;
  readonly host: Host;
  /** The host in canonical spelling: lower case, no trailing dot, no brackets. */
  readonly hostText: string;
  /** Whether the host stands in the text in its canonical spelling, a trailing dot and case aside. */
  readonly plain: boolean;
  readonly port: number;
  readonly credentials: boolean;
  /** Everything after the authority. */
  readonly rest: string;
}

/**
 * Reads a URL or a bare host the way HTTP clients do (WHATWG URL, host parsing), for http and https. What clients
 * read differently (backslashes in the authority, a second `@`, an `@` after `?` or `#`), what IDNA has to
 * encode, and what is no host at all is an error: a guard cannot judge where such a request would go.
 */
export function parseTarget(text: string): Result<Target, string> {
  const input = trimControls(text).replaceAll(/[\t\n\r]/g, "");
  const bareIpv6 = parseIpv6(input);
  if (bareIpv6 !== null) {
    return ok(targetOf({ kind: "ipv6", value: bareIpv6 }, input, { scheme: null, port: 443 }));
  }
  const start = readScheme(input);
  if (!start.ok) {
    return start;
  }
  const { scheme, after } = start.value;
  const authority = readAuthority(after);
  if (!authority.ok) {
    return authority;
  }
  const { hostAndPort, credentials, rest } = authority.value;
  const split = splitPort(hostAndPort, scheme === "http" ? 80 : 443);
  if (!split.ok) {
    return split;
  }
  const { hostname, port } = split.value;
  const host = parseHost(hostname);
  return host.ok ? ok(targetOf(host.value, hostname, { scheme, port, credentials, rest })) : host;
}

function targetOf(
  host: Host,
  written: string,
  parts: Pick<Target, "scheme" | "port"> & Partial<Pick<Target, "credentials" | "rest">>,
): Target {
  const hostText = hostToText(host);
  const spelled = written.toLowerCase().replace(/\.$/, "");
  return {
    credentials: false,
    rest: "",
    ...parts,
    host,
    hostText,
    plain: host.kind === "ipv6" || spelled === hostText,
  };
}

/** Canonical spelling, an IPv6 address without brackets. */
export function hostToText(host: Host): string {
  return host.kind === "name" ? host.name : formatIp(host);
}

function trimControls(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charAt(start) <= " ") {
    start += 1;
  }
  while (end > start && text.charAt(end - 1) <= " ") {
    end -= 1;
  }
  return text.slice(start, end);
}

interface Start {
  readonly scheme: Target["scheme"];
  /** The text from the authority on. */
  readonly after: string;
}

const SCHEME = /^([a-z][a-z0-9+.-]*):/i;
const PORT_AND_END = /^[0-9]{1,5}(?:[/?#]|$)/;

function readScheme(input: string): Result<Start, string> {
  const [prefix = "", written = ""] = SCHEME.exec(input) ?? [];
  const after = input.slice(prefix.length);
  const scheme = written.toLowerCase();
  if (scheme === "http" || scheme === "https") {
    return ok({ scheme, after: after.replace(/^[/\\]+/, "") });
  }
  if (prefix !== "" && !PORT_AND_END.test(after)) {
    return err(`the scheme ${scheme} is neither http nor https`);
  }
  return ok({ scheme: null, after: input.replace(/^[/\\]{2}/, "") });
}

interface Authority {
  readonly hostAndPort: string;
  readonly credentials: boolean;
  readonly rest: string;
}

function readAuthority(text: string): Result<Authority, string> {
  const length = text.search(/[/?#]/);
  const authority = length < 0 ? text : text.slice(0, length);
  const rest = text.slice(authority.length);
  if (/[\\\s]/.test(authority)) {
    return err("a backslash or white space in the authority");
  }
  const [first = "", second, ...more] = authority.split("@");
  if (more.length > 0 || /^[?#][^/]*@/.test(rest)) {
    return err("clients disagree on where the host begins");
  }
  return ok({ hostAndPort: second ?? first, credentials: second !== undefined, rest });
}

interface HostAndPort {
  readonly hostname: string;
  readonly port: number;
}

function splitPort(hostAndPort: string, defaultPort: number): Result<HostAndPort, string> {
  const [, hostname, digits] = /^(\[[^[\]]*\]|[^:[\]]*)(?::([0-9]*))?$/.exec(hostAndPort) ?? [];
  if (hostname === undefined) {
    return err("the authority is no host and port");
  }
  const port = digits === undefined || digits === "" ? defaultPort : Number(digits);
  return port <= 65535 ? ok({ hostname, port }) : err("the port is above 65535");
}

/** A host without port: an IPv4 address in any form, an IPv6 address in brackets, or a name. */
export function parseHost(text: string): Result<Host, string> {
  if (text.startsWith("[")) {
    const value = parseIpv6(text.slice(1, -1));
    return value === null
      ? err(text.includes("%") ? "an IPv6 zone" : "the brackets hold no IPv6 address")
      : ok({ kind: "ipv6", value });
  }
  const name = mapName(text);
  if (name === null || !/^[a-z0-9._-]{1,254}$/.test(name)) {
    return err("the host is no name in ASCII and no address");
  }
  if (endsInNumber(name)) {
    const value = parseIpv4(name);
    return value === null
      ? err("the host ends in a number and is no IPv4 address")
      : ok({ kind: "ipv4", value });
  }
  const bare = name.replace(/\.$/, "");
  return bare.split(".").every((label) => label.length > 0 && label.length < 64)
    ? ok({ kind: "name", name: bare })
    : err("an empty label, or one of more than 63 characters");
}

/**
 * The mapping that clients apply before they look a name up (UTS 46): percent escapes, compatibility forms
 * (full-width and circled digits and letters), ideographic dots, invisible characters, case.
 */
function mapName(text: string): string | null {
  try {
    return decodeURIComponent(text)
      .normalize("NFKC")
      .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, "")
      .replaceAll("\u3002", ".")
      .toLowerCase();
  } catch {
    return null;
  }
}

import { type IpAddress, parseIpv4, parseIpv6 } from "./ip.ts";

/**
 * Every block of the IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890, as amended), multicast
 * (RFC 5771, RFC 4291), the retired blocks that hosts still route, and addresses of metadata services outside
 * them. Blocks that the registries call globally reachable are here too: none holds a service that an agent has
 * to call, and the ones that carry an IPv4 address inside lead wherever that address does.
 */
const SPECIAL: readonly (readonly [block: string, name: string])[] = [
  ["0.0.0.0/8", "this network"],
  ["10.0.0.0/8", "private"],
  ["100.64.0.0/10", "shared, carrier NAT"],
  ["127.0.0.0/8", "loopback"],
  ["168.63.129.16/32", "cloud metadata"],
  ["169.254.0.0/16", "link-local, cloud metadata"],
  ["172.16.0.0/12", "private"],
  ["192.0.0.0/24", "protocol assignments"],
  ["192.0.2.0/24", "documentation"],
  ["192.31.196.0/24", "AS112"],
  ["192.52.193.0/24", "automatic multicast tunneling"],
  ["192.88.99.0/24", "6to4 relay"],
  ["192.168.0.0/16", "private"],
  ["192.175.48.0/24", "AS112"],
  ["198.18.0.0/15", "benchmarking"],
  ["198.51.100.0/24", "documentation"],
  ["203.0.113.0/24", "documentation"],
  ["224.0.0.0/4", "multicast"],
  ["240.0.0.0/4", "reserved"],
  ["::/128", "unspecified"],
  ["::1/128", "loopback"],
  ["::ffff:0:0/96", "IPv4-mapped"],
  ["::/96", "IPv4-compatible"],
  ["::ffff:0:0:0/96", "IPv4-translated"],
  ["64:ff9b::/96", "NAT64"],
  ["64:ff9b:1::/48", "local NAT64"],
  ["100::/64", "discard"],
  ["100:0:0:1::/64", "dummy prefix"],
  ["2001::/32", "Teredo"],
  ["2001:2::/48", "benchmarking"],
  ["2001:10::/28", "ORCHID"],
  ["2001:20::/28", "ORCHIDv2"],
  ["2001::/23", "protocol assignments"],
  ["2001:db8::/32", "documentation"],
  ["2002::/16", "6to4"],
  ["2620:4f:8000::/48", "AS112"],
  ["3ffe::/16", "6bone"],
  ["3fff::/20", "documentation"],
  ["5f00::/16", "segment routing"],
  ["fc00::/7", "unique local"],
  ["fe80::/10", "link-local"],
  ["fec0::/10", "site-local"],
  ["ff00::/8", "multicast"],
];

interface Block {
  readonly kind: IpAddress["kind"];
  /** The bits of the prefix, and how many bits follow it. */
  readonly prefix: bigint;
  readonly rest: bigint;
  readonly name: string;
}

const BLOCKS: readonly Block[] = SPECIAL.map(([block, name]) => readBlock(block, name));

function readBlock(block: string, name: string): Block {
  const [address = "", length = ""] = block.split("/");
  const kind = address.includes(":") ? "ipv6" : "ipv4";
  const value = kind === "ipv6" ? parseIpv6(address) : parseIpv4(address);
  if (value === null) {
    throw new TypeError(`no address block: ${block}`);
  }
  const rest = (kind === "ipv6" ? 128n : 32n) - BigInt(length);
  return { kind, prefix: value >> rest, rest, name };
}

/** IANA has allotted global unicast addresses within 2000::/3 alone; whatever lies outside is not the internet. */
const GLOBAL_UNICAST = readBlock("2000::/3", "global unicast");

/** What an address is if it is not an ordinary address of the public internet, else null. */
export function specialUse(address: IpAddress): string | null {
  const block = BLOCKS.find((candidate) => contains(candidate, address));
  if (block !== undefined) {
    return block.name;
  }
  return address.kind === "ipv4" || contains(GLOBAL_UNICAST, address)
    ? null
    : "outside global unicast";
}

function contains({ kind, prefix, rest }: Block, address: IpAddress): boolean {
  return kind === address.kind && address.value >> rest === prefix;
}

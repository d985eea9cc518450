import type { Host } from "./host.ts";
import { specialUse } from "./special-ranges.ts";

/** Names that stand for this machine, its network, its cluster or its cloud, with everything below them. */
const INTERNAL_SUFFIXES: readonly string[] = [
  "localhost",
  "localdomain",
  "local",
  "internal",
  "intranet",
  "lan",
  "home",
  "corp",
  "private",
  "home.arpa",
  "svc",
  "kubernetes.default",
  "metadata.azure.com",
  "metadata.goog",
  "metadata.packet.net",
  "metadata.platformequinix.com",
  "metadata.tencentyun.com",
];

/** Services that answer with an address which the name itself spells, or with loopback. Nobody needs one to reach a public host. */
const REBINDING_SERVICES: readonly string[] = [
  "nip.io",
  "sslip.io",
  "xip.io",
  "traefik.me",
  "backname.io",
  "ipq.co",
  "ip6.name",
  "1u.ms",
  "rbndr.us",
  "localtest.me",
  "lvh.me",
  "vcap.me",
  "fuf.me",
  "lacolhost.com",
  "localho.st",
  "smackaho.st",
  "42foo.com",
  "beweb.com",
  "yoogle.com",
];

const DASHED_17_TO_31 = Array.from({ length: 15 }, (_, index) => `172-${index + 17}-`);

/** Pieces of names that spell an internal address in part; the first twelve are upstream's. */
const SUSPECT_PIECES: readonly string[] = [
  "127-0-0-1",
  "127.0.0.1",
  "10-0-",
  "10.0.",
  "192-168-",
  "192.168.",
  "172-16-",
  "172.16.",
  "169-254-",
  "169.254.",
  "0x7f",
  "0177.",
  ...DASHED_17_TO_31,
  ...DASHED_17_TO_31.map((piece) => piece.replaceAll("-", ".")),
];

/** Why an address or a name is internal by definition, or null. */
export function internalUse(host: Host): string | null {
  if (host.kind !== "name") {
    const use = specialUse(host);
    return use === null ? null : `special-purpose address (${use})`;
  }
  const suffix = INTERNAL_SUFFIXES.find((candidate) => isUnder(host.name, candidate));
  return suffix === undefined ? null : `internal name (${suffix})`;
}

/** Why a name may turn into an internal address when it is looked up, or null: without a look-up, by its spelling. */
export function rebindingSuspicion(name: string): string | null {
  const service = REBINDING_SERVICES.find((candidate) => isUnder(name, candidate));
  if (service !== undefined) {
    return `DNS rebinding service (${service})`;
  }
  const piece = SUSPECT_PIECES.find((candidate) => name.includes(candidate));
  if (piece !== undefined) {
    return `DNS rebinding suspect (${piece})`;
  }
  const use = spelledAddresses(name)
    .map((value) => specialUse({ kind: "ipv4", value }))
    .find((found) => found !== null);
  return use === undefined ? null : `DNS rebinding suspect (${use})`;
}

export function isUnder(name: string, suffix: string): boolean {
  return name === suffix || name.endsWith(`.${suffix}`);
}

/** Every four numbers in a row that could be the octets of an address. */
function spelledAddresses(name: string): readonly bigint[] {
  const octets = name
    .split(/[.-]/)
    .map((part) => (/^[0-9]{1,3}$/.test(part) && Number(part) < 256 ? BigInt(part) : null));
  return octets.flatMap((first, index) => {
    const four = [first, ...octets.slice(index + 1, index + 4)].filter((octet) => octet !== null);
    return four.length === 4 ? [four.reduce((value, octet) => (value << 8n) | octet, 0n)] : [];
  });
}

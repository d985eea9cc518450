import { fromHex, toHex } from "../encoding.ts";
import { publicKeyOf } from "./ed25519.ts";

/** The secret keys printed in RFC 8032, section 7.1. */
const RFC_8032_SEEDS: readonly string[] = [
  "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
  "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
  "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
  "f5e5767cf153319517630f226876b86c8160cc583bc013744c6bf255f5cc0ee5",
  "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
];

let publicTestKeys: ReadonlySet<string> | null = null;

/**
 * Whether anyone can sign with this key, because its seed is a published one: 32 times the same octet
 * (zero included), the octets 0 to 31 in order, or a seed of RFC 8032. The list is computed once, when
 * it is first asked for.
 */
export function isPublicTestKey(publicKey: Uint8Array): boolean {
  publicTestKeys ??= new Set(publishedSeeds().map((seed) => toHex(publicKeyOf(seed))));
  return publicTestKeys.has(toHex(publicKey));
}

function publishedSeeds(): readonly Uint8Array[] {
  return [
    ...Array.from({ length: 256 }, (_, octet) => new Uint8Array(32).fill(octet)),
    Uint8Array.from({ length: 32 }, (_, index) => index),
    ...RFC_8032_SEEDS.flatMap((seed) => fromHex(seed) ?? []),
  ];
}

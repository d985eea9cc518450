/** Beginnings of what is not unpacked here, each with what a person can do. */
const PACKERS: readonly (readonly [beginning: readonly number[], advice: string])[] = [
  [[0x28, 0xb5, 0x2f, 0xfd], "zstd, not unpacked here: unpack it first (zstd -d)"],
  [
    [0xff, 0x06, 0x00, 0x00, 0x73, 0x4e, 0x61, 0x50, 0x70, 0x59],
    "snappy, not unpacked here: unpack it first (snzip -d)",
  ],
  [
    [0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00],
    "snappy as Java writes it, not unpacked here: export it with gzip or without compression",
  ],
  [[0x04, 0x22, 0x4d, 0x18], "lz4, not unpacked here: unpack it first (lz4 -d)"],
];

/** With what a file is packed that no reader here unpacks, as a sentence's part; null for anything else. */
export function packedWith(head: Uint8Array): string | null {
  const found = PACKERS.find(([beginning]) => beginning.every((byte, at) => head[at] === byte));
  return found?.[1] ?? null;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  return value;
});

/** CRC-32 of ZIP and gzip (RFC 1952, 8), continued from `crc`; 0 to begin with. Finds damage, not forgery. */
export function crc32(bytes: Uint8Array, crc: number): number {
  let value = ~crc;
  for (const byte of bytes) value = (value >>> 8) ^ (TABLE[(value ^ byte) & 0xff] ?? 0);
  return ~value >>> 0;
}

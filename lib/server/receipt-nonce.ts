import { randomBytes } from "node:crypto";

/** A UUID of version 7 (RFC 9562 5.7): Unix milliseconds, then random bits. */
export function uuid7(now: bigint): string {
  const octets = randomBytes(16);
  octets.writeUIntBE(Number(BigInt.asUintN(48, now)), 0, 6);
  octets[6] = 0x70 | ((octets[6] ?? 0) & 0x0f);
  octets[8] = 0x80 | ((octets[8] ?? 0) & 0x3f);
  const hex = octets.toString("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join("-");
}

/** The draft id of a receipt, which its v1 form keeps as the signing nonce. */
export function receiptNonce(now: bigint): string {
  return `rcpt-${uuid7(now)}`;
}

import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { utf8 } from "../encoding.ts";
import type { Primitives } from "../primitives.ts";

/** SHA-256 (FIPS 180-4), 32 octets, in portable code. */
export function sha256(message: Uint8Array): Uint8Array {
  return nobleSha256(message);
}

/** The kernel's own primitives: what a shell's faster ones must agree with. */
export const purePrimitives: Primitives = { sha256, utf8 };

import { publicKeyOf, sign } from "../crypto/ed25519.ts";
import { toHex, utf8 } from "../encoding.ts";
import { canonicalize } from "../json/canonicalize.ts";
import type { JsonObject } from "../json/value.ts";
import { withMember } from "../record-members.ts";

/** Signs a checkpoint body as `{body, signature}`; `kernel_key` is set to the seed's key. */
export function signCheckpoint(body: JsonObject, seed: Uint8Array): JsonObject {
  const signed = withMember(body, "kernel_key", toHex(publicKeyOf(seed)));
  return { body: signed, signature: toHex(sign(seed, utf8(canonicalize(signed)))) };
}

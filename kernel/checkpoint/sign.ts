import { toHex, utf8 } from "../encoding.ts";
import { canonicalize } from "../json/canonicalize.ts";
import type { JsonObject } from "../json/value.ts";
import { withMember } from "../record-members.ts";
import { type SigningKey, signerOf } from "../signer.ts";

/** Signs a checkpoint body as `{body, signature}`; `kernel_key` is set to the signer's. */
export function signCheckpoint(body: JsonObject, key: SigningKey): JsonObject {
  const signer = signerOf(key);
  const signed = withMember(body, "kernel_key", signer.publicKey);
  return { body: signed, signature: toHex(signer.sign(utf8(canonicalize(signed)))) };
}

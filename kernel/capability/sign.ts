import { publicKeyOf, sign } from "../crypto/ed25519.ts";
import { toHex, utf8 } from "../encoding.ts";
import { canonicalize } from "../json/canonicalize.ts";
import { type JsonObject, member } from "../json/value.ts";
import { withMember } from "../record-members.ts";
import { normalToken } from "./normal-form.ts";
import { TOKEN_SCHEMA } from "./token.ts";

/** Signs a token body as the seed's issuer, its schema included in the signed text. */
export function signToken(body: JsonObject, seed: Uint8Array): JsonObject {
  const token = withMember(body, "issuer", toHex(publicKeyOf(seed)));
  const signed = withMember(normalToken(token), "schema", member(token, "schema") ?? TOKEN_SCHEMA);
  return withMember(token, "signature", toHex(sign(seed, utf8(canonicalize(signed)))));
}

/** Signs a delegation link as the seed's delegator. */
export function signDelegationLink(link: JsonObject, seed: Uint8Array): JsonObject {
  const signed = withMember(link, "delegator", toHex(publicKeyOf(seed)));
  return withMember(signed, "signature", toHex(sign(seed, utf8(canonicalize(signed)))));
}

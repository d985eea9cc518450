import { toHex, utf8 } from "../encoding.ts";
import { canonicalize } from "../json/canonicalize.ts";
import { type JsonObject, member } from "../json/value.ts";
import { withMember } from "../record-members.ts";
import { type SigningKey, signerOf } from "../signer.ts";
import { normalToken } from "./normal-form.ts";
import { TOKEN_SCHEMA } from "./token.ts";

/** Signs a token body as its issuer, its schema included in the signed text. */
export function signToken(body: JsonObject, key: SigningKey): JsonObject {
  const signer = signerOf(key);
  const token = withMember(body, "issuer", signer.publicKey);
  const signed = withMember(normalToken(token), "schema", member(token, "schema") ?? TOKEN_SCHEMA);
  return withMember(token, "signature", toHex(signer.sign(utf8(canonicalize(signed)))));
}

/** Signs a delegation link as its delegator. */
export function signDelegationLink(link: JsonObject, key: SigningKey): JsonObject {
  const signer = signerOf(key);
  const signed = withMember(link, "delegator", signer.publicKey);
  return withMember(signed, "signature", toHex(signer.sign(utf8(canonicalize(signed)))));
}

import { parsePublicKey } from "@/kernel/crypto/key.ts";
import { MIB } from "../limits.ts";
import { MemberReader, objectBody } from "../members.ts";
import { answer, refusal } from "../problem.ts";
import type { Route } from "../route.ts";

/** `POST /v1/revocations {capabilityId}`: revokes a token, or every token of an issuer by its key. Idempotent. */
export const revokeRoute: Route = {
  method: "POST",
  path: "/v1/revocations",
  access: "control",
  rate: "control",
  bodyLimit: MIB,
  errors: "house",
  async handle({ body }, shell) {
    const object = objectBody(body);
    if (!object.ok) {
      return refusal(object.error);
    }
    const reader = new MemberReader(object.value);
    reader.only(["capabilityId"]);
    const read = reader.done(reader.text("capabilityId"));
    if (!read.ok) {
      return refusal(read.error);
    }
    const capabilityId = read.value;
    const key = parsePublicKey(capabilityId);
    // An issuer is looked up by its key as it is signed, however the operator spells it.
    const ids = new Set([capabilityId, ...(key.ok ? [key.value.canonical] : [])]);
    const at = shell.live.clock() / 1000n;
    const newlyRevoked = [...ids].map((id) => shell.revocations.revoke(id, at)).includes(true);
    return answer({ capabilityId, revoked: true, newlyRevoked });
  },
};

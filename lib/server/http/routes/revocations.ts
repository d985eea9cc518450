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
    const newlyRevoked = shell.revocations.revoke(capabilityId, shell.live.clock() / 1000n);
    return answer({ capabilityId, revoked: true, newlyRevoked });
  },
};

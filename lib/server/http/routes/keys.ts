import { TRUST_ROLES } from "@/kernel/trust/trust-file.ts";
import { MIB } from "../limits.ts";
import { MemberReader, objectBody } from "../members.ts";
import { answer, refusal } from "../problem.ts";
import type { Route } from "../route.ts";

/** `POST /api/keys/rotate {role}`: a new key for a role; the one before it stays in the trust bundle, retired. */
export const rotateRoute: Route = {
  method: "POST",
  path: "/api/keys/rotate",
  access: "control",
  rate: "control",
  bodyLimit: MIB,
  errors: "house",
  async handle({ body }, { keyring }) {
    const object = objectBody(body);
    if (!object.ok) {
      return refusal(object.error);
    }
    const reader = new MemberReader(object.value);
    reader.only(["role"]);
    const named = reader.text("role");
    const role = TRUST_ROLES.find((one) => one === named);
    if (role === undefined) {
      reader.refuse("role", TRUST_ROLES.join(", "));
    }
    const read = reader.done(null);
    if (!read.ok || role === undefined) {
      return refusal(read.ok ? { code: "bad-request", message: "No such role." } : read.error);
    }
    const rotated = keyring.rotate(role);
    return rotated.ok
      ? answer({ role, key: rotated.value })
      : refusal({ code: "conflict", message: `The key cannot be rotated: ${rotated.error.kind}.` });
  },
};

/** `GET /api/trust-bundle`: the public keys of all roles with their windows, signed. */
export const trustBundleRoute: Route = {
  method: "GET",
  path: "/api/trust-bundle",
  access: "open",
  rate: "read",
  bodyLimit: 0,
  errors: "house",
  handle: async (_request, { keyring }) => answer(keyring.trustBundle()),
};

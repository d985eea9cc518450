import { isObject, type JsonObject, type JsonValue } from "../json/value.ts";
import { ok, type Result } from "../result.ts";
import type { Capability, DelegationLink } from "./model.ts";
import { EXTENSIONS, normalToken } from "./normal-form.ts";
import { readScope } from "./read-scope.ts";
import {
  anything,
  key,
  members,
  name,
  object,
  oneOf,
  optional,
  optionalList,
  type ReadProblem,
  refuse,
  u64,
} from "./readers.ts";
import { withOperationNames } from "./spelling.ts";
import { TOKEN_SCHEMA } from "./token.ts";

export type { ReadProblem } from "./readers.ts";

const LINK = {
  capability_id: name,
  delegator: key,
  delegatee: key,
  attenuations: optionalList(object),
  timestamp: u64,
  // Checked with the chain.
  signature: anything,
  algorithm: anything,
  // A digest of what was handed on; admission compares with the stored ancestor itself.
  scope_hash: anything,
} as const;

const TOKEN = {
  schema: optional(oneOf(TOKEN_SCHEMA, [TOKEN_SCHEMA])),
  id: name,
  issuer: key,
  subject: key,
  scope: readScope,
  issued_at: u64,
  expires_at: u64,
  delegation_chain: optionalList(link),
} as const;

/**
 * Reads a capability token into narrow types. Operations in the Python client's spelling (`ReadResult`) become
 * snake case before anything is checked. A signed member that this kernel does not enforce is listed in
 * `unsupported`; a member outside the signed form is left out. The error names the first member that is not
 * what the form asks for. Nothing is verified here.
 */
export function readCapability(received: JsonObject): Result<Capability, ReadProblem> {
  const token = withOperationNames(received);
  // Only what the signature covers is read: an unsigned member must not have a say.
  const normal = normalToken(token);
  const read = members(normal, "", TOKEN);
  if (!read.ok) {
    return read;
  }
  const { id, issuer, subject, scope, delegation_chain: chain } = read.value;
  return ok({
    id,
    issuer,
    subject,
    scope,
    issuedAt: read.value.issued_at,
    expiresAt: read.value.expires_at,
    delegationChain: chain.map(({ link }) => link),
    unsupported: [
      ...EXTENSIONS.filter((extension) => Object.hasOwn(normal, extension)),
      ...chain.flatMap(({ unsupported }) => unsupported),
    ],
    token,
  });
}

interface ReadLink {
  readonly link: DelegationLink;
  /** A newer link may bind what this kernel does not know of: a budget's share, an approval. */
  readonly unsupported: readonly string[];
}

function link(value: JsonValue | undefined, pointer: string): Result<ReadLink, ReadProblem> {
  if (!isObject(value)) {
    return refuse(pointer, "a delegation link");
  }
  const read = members(value, pointer, LINK);
  if (!read.ok) {
    return read;
  }
  const { delegator, delegatee, attenuations, timestamp } = read.value;
  return ok({
    link: { capabilityId: read.value.capability_id, delegator, delegatee, attenuations, timestamp },
    unsupported: Object.keys(value).filter((member) => !Object.hasOwn(LINK, member)),
  });
}

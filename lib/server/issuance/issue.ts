import { subsetProblem } from "@/kernel/capability/attenuation.ts";
import type { Capability } from "@/kernel/capability/model.ts";
import { readCapability } from "@/kernel/capability/read.ts";
import { readScope } from "@/kernel/capability/read-scope.ts";
import { signToken } from "@/kernel/capability/sign.ts";
import { withOperationNames } from "@/kernel/capability/spelling.ts";
import { TOKEN_SCHEMA } from "@/kernel/capability/token.ts";
import { type VerifyContext, verifyCapability } from "@/kernel/capability/verify.ts";
import { parsePublicKey } from "@/kernel/crypto/key.ts";
import { isWeakKey } from "@/kernel/crypto/weak-key.ts";
import { type JsonObject, member } from "@/kernel/json/value.ts";
import { jsonInteger } from "@/kernel/record-members.ts";
import { err, ok, type Result } from "@/kernel/result.ts";
import type { Signer } from "@/kernel/signer.ts";
import type { HttpProblem } from "../http/problem.ts";
import { uuid7 } from "../receipt-nonce.ts";

export interface IssueRequest {
  /** A public key in any spelling. */
  readonly subject: string;
  readonly scope: JsonObject;
  readonly ttlSeconds: bigint;
}

export interface IssuerContext {
  /** The capability authority's key. */
  readonly signer: Signer;
  /** Longest life of a token, in seconds: the shorter of the settings' and the policy's. */
  readonly maxTtl: bigint;
  /** Unix milliseconds. */
  readonly now: bigint;
}

export interface Issued {
  readonly token: JsonObject;
  readonly capability: Capability;
}

/**
 * Issues a token for a subject. Whatever this kernel could not honour later is refused now: the signed token is
 * read back by the reader that every call goes through.
 */
export function issueToken(
  request: IssueRequest,
  context: IssuerContext,
): Result<Issued, HttpProblem> {
  const subject = parsePublicKey(request.subject);
  if (!subject.ok || (subject.value.kind === "ed25519" && isWeakKey(subject.value.bytes))) {
    const message = "The subject must be a public key that proves something.";
    return err({ code: "bad-request", message, where: "/subject" });
  }
  if (request.ttlSeconds < 1n || request.ttlSeconds > context.maxTtl) {
    const message = `A token may live from 1 to ${context.maxTtl} seconds here.`;
    return err({ code: "scope-refused", message, where: "/ttl_seconds" });
  }
  const issuedAt = context.now / 1000n;
  const body = withOperationNames({
    schema: TOKEN_SCHEMA,
    id: `cap-${uuid7(context.now)}`,
    subject: subject.value.canonical,
    scope: request.scope,
    issued_at: jsonInteger(issuedAt),
    expires_at: jsonInteger(issuedAt + request.ttlSeconds),
  });
  // As it was asked for: the token's own reading leaves out what is not signed, such as a limit that is misspelt.
  const scope = readScope(member(body, "scope"), "/scope");
  if (!scope.ok) {
    const { pointer, expected } = scope.error;
    return err({ code: "scope-refused", message: `Not ${expected}.`, where: pointer });
  }
  const token = signToken(body, context.signer);
  const read = readCapability(token);
  if (!read.ok) {
    const { pointer, expected } = read.error;
    return err({ code: "scope-refused", message: `Not ${expected}.`, where: pointer });
  }
  return ok({ token, capability: read.value });
}

/** A narrowed token, and whose revocation revokes it: ids of tokens, and the key of an issuer. */
export interface Attenuated extends Issued {
  readonly origins: readonly string[];
}

/**
 * A token for the same subject with a scope inside its parent's, and not a second longer than it. The subject's
 * own key would sign a delegation; this server does not have it, so the authority issues anew.
 */
export function attenuateToken(
  parent: JsonObject,
  scope: JsonObject,
  context: IssuerContext & VerifyContext,
): Result<Attenuated, HttpProblem> {
  const read = readCapability(parent);
  if (!read.ok) {
    const { pointer, expected } = read.error;
    const where = `/parent_token${pointer}`;
    return err({ code: "bad-request", message: `Not ${expected}.`, where });
  }
  const now = context.now / 1000n;
  const problem = verifyCapability(read.value, { ...context, now });
  if (problem !== null) {
    return err({ code: "scope-refused", message: problem.reason, where: "/parent_token" });
  }
  const left = read.value.expiresAt - now;
  const issued = issueToken(
    {
      subject: read.value.subject,
      scope,
      ttlSeconds: left < context.maxTtl ? left : context.maxTtl,
    },
    context,
  );
  if (!issued.ok) {
    return issued;
  }
  const beyond = subsetProblem(issued.value.capability.scope, read.value.scope);
  return beyond === null
    ? ok({ ...issued.value, origins: originsOf(read.value) })
    : err({ code: "scope-refused", message: `The new scope: ${beyond}.`, where: "/new_scope" });
}

/** The new token has another issuer and no chain: what stood over its parent has to be remembered for it. */
function originsOf({ id, issuer, delegationChain }: Capability): readonly string[] {
  return [id, ...delegationChain.map(({ capabilityId }) => capabilityId), issuer];
}

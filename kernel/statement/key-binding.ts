import { asText, asU64, isArray, isObject, type JsonObject, member } from "../json/value.ts";

/** What a key-binding certificate says: a kernel's key stands for a settlement address for a while. */
export interface KeyBindingFacts {
  readonly identity: string;
  readonly publicKey: string;
  readonly settlementAddress: string;
  readonly chainScope: readonly string[];
  /** Unix seconds, start inclusive, end exclusive. */
  readonly issuedAt: bigint | null;
  readonly expiresAt: bigint | null;
}

/** The facts of `{certificate, signature}`, or null for anything else. */
export function keyBindingFacts(value: JsonObject): KeyBindingFacts | null {
  const certificate = member(value, "certificate");
  if (!isObject(certificate)) {
    return null;
  }
  const scope = member(certificate, "chain_scope");
  return {
    identity: asText(member(certificate, "chio_identity")) ?? "",
    publicKey: asText(member(certificate, "chio_public_key")) ?? "",
    settlementAddress: asText(member(certificate, "settlement_address")) ?? "",
    chainScope: isArray(scope) ? scope.filter((item) => typeof item === "string") : [],
    issuedAt: asU64(member(certificate, "issued_at")) ?? null,
    expiresAt: asU64(member(certificate, "expires_at")) ?? null,
  };
}

/** Whether the identity `did:chio:<key>` names the key that the certificate binds. */
export function bindsItsIdentity(facts: KeyBindingFacts): boolean {
  return facts.identity === `did:chio:${facts.publicKey}`;
}

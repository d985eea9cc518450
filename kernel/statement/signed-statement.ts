import type { Check, Note } from "../check.ts";
import { purePrimitives } from "../crypto/sha256.ts";
import { canonicalize, hasCcCharacter } from "../json/canonicalize.ts";
import { asText, isObject, type JsonObject, type JsonValue, member } from "../json/value.ts";
import { preimagesOf } from "../preimages.ts";
import type { Primitives } from "../primitives.ts";
import { unknownMembers, without } from "../record-members.ts";
import type { SignatureClaim } from "../signature.ts";
import { readMaterial } from "../signing-material.ts";

export type StatementForm =
  /** `{certificate, signature}`, signed by `certificate.chio_public_key`. */
  | "key-binding"
  /** `{body, signerKey, signature}`: reports and registries. */
  | "export-envelope"
  /** `{body: {signerPublicKey, ...}, signature}`: federation policies. */
  | "federation-policy"
  /** Signature and key beside the members: lineage statements, session anchors, hand-off tokens. */
  | "flat";

export interface StatementInspection {
  readonly form: StatementForm;
  readonly schema: string;
  readonly id: string;
  readonly claim: SignatureClaim | null;
  readonly checks: readonly Check[];
  readonly notes: readonly Note[];
}

interface Parts {
  readonly form: StatementForm;
  /** What is signed. */
  readonly signed: JsonValue;
  /** The object that carries schema and id. */
  readonly facts: JsonObject;
  readonly key: JsonValue | undefined;
  readonly keyPointer: string;
  readonly envelope: ReadonlySet<string> | null;
}

const FLAT_KEYS = ["kernelKey", "signerKey", "signerPublicKey", "delegator"] as const;
const CERTIFICATE_ENVELOPE: ReadonlySet<string> = new Set([
  "certificate",
  "signature",
  "algorithm",
]);
const BODY_ENVELOPE: ReadonlySet<string> = new Set(["body", "signerKey", "signature", "algorithm"]);

/**
 * Reads a signed statement of any other kind, or null where the value is none. One member that an adversary
 * removed must not turn it into an unknown row: a recognisable remainder is reported as SIG-001. What such a
 * statement proves is itself, not the records that it names.
 */
export function inspectStatement(
  value: JsonObject,
  primitives: Primitives = purePrimitives,
): StatementInspection | null {
  const parts = certificateParts(value) ?? bodyParts(value) ?? flatParts(value);
  if (parts === null) {
    return null;
  }
  const material = readMaterial({
    key: parts.key,
    keyPointer: parts.keyPointer,
    signature: member(value, "signature"),
    signaturePointer: "/signature",
    algorithm: member(value, "algorithm"),
    algorithmPointer: "/algorithm",
  });
  const text = canonicalize(parts.signed);
  const claim: SignatureClaim | null = material.ok
    ? {
        key: material.value.key,
        signature: material.value.signature,
        preimages: preimagesOf(
          [{ name: "normal", text: () => text }],
          hasCcCharacter(text),
          primitives,
        ),
        pointer: "/signature",
      }
    : null;
  return {
    form: parts.form,
    schema: asText(member(parts.facts, "schema")) ?? "",
    id: idOf(parts.facts),
    claim,
    checks: material.ok ? [] : [material.error],
    notes: [
      ...(parts.envelope === null ? [] : unknownMembers(value, parts.envelope, "")),
      ...(material.ok ? material.value.notes : []),
    ],
  };
}

/** What a statement says, which its signature covers; null where the value is none. Never what stands beside it. */
export function statedIn(value: JsonObject): JsonObject | null {
  const parts = certificateParts(value) ?? bodyParts(value) ?? flatParts(value);
  return parts?.facts ?? null;
}

function certificateParts(value: JsonObject): Parts | null {
  const certificate = member(value, "certificate");
  if (!isObject(certificate)) {
    return null;
  }
  const key = member(certificate, "chio_public_key");
  return Object.hasOwn(value, "signature") || key !== undefined
    ? {
        form: "key-binding",
        signed: certificate,
        facts: certificate,
        key,
        keyPointer: "/certificate/chio_public_key",
        envelope: CERTIFICATE_ENVELOPE,
      }
    : null;
}

function bodyParts(value: JsonObject): Parts | null {
  const body = member(value, "body");
  if (!isObject(body)) {
    return null;
  }
  const common = { signed: body, facts: body, envelope: BODY_ENVELOPE };
  if (Object.hasOwn(body, "signerPublicKey") && !Object.hasOwn(value, "signerKey")) {
    const key = member(body, "signerPublicKey");
    return { ...common, form: "federation-policy", key, keyPointer: "/body/signerPublicKey" };
  }
  const key = member(value, "signerKey");
  return key !== undefined || Object.hasOwn(value, "signature")
    ? { ...common, form: "export-envelope", key, keyPointer: "/signerKey" }
    : null;
}

function flatParts(value: JsonObject): Parts | null {
  const keyMember = FLAT_KEYS.find((name) => Object.hasOwn(value, name));
  const isSigned = Object.hasOwn(value, "signature");
  const isOurs = asText(member(value, "schema"))?.startsWith("chio.") ?? false;
  if (
    !(isOurs && (isSigned || keyMember !== undefined)) &&
    !(isSigned && keyMember !== undefined)
  ) {
    return null;
  }
  const name = keyMember ?? "kernelKey";
  return {
    form: "flat",
    signed: without(value, "signature", "algorithm"),
    facts: value,
    key: member(value, name),
    keyPointer: `/${name}`,
    envelope: null,
  };
}

function idOf(facts: JsonObject): string {
  for (const name of ["id", "nonce", "capability_id", "schema"]) {
    const text = asText(member(facts, name));
    if (text !== undefined) {
      return text;
    }
  }
  return "";
}

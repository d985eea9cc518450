import type { Check, Note } from "./check.ts";
import {
  type PublicKey,
  parsePublicKey,
  parseSignature,
  type SignatureValue,
} from "./crypto/key.ts";
import { isObject, type JsonObject, type JsonValue, member } from "./json/value.ts";
import { err, ok, type Result } from "./result.ts";

/** Where a record keeps its key, its signature and its (unsigned) algorithm hint. */
export interface MaterialPlaces {
  readonly key: JsonValue | undefined;
  readonly keyPointer: string;
  readonly signature: JsonValue | undefined;
  readonly signaturePointer: string;
  readonly algorithm: JsonValue | undefined;
  readonly algorithmPointer: string;
}

export interface SigningMaterial {
  readonly key: PublicKey;
  readonly signature: SignatureValue;
  readonly notes: readonly Note[];
}

/** A log has few signers: the last parsed keys are kept, bounded, since a million rows name the same ones. */
const parsedKeys = new Map<string, Result<PublicKey, string>>();
const PARSED_KEYS_LIMIT = 256;

export function parseKeyOnce(text: string): Result<PublicKey, string> {
  const known = parsedKeys.get(text);
  if (known !== undefined) {
    return known;
  }
  const parsed = parsePublicKey(text);
  if (parsedKeys.size >= PARSED_KEYS_LIMIT) {
    parsedKeys.clear();
  }
  parsedKeys.set(text, parsed);
  return parsed;
}

/**
 * Key and signature of a record, or the failed SIG-001 check that says which of them cannot be read. An
 * `algorithm` member is unsigned, so it decides nothing; one that contradicts the material is refused,
 * because another reader may dispatch on it.
 */
export function readMaterial(places: MaterialPlaces): Result<SigningMaterial, Check> {
  const { key: keyValue, signature: signatureValue } = places;
  if (typeof keyValue !== "string") {
    return err(unreadable(places.keyPointer, "a public key", keyValue));
  }
  const key = parseKeyOnce(keyValue);
  if (!key.ok) {
    return err(unreadable(places.keyPointer, "a public key", keyValue));
  }
  if (typeof signatureValue !== "string") {
    return err(unreadable(places.signaturePointer, "a signature", signatureValue));
  }
  const signature = parseSignature(signatureValue);
  if (!signature.ok) {
    return err(unreadable(places.signaturePointer, "a signature", signatureValue));
  }
  if (key.value.kind !== signature.value.kind) {
    return err(unreadable(places.signaturePointer, key.value.kind, signature.value.kind));
  }
  const { algorithm } = places;
  if (algorithm !== undefined && algorithm !== null && !names(algorithm, key.value.kind)) {
    return err(unreadable(places.algorithmPointer, key.value.kind, algorithm));
  }
  const notes: Note[] = [];
  if (key.value.spelling !== "normal") {
    notes.push({ code: "FMT-009", pointer: places.keyPointer, actual: keyValue });
  }
  if (signature.value.spelling !== "normal") {
    notes.push({ code: "FMT-009", pointer: places.signaturePointer, actual: signatureValue });
  }
  return ok({ key: key.value, signature: signature.value, notes });
}

/** The material of a record that holds `kernel_key`-like, `signature` and `algorithm` members itself. */
export function readMaterialOf(
  record: JsonObject,
  keyMember: string,
): Result<SigningMaterial, Check> {
  return readMaterial({
    key: member(record, keyMember),
    keyPointer: `/${keyMember}`,
    signature: member(record, "signature"),
    signaturePointer: "/signature",
    algorithm: member(record, "algorithm"),
    algorithmPointer: "/algorithm",
  });
}

function names(algorithm: JsonValue, kind: PublicKey["kind"]): boolean {
  if (typeof algorithm !== "string") {
    return false;
  }
  return kind === "hybrid"
    ? algorithm === "hybrid" || algorithm.endsWith("+mldsa65")
    : algorithm === kind;
}

function unreadable(pointer: string, expected: string, actual: JsonValue | undefined): Check {
  return {
    name: "signature",
    outcome: { kind: "failed", code: "SIG-001", pointer, expected, actual: shown(actual) },
  };
}

function shown(value: JsonValue | undefined): string | null {
  if (value === undefined) {
    return null;
  }
  if (typeof value === "string") {
    return value;
  }
  return isObject(value) || Array.isArray(value) ? "a nested value" : String(value);
}

import { verifyEcdsa } from "../crypto/ecdsa.ts";
import { verifySignature } from "../crypto/ed25519.ts";
import { type PublicKey, parsePublicKey, parseSignature } from "../crypto/key.ts";
import { isWeakKey } from "../crypto/weak-key.ts";
import { toHex, utf8 } from "../encoding.ts";
import { canonicalize } from "../json/canonicalize.ts";
import { childPointer } from "../json/pointer.ts";
import {
  asU64,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
} from "../json/value.ts";
import type { Primitives } from "../primitives.ts";
import { withMember, without } from "../record-members.ts";
import { err, ok, type Result } from "../result.ts";
import { type SigningKey, signerOf } from "../signer.ts";
import { collides, MOST_TIMES } from "./windows.ts";

export const TRUST_SCHEMA = "chio-explorer.trust.v1";

export const TRUST_ROLES = [
  "capability_authority",
  "kernel",
  "checkpoint",
  "control_plane",
  "trust_bundle",
] as const;
export type TrustRole = (typeof TRUST_ROLES)[number];

/** One pinned key. Times are Unix seconds: start inclusive, `validUntil` and `retiredAt` exclusive. */
export interface TrustKey {
  readonly role: TrustRole;
  readonly key: PublicKey;
  readonly validFrom: bigint | null;
  readonly validUntil: bigint | null;
  readonly retiredAt: bigint | null;
  readonly note: string;
}

export interface TrustFile {
  readonly keys: readonly TrustKey[];
  /** Who signed the file, where it is signed; the signature holds. */
  readonly signer: PublicKey | null;
}

export interface TrustProblem {
  readonly kind:
    | "not-an-object"
    | "schema"
    | "unknown-member"
    | "type"
    | "role"
    | "unreadable-key"
    | "weak-key"
    | "duplicate"
    | "empty-window"
    | "half-signed"
    | "wrong-signature"
    | "unsupported-signature";
  readonly pointer: string;
  readonly actual: string | null;
}

const FILE_MEMBERS = ["schema", "keys", "signer_key", "signature"];
const KEY_MEMBERS = ["role", "key", "valid_from", "valid_until", "retired_at", "note"];

/**
 * Reads a trust file, refusing it whole with every problem found: a file that pins keys is believed, so
 * nothing in it may be guessed. An absent time bound is null; an unknown member is refused, because it may
 * be a misspelled bound.
 */
export function parseTrustFile(
  value: JsonValue,
  primitives: Primitives,
): Result<TrustFile, readonly TrustProblem[]> {
  if (!isObject(value)) {
    return err([{ kind: "not-an-object", pointer: "", actual: null }]);
  }
  const problems: TrustProblem[] = [...unknown(value, FILE_MEMBERS, "")];
  if (member(value, "schema") !== TRUST_SCHEMA) {
    problems.push({ kind: "schema", pointer: "/schema", actual: shown(member(value, "schema")) });
  }
  const keys = trustKeys(value, problems);
  const signer = fileSigner(value, primitives, problems);
  return problems.length === 0 ? ok({ keys, signer }) : err(problems);
}

/** What the signature of a trust file covers: its canonical JSON without `signature`. */
export function canonicalTrustText(file: JsonObject): string {
  return canonicalize(without(file, "signature"));
}

/** The trust file with `signer_key` and `signature` of the seed's key. */
export function signTrustFile(file: JsonObject, key: SigningKey): JsonObject {
  const signer = signerOf(key);
  const named = withMember(file, "signer_key", signer.publicKey);
  return withMember(named, "signature", toHex(signer.sign(utf8(canonicalTrustText(named)))));
}

function trustKeys(file: JsonObject, problems: TrustProblem[]): readonly TrustKey[] {
  const list = member(file, "keys");
  if (!isArray(list)) {
    problems.push({ kind: "type", pointer: "/keys", actual: shown(list) });
    return [];
  }
  const keys: TrustKey[] = [];
  const seen = new Map<string, readonly TrustKey[]>();
  for (const [index, entry] of list.entries()) {
    const pointer = `/keys/${index}`;
    if (!isObject(entry)) {
      problems.push({ kind: "type", pointer, actual: shown(entry) });
      continue;
    }
    const key = trustKey(entry, pointer, problems);
    if (key === null) {
      continue;
    }
    const name = `${key.role} ${key.key.canonical}`;
    const earlier = seen.get(name) ?? [];
    if (collides(earlier, key)) {
      problems.push({ kind: "duplicate", pointer, actual: name });
    }
    seen.set(name, earlier.length < MOST_TIMES ? [...earlier, key] : earlier);
    keys.push(key);
  }
  return keys;
}

function trustKey(entry: JsonObject, pointer: string, problems: TrustProblem[]): TrustKey | null {
  problems.push(...unknown(entry, KEY_MEMBERS, pointer));
  const spelledRole = member(entry, "role");
  const role = TRUST_ROLES.find((name) => name === spelledRole) ?? null;
  if (role === null) {
    problems.push({ kind: "role", pointer: `${pointer}/role`, actual: shown(spelledRole) });
  }
  const key = publicKey(member(entry, "key"), `${pointer}/key`, problems);
  const validFrom = time(entry, "valid_from", pointer, problems);
  const validUntil = time(entry, "valid_until", pointer, problems);
  const retiredAt = time(entry, "retired_at", pointer, problems);
  if (validFrom !== null && validUntil !== null && validFrom >= validUntil) {
    const actual = `${validFrom} to ${validUntil}`;
    problems.push({ kind: "empty-window", pointer: `${pointer}/valid_until`, actual });
  }
  const note = member(entry, "note") ?? "";
  if (typeof note !== "string") {
    problems.push({ kind: "type", pointer: `${pointer}/note`, actual: shown(note) });
    return null;
  }
  return role === null || key === null
    ? null
    : { role, key, validFrom, validUntil, retiredAt, note };
}

function publicKey(
  value: JsonValue | undefined,
  pointer: string,
  problems: TrustProblem[],
): PublicKey | null {
  const parsed = typeof value === "string" ? parsePublicKey(value) : null;
  if (parsed === null || !parsed.ok) {
    problems.push({ kind: "unreadable-key", pointer, actual: shown(value) });
    return null;
  }
  if (parsed.value.kind === "ed25519" && isWeakKey(parsed.value.bytes)) {
    problems.push({ kind: "weak-key", pointer, actual: shown(value) });
    return null;
  }
  return parsed.value;
}

function time(
  entry: JsonObject,
  name: string,
  pointer: string,
  problems: TrustProblem[],
): bigint | null {
  const value = member(entry, name) ?? null;
  if (value === null) {
    return null;
  }
  const seconds = asU64(value);
  if (seconds === undefined) {
    problems.push({ kind: "type", pointer: `${pointer}/${name}`, actual: shown(value) });
    return null;
  }
  return seconds;
}

function fileSigner(
  file: JsonObject,
  primitives: Primitives,
  problems: TrustProblem[],
): PublicKey | null {
  const spelledKey = member(file, "signer_key");
  const spelledSignature = member(file, "signature");
  if (spelledKey === undefined && spelledSignature === undefined) {
    return null;
  }
  if (spelledKey === undefined || spelledSignature === undefined) {
    const pointer = spelledKey === undefined ? "/signer_key" : "/signature";
    problems.push({ kind: "half-signed", pointer, actual: null });
    return null;
  }
  const key = publicKey(spelledKey, "/signer_key", problems);
  const signature = typeof spelledSignature === "string" ? parseSignature(spelledSignature) : null;
  if (key === null) {
    return null;
  }
  const wrong: TrustProblem = {
    kind: "wrong-signature",
    pointer: "/signature",
    actual: shown(spelledSignature),
  };
  if (signature === null || !signature.ok || signature.value.kind !== key.kind) {
    problems.push(wrong);
    return null;
  }
  if (key.kind === "hybrid" || signature.value.kind === "hybrid") {
    problems.push({ ...wrong, kind: "unsupported-signature" });
    return null;
  }
  const message = primitives.utf8(canonicalTrustText(file));
  const { bytes } = signature.value;
  const fits =
    key.kind === "ed25519"
      ? verifySignature(key.bytes, message, bytes)
      : verifyEcdsa(key.kind, key.bytes, message, bytes);
  if (!fits) {
    problems.push(wrong);
    return null;
  }
  return key;
}

function unknown(
  object: JsonObject,
  known: readonly string[],
  base: string,
): readonly TrustProblem[] {
  return Object.keys(object)
    .filter((name) => !known.includes(name))
    .map((name) => ({ kind: "unknown-member", pointer: childPointer(base, name), actual: name }));
}

function shown(value: JsonValue | undefined): string | null {
  if (value === undefined || value === null) {
    return null;
  }
  return typeof value === "object" ? "a nested value" : String(value);
}

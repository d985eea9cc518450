import { fromHex, toHex } from "../encoding.ts";
import { err, ok, type Result } from "../result.ts";

/** How the text differs from bare lowercase hexadecimal, the form in which it was signed. */
export type Spelling = "normal" | "prefixed" | "upper-case";

export type PublicKey =
  | {
      readonly kind: "ed25519" | "p256" | "p384";
      /** Ed25519: 32 octets. ECDSA: the uncompressed point, 65 or 97 octets. */
      readonly bytes: Uint8Array;
      /** The one text by which the key is known: lowercase, without a tolerated prefix. */
      readonly canonical: string;
      readonly spelling: Spelling;
    }
  | { readonly kind: "hybrid"; readonly canonical: string; readonly spelling: Spelling };

export type SignatureValue =
  | {
      readonly kind: "ed25519" | "p256" | "p384";
      /** Ed25519: R and S, 64 octets. ECDSA: DER. */
      readonly bytes: Uint8Array;
      readonly canonical: string;
      readonly spelling: Spelling;
    }
  | { readonly kind: "hybrid"; readonly canonical: string; readonly spelling: Spelling };

/** Octets that each kind of material has; DER signatures vary, up to their bound. */
interface Lengths {
  readonly noun: "key" | "signature";
  readonly ed25519: number;
  readonly p256: number;
  readonly p384: number;
  readonly exact: boolean;
  readonly postQuantum: number;
}

const KEY: Lengths = {
  noun: "key",
  ed25519: 32,
  p256: 65,
  p384: 97,
  exact: true,
  postQuantum: 1952,
};
const SIGNATURE: Lengths = {
  noun: "signature",
  ed25519: 64,
  p256: 72,
  p384: 104,
  exact: false,
  postQuantum: 3309,
};

/**
 * Reads a public key. Ed25519 keys are bare hexadecimal; `p256:`, `p384:` and `hybrid:` name the other
 * kinds. `0x`, `ed25519:`, `ed25519:pub:` and upper case are tolerated and told by `spelling`. Whether
 * the octets are a point is not looked at here. The error is a reason for a person.
 */
export function parsePublicKey(text: string): Result<PublicKey, string> {
  const material = parseMaterial(text, KEY);
  if (material.ok && material.value.kind !== "hybrid" && material.value.kind !== "ed25519") {
    return material.value.bytes[0] === 4 ? material : err("key is not an uncompressed point");
  }
  return material;
}

/** Reads a signature by the same rules; ECDSA signatures are DER, whose content is not looked at here. */
export function parseSignature(text: string): Result<SignatureValue, string> {
  return parseMaterial(text, SIGNATURE);
}

function parseMaterial(text: string, lengths: Lengths): Result<PublicKey, string> {
  if (text.startsWith("hybrid:")) {
    return parseHybrid(text, lengths);
  }
  const named = /^(p256|p384):/.exec(text)?.[1];
  if (named === "p256" || named === "p384") {
    return parseHex(text.slice(5), named, lengths, `${named}:`);
  }
  return parseHex(text, "ed25519", lengths, "");
}

const TOLERATED_PREFIX = /^(?:ed25519:(?:pub:|sig:)?)?(?:0x)?/;

function parseHex(
  text: string,
  kind: "ed25519" | "p256" | "p384",
  lengths: Lengths,
  name: string,
): Result<PublicKey, string> {
  const prefix = (kind === "ed25519" ? TOLERATED_PREFIX : /^(?:0x)?/).exec(text)?.[0] ?? "";
  const digits = text.slice(prefix.length);
  const bytes = fromHex(digits);
  if (bytes === null) {
    return err(`${lengths.noun} is not hexadecimal`);
  }
  const expected = lengths[kind];
  const fits =
    kind === "ed25519" || lengths.exact
      ? bytes.length === expected
      : bytes.length >= 8 && bytes.length <= expected;
  if (!fits) {
    return err(`${lengths.noun} has ${bytes.length} octets, ${kind} has ${expected}`);
  }
  const canonical = digits.toLowerCase();
  const spelling = prefix !== "" ? "prefixed" : digits === canonical ? "normal" : "upper-case";
  return ok({ kind, bytes, canonical: name + canonical, spelling });
}

const HYBRID_ALGORITHM = /^(ed25519|p256|p384)\+mldsa65$/;

/**
 * `hybrid:<classical>:<post-quantum>:<algorithm>`, split from the right, because the classical part may
 * itself hold a colon.
 */
function parseHybrid(text: string, lengths: Lengths): Result<PublicKey, string> {
  const parts = text.slice("hybrid:".length).split(":");
  const algorithm = parts.pop() ?? "";
  const postQuantum = fromHex(parts.pop() ?? "");
  const classicalKind = HYBRID_ALGORITHM.exec(algorithm)?.[1];
  if (classicalKind === undefined) {
    return err(`hybrid ${lengths.noun} names an unknown algorithm`);
  }
  if (postQuantum === null || postQuantum.length !== lengths.postQuantum) {
    return err(`hybrid ${lengths.noun} has no ML-DSA-65 part of ${lengths.postQuantum} octets`);
  }
  const classicalText = parts.join(":");
  if (classicalText.startsWith("hybrid:")) {
    return err(`hybrid ${lengths.noun} holds another hybrid ${lengths.noun}`);
  }
  const classical = parseMaterial(classicalText, lengths);
  if (!classical.ok) {
    return classical;
  }
  if (classical.value.kind !== classicalKind) {
    return err(`hybrid ${lengths.noun} is not made of the algorithms that it names`);
  }
  const canonical = `hybrid:${classical.value.canonical}:${toHex(postQuantum)}:${algorithm}`;
  const spelling =
    classical.value.spelling !== "normal"
      ? classical.value.spelling
      : canonical === text
        ? "normal"
        : "upper-case";
  return ok({ kind: "hybrid", canonical, spelling });
}

import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { toHex, utf8 } from "@/kernel/encoding.ts";

/** Bytes of a token: 96 bits, which nobody meets by chance. */
const TOKEN_BYTES = 12;
const TOKEN = /^~[A-Za-z0-9_-]{16}$/u;

/**
 * SHA-256 over the SHA-256 of every file that is loaded, in sorted order: what the data is, whatever its
 * files are called and in whichever order they came.
 *
 * @param hashes lower-case hex
 * @returns 64 hex digits
 */
export function datasetDigest(hashes: readonly string[]): string {
  return toHex(sha256(utf8([...hashes].sort().join("\n"))));
}

/** What a link says of the data it was made for: the first 8 hex digits of its digest. */
export function digestHint(digest: string): string {
  return digest.slice(0, 8);
}

/**
 * Values of a log as they may stand in an address: `~` and HMAC-SHA-256 keyed by the whole digest of the
 * data, cut to 96 bits. Whoever has the files finds the value again by trying those that they hold; nobody
 * else can even check a guess, because the digest is not in the link. The kind is part of what is hashed: a
 * topic and an agent of the same name have different tokens.
 */
export class LinkTokens {
  readonly digest: string;
  readonly #keyed: ReturnType<typeof hmac.create>;

  /** @param digest of {@link datasetDigest} */
  constructor(digest: string) {
    this.digest = digest;
    this.#keyed = hmac.create(sha256, utf8(digest));
  }

  /** The token of a value; this page can turn it back from now on. */
  token(kind: string, value: string): string {
    const mac = this.#keyed.clone();
    mac.update(utf8(`${kind}\n${value}`));
    const token = `~${base64Url(mac.digest().subarray(0, TOKEN_BYTES))}`;
    known.set(token, { kind, value });
    return token;
  }

  /**
   * Learns which of the candidates the sought tokens stand for; stops when none is left.
   *
   * @returns the tokens that no candidate has
   */
  learn(
    kind: string,
    sought: readonly string[],
    candidates: Iterable<string>,
  ): ReadonlySet<string> {
    const left = new Set(sought.filter((token) => valueOfToken(kind, token) === null));
    if (left.size === 0) return left;
    for (const candidate of candidates) {
      left.delete(this.token(kind, candidate));
      if (left.size === 0) break;
    }
    return left;
  }
}

const known = new Map<string, { readonly kind: string; readonly value: string }>();

/** The value of a token that this page made or learned; null for any other. */
export function valueOfToken(kind: string, token: string): string | null {
  const found = known.get(token);
  return found !== undefined && found.kind === kind ? found.value : null;
}

/** True for what has the form of a token. A link is written by anyone. */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_");
}

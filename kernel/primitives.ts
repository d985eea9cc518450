/**
 * The two operations that dominate verification and that every platform does faster than portable code.
 * The kernel has its own ({@link ./crypto/sha256.ts}, {@link ./encoding.ts}); a shell may hand in equal
 * ones, which the known-answer self-test then holds to the same results.
 */
export interface Primitives {
  /** SHA-256 (FIPS 180-4), 32 octets. The result is a fresh array. */
  readonly sha256: (message: Uint8Array) => Uint8Array;
  /** UTF-8 of a well-formed string (no lone surrogates). */
  readonly utf8: (text: string) => Uint8Array;
  /**
   * Writes the UTF-8 of a well-formed string into an array that has three octets for each of its UTF-16 code
   * units, and returns how many octets it took.
   */
  readonly encodeInto?: (text: string, target: Uint8Array) => number;
  /** SHA-256 of a well-formed string's UTF-8, where a platform can spare the octets their own memory. */
  readonly sha256Text?: (text: string) => Uint8Array;
}

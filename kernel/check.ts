import type { FindingCode } from "./findings.ts";

/** The checks that a verification can hold, in the order in which a person would make them. */
export type CheckName =
  | "format"
  | "parameter-hash"
  | "id"
  | "coherence"
  | "signature"
  | "delegation"
  | "structure";

/**
 * What one check found. `failed` carries both sides, so that a reader can compare them; `not-checked`
 * says why and is never shown as a pass.
 */
export type Outcome =
  | { readonly kind: "passed"; readonly note?: string }
  | {
      readonly kind: "failed";
      readonly code: FindingCode;
      /** RFC 6901 pointer inside the record. */
      readonly pointer: string;
      readonly expected: string | null;
      readonly actual: string | null;
    }
  | { readonly kind: "not-applicable"; readonly why: string }
  | { readonly kind: "not-checked"; readonly why: string };

export interface Check {
  readonly name: CheckName;
  readonly outcome: Outcome;
}

/** A named deviation that was tolerated in reading: never an error, always shown. */
export interface Note {
  readonly code: FindingCode;
  readonly pointer: string;
  readonly actual: string | null;
}

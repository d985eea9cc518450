import { canonicalize } from "./json/canonicalize.ts";
import type { JsonObject } from "./json/value.ts";
import type { Primitives } from "./primitives.ts";
import { without } from "./record-members.ts";
import type { Preimage, PreimageName } from "./signature.ts";
import { ccEscaped, lazyBytes } from "./texts.ts";

/** A reading of the signed text that is made only when it is tried. */
export interface Reading {
  readonly name: Extract<PreimageName, "normal" | "raw" | "stripped" | "enveloped" | "plain">;
  readonly text: () => string;
  /** The text's octets, where they were needed before. */
  readonly bytes?: Uint8Array;
}

/**
 * The preimages of one record: each reading, followed by its spelling in the older escape dialect where
 * that differs. `ccPossible` is whether any string of the record holds U+007F to U+009F.
 */
export function preimagesOf(
  readings: readonly Reading[],
  ccPossible: boolean,
  primitives: Primitives,
): readonly Preimage[] {
  const preimages: Preimage[] = [];
  for (const { name, text, bytes } of readings) {
    preimages.push({ name, bytes: bytes ? () => bytes : lazyBytes(text, primitives) });
    if (ccPossible) {
      preimages.push({
        name: name === "raw" ? "raw-cc-escape" : "cc-escape",
        bytes: lazyBytes(() => ccEscaped(text()), primitives),
      });
    }
  }
  return preimages;
}

/** The canonical text of a record without the named members, all else exactly as received. */
export function textWithout(record: JsonObject, names: readonly string[]): string {
  return canonicalize(without(record, ...names));
}

import { canonicalize } from "../json/canonicalize.ts";
import type { JsonObject } from "../json/value.ts";
import { textWithout } from "../preimages.ts";
import type { Primitives } from "../primitives.ts";
import { ccEscaped, lazyBytes } from "../texts.ts";

/** `full` is the whole receipt, `body` the anchor convention without signature and algorithm. */
export interface LeafCandidate {
  readonly convention: "full" | "body";
  readonly reading: "normal" | "raw" | "cc-escape" | "raw-cc-escape";
  readonly bytes: () => Uint8Array;
}

export interface LeafSources {
  readonly receipt: JsonObject;
  readonly leafBytes: () => Uint8Array;
  readonly rawLeafBytes: () => Uint8Array;
  readonly bodyLeafBytes: () => Uint8Array;
  readonly ccPossible: boolean;
  readonly primitives: Primitives;
}

/** The leaf octets that a checkpoint may commit to for this receipt, most expected first. */
export function leafCandidates(sources: LeafSources): readonly LeafCandidate[] {
  const { receipt, leafBytes, rawLeafBytes, bodyLeafBytes, ccPossible, primitives } = sources;
  const hasRaw = rawLeafBytes !== leafBytes;
  const bodyText = () => textWithout(receipt, ["signature", "algorithm"]);
  const candidates: LeafCandidate[] = [
    { convention: "full", reading: "normal", bytes: leafBytes },
    { convention: "body", reading: "normal", bytes: bodyLeafBytes },
  ];
  if (hasRaw) {
    candidates.push(
      { convention: "full", reading: "raw", bytes: rawLeafBytes },
      { convention: "body", reading: "raw", bytes: lazyBytes(bodyText, primitives) },
    );
  }
  if (ccPossible) {
    const whole = () => ccEscaped(canonicalize(receipt));
    candidates.push(
      {
        convention: "full",
        reading: hasRaw ? "raw-cc-escape" : "cc-escape",
        bytes: lazyBytes(whole, primitives),
      },
      {
        convention: "body",
        reading: hasRaw ? "raw-cc-escape" : "cc-escape",
        bytes: lazyBytes(() => ccEscaped(bodyText()), primitives),
      },
    );
  }
  return candidates;
}

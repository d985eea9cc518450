import type { Check, Note } from "../check.ts";
import { isHexOf, toHex } from "../encoding.ts";
import { hasCcCharacter } from "../json/canonicalize.ts";
import { asText, type JsonObject, member } from "../json/value.ts";
import type { Primitives } from "../primitives.ts";
import { ccEscaped, hashHex } from "../texts.ts";
import type { NormalForm } from "./normal-form.ts";
import { rawContentText, type SignedOctets } from "./signed-text.ts";

/**
 * Whether the id of a v1 receipt is the hash of its content: `expected` is the recorded id, `actual` the
 * computed one. The tolerated readings of the content are the same as the signature's.
 */
export function identityCheck(
  receipt: JsonObject,
  normal: NormalForm,
  octets: SignedOctets,
  primitives: Primitives,
  notes: Note[],
): Check {
  const recorded = asText(member(receipt, "id")) ?? null;
  const { content } = normal;
  const hash = primitives.sha256(octets.content);
  if (recorded !== null && isHexOf(recorded, hash)) {
    return { name: "id", outcome: { kind: "passed" } };
  }
  const texts: (readonly [string, string])[] = [["cc-escape", content]];
  if (normal.differs) {
    const raw = rawContentText(receipt);
    if (recorded === hashHex(raw, primitives)) {
      return tolerated("raw", notes);
    }
    texts.push(["raw-cc-escape", raw]);
  }
  for (const [name, text] of texts) {
    if (hasCcCharacter(text) && recorded === hashHex(ccEscaped(text), primitives)) {
      return tolerated(name, notes);
    }
  }
  return {
    name: "id",
    outcome: {
      kind: "failed",
      code: "HSH-002",
      pointer: "/id",
      expected: recorded,
      actual: toHex(hash),
    },
  };
}

function tolerated(name: string, notes: Note[]): Check {
  notes.push({ code: "SIG-006", pointer: "/id", actual: name });
  return { name: "id", outcome: { kind: "passed", note: name } };
}

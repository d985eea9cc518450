import { toHex } from "@/kernel/encoding.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { isObject, type JsonObject, type JsonValue } from "@/kernel/json/value.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { hashHex } from "@/kernel/texts.ts";

/** A receipt of the v1 form before its signature. Its id is known, so that others can name it. */
export interface SealedDraft {
  readonly id: string;
  /** What the signature covers. */
  readonly message: Uint8Array;
  /** The receipt's own text, in canonical form. */
  readonly seal: (signature: Uint8Array) => string;
}

/**
 * Makes `body`, as `receiptBody` gives it, ready for a signer that may take its time (wire format 2.2): the
 * draft id moves into the metadata, the key goes in, and the id becomes the hash of the content. Each member
 * is written once; the signed text and the receipt's own are joined from the same parts.
 */
export function draftV1(body: JsonObject, key: string, primitives: Primitives): SealedDraft {
  const { id: nonce, metadata, ...rest } = body;
  const given = isObject(metadata) ? metadata : {};
  const content: Record<string, JsonValue> = {
    ...rest,
    kernel_key: key,
    metadata: { ...given, chio_receipt_signing_nonce: nonce ?? "" },
  };
  const parts = Object.keys(content)
    .sort()
    .map((name) => [name, `"${name}":${canonicalize(content[name] ?? null)}`] as const);
  const joined = (from: string, to: string): string =>
    parts
      .filter(([name]) => from < name && name < to)
      .map(([, text]) => text)
      .join(",");
  const before = joined("", "id");
  const between = joined("id", "signature");
  const after = joined("signature", "\uffff");
  const canonical = `{${before},${between},${after}}`;
  const id = hashHex(canonical, primitives);
  return {
    id,
    message: primitives.utf8(`{"body":${canonical},"id":"${id}"}`),
    seal: (signature) =>
      `{${before},"id":"${id}",${between},"signature":"${toHex(signature)}",${after}}`,
  };
}

import type { JsonObject } from "../json/value.ts";
import { type Reading, textWithout } from "../preimages.ts";
import type { Primitives } from "../primitives.ts";
import type { ReceiptForm } from "./detect.ts";
import { stripped, withBareKey } from "./documentation.ts";
import { type MemberRole, PRE_V1 } from "./members.ts";
import { joinMembers, memberOf, type NormalForm, normalForm } from "./normal-form.ts";

const SIGNED: ReadonlySet<MemberRole> = new Set(["content", "id"]);
const UNSIGNED = ["signature", "algorithm"] as const;
const BESIDE_BODY = ["id", "signature", "algorithm", "bbs_signature"] as const;
const NO_SPELLING = { key: null, signature: null } as const;

/** What a v1 receipt signs, encoded once: the content, whose hash is the id, is a part of the message. */
export interface SignedOctets {
  readonly message: Uint8Array;
  readonly content: Uint8Array;
  /** Each of the text's characters is one octet. */
  readonly isAscii: boolean;
}

export function signedOctets(normal: NormalForm, primitives: Primitives): SignedOctets {
  const { content } = normal;
  const text = envelope(normal, content);
  const message = primitives.utf8(text);
  // In ASCII, places in text and octets are the same.
  const isAscii = message.length === text.length;
  const start = opening(normal).length;
  return {
    message,
    content: isAscii ? message.subarray(start, start + content.length) : primitives.utf8(content),
    isAscii,
  };
}

/**
 * The signed texts of a receipt in the order in which they are tried (wire format 2.2, 2.7, 9). `octets`
 * are those of the first, for a form whose octets were needed before.
 */
export function signedReadings(
  receipt: JsonObject,
  form: ReceiptForm,
  normal: NormalForm,
  octets: SignedOctets | null = null,
): readonly Reading[] {
  const raw: Reading = { name: "raw", text: () => textWithout(receipt, UNSIGNED) };
  switch (form) {
    case "documentation":
      return documentationReadings(receipt, normal, raw);
    case "v1": {
      const enveloped: Reading = {
        name: "normal",
        text: () => envelope(normal, normal.content),
        ...(octets === null ? {} : { bytes: octets.message }),
      };
      return normal.differs
        ? [enveloped, { name: "raw", text: () => envelope(normal, rawContentText(receipt)) }]
        : [enveloped];
    }
    case "pre-v1":
    case "child":
    case "http": {
      const flat: Reading = { name: "normal", text: () => joinMembers(normal, SIGNED) };
      return normal.differs ? [flat, raw] : [flat];
    }
  }
}

/** What the v1 id is the hash of, exactly as received: everything but the id and the signatures. */
export function rawContentText(receipt: JsonObject): string {
  return textWithout(receipt, BESIDE_BODY);
}

/** `{"bbs_signature"?, "body", "id"}`: the v1 preimage around a content text. */
function envelope(normal: NormalForm, content: string): string {
  const id = memberOf(normal, "id");
  return opening(normal) + content + (id === null ? "}" : `,"id":${id}}`);
}

function opening(normal: NormalForm): string {
  const bbs = memberOf(normal, "bbs_signature");
  return bbs === null ? '{"body":' : `{"bbs_signature":${bbs},"body":`;
}

/** An example is signed as it is spelled; failing that, with its prefixes taken off. */
function documentationReadings(
  receipt: JsonObject,
  normal: NormalForm,
  raw: Reading,
): readonly Reading[] {
  const bare = stripped(receipt);
  return [
    raw,
    { name: "normal", text: () => joinMembers(normal, SIGNED) },
    { name: "stripped", text: () => textWithout(withBareKey(receipt), UNSIGNED) },
    { name: "stripped", text: () => textWithout(bare, UNSIGNED) },
    // Unlike the two above it leaves out members that the form does not know: another name, since whoever
    // put a prefix before an unsigned signature must not get extra members covered by it.
    { name: "plain", text: () => joinMembers(normalForm(bare, PRE_V1, NO_SPELLING), SIGNED) },
  ];
}

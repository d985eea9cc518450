import type { JsonObject } from "../json/value.ts";
import { type Reading, textWithout } from "../preimages.ts";
import type { ReceiptForm } from "./detect.ts";
import { stripped, withBareKey } from "./documentation.ts";
import { type MemberRole, PRE_V1 } from "./members.ts";
import { joinMembers, memberOf, type NormalForm, normalForm } from "./normal-form.ts";

const SIGNED: ReadonlySet<MemberRole> = new Set(["content", "id"]);
const UNSIGNED = ["signature", "algorithm"] as const;
const BESIDE_BODY = ["id", "signature", "algorithm", "bbs_signature"] as const;
const NO_SPELLING = { key: null, signature: null } as const;

/** The signed texts of a receipt in the order in which they are tried (wire format 2.2, 2.7, 9). */
export function signedReadings(
  receipt: JsonObject,
  form: ReceiptForm,
  normal: NormalForm,
): readonly Reading[] {
  const raw: Reading = { name: "raw", text: () => textWithout(receipt, UNSIGNED) };
  switch (form) {
    case "documentation":
      return documentationReadings(receipt, normal, raw);
    case "v1": {
      const enveloped: Reading = {
        name: "normal",
        text: () => envelope(normal, contentText(normal)),
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

/** What the v1 id is the hash of: everything but the id and the signatures. */
export function contentText(normal: NormalForm): string {
  return normal.content();
}

/** The same, exactly as received. */
export function rawContentText(receipt: JsonObject): string {
  return textWithout(receipt, BESIDE_BODY);
}

/** `{"bbs_signature"?, "body", "id"}`: the v1 preimage around a content text. */
function envelope(normal: NormalForm, content: string): string {
  const bbs = memberOf(normal, "bbs_signature");
  const id = memberOf(normal, "id");
  return `{${bbs === null ? "" : `"bbs_signature":${bbs},`}"body":${content}${id === null ? "" : `,"id":${id}`}}`;
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
    {
      name: "stripped",
      text: () => joinMembers(normalForm(bare, PRE_V1, NO_SPELLING), SIGNED),
    },
  ];
}

import { purePrimitives } from "../crypto/sha256.ts";
import { toHex, utf8 } from "../encoding.ts";
import { canonicalize } from "../json/canonicalize.ts";
import { asText, isObject, type JsonObject, type JsonValue, member } from "../json/value.ts";
import type { Primitives } from "../primitives.ts";
import { withMember } from "../record-members.ts";
import { type Signer, type SigningKey, signerOf } from "../signer.ts";
import { hashHex } from "../texts.ts";
import { CHILD, type FormMembers, HTTP, PRE_V1, V1 } from "./members.ts";
import { normalForm } from "./normal-form.ts";
import { signedReadings } from "./signed-text.ts";

const BARE = { key: null, signature: null } as const;

/** `{parameters, parameter_hash}` for any JSON parameters. */
export function actionOf(
  parameters: JsonValue,
  primitives: Primitives = purePrimitives,
): JsonObject {
  return { parameters, parameter_hash: hashHex(canonicalize(parameters), primitives) };
}

/** Signs a tool receipt in the form of April 2026: id included, defaults left out of the signed text. */
export function signPreV1(body: JsonObject, key: SigningKey): JsonObject {
  return signFlat(body, "pre-v1", PRE_V1, signerOf(key));
}

/** Signs a child request receipt. */
export function signChild(body: JsonObject, key: SigningKey): JsonObject {
  return signFlat(body, "child", CHILD, signerOf(key));
}

/** Signs an HTTP receipt. */
export function signHttp(body: JsonObject, key: SigningKey): JsonObject {
  return signFlat(body, "http", HTTP, signerOf(key));
}

/**
 * Signs a `chio.receipt.v1` receipt: the id becomes the hash of the content. A draft id survives as
 * `metadata.chio_receipt_signing_nonce`; metadata that is no object moves under `original_metadata`.
 */
export function signV1(
  body: JsonObject,
  key: SigningKey,
  primitives: Primitives = purePrimitives,
): JsonObject {
  const signer = signerOf(key);
  const draft = withDraftId(withMember(body, "kernel_key", signer.publicKey));
  const content = normalForm(draft, V1, BARE).content;
  const receipt = withMember(draft, "id", hashHex(content, primitives));
  return sealed(receipt, "v1", V1, signer);
}

function signFlat(
  body: JsonObject,
  form: "pre-v1" | "child" | "http",
  members: FormMembers,
  signer: Signer,
): JsonObject {
  return sealed(withMember(body, "kernel_key", signer.publicKey), form, members, signer);
}

function sealed(
  receipt: JsonObject,
  form: "pre-v1" | "v1" | "child" | "http",
  members: FormMembers,
  signer: Signer,
): JsonObject {
  const [reading] = signedReadings(receipt, form, normalForm(receipt, members, BARE));
  if (reading === undefined) {
    throw new Error("a form without a signed text");
  }
  return withMember(receipt, "signature", toHex(signer.sign(utf8(reading.text()))));
}

function withDraftId(body: JsonObject): JsonObject {
  const draftId = asText(member(body, "id")) ?? "";
  if (draftId === "") {
    return body;
  }
  const metadata = member(body, "metadata") ?? null;
  const kept: JsonObject = isObject(metadata)
    ? metadata
    : metadata === null
      ? {}
      : { original_metadata: metadata };
  return withMember(body, "metadata", withMember(kept, "chio_receipt_signing_nonce", draftId));
}

import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";
import { canon, type Json, type JsonRecord } from "./json.ts";

/** A signer of the tests' own: OpenSSL and this folder's canonical form, nothing of the code under test. */
export interface TestKey {
  readonly hex: string;
  readonly secret: KeyObject;
}

export function testKey(name: string): TestKey {
  const seed = createHash("sha256").update(`mutation test key ${name}`).digest();
  const head = Buffer.from("302e020100300506032b657004220420", "hex");
  const secret = createPrivateKey({
    key: Buffer.concat([head, seed]),
    format: "der",
    type: "pkcs8",
  });
  const spki = createPublicKey(secret).export({ format: "der", type: "spki" });
  return { hex: spki.subarray(spki.length - 32).toString("hex"), secret };
}

export function signText(key: TestKey, text: string): string {
  return sign(null, Buffer.from(text, "utf8"), key.secret).toString("hex");
}

export function hashText(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

export function hashJson(value: Json): string {
  return hashText(canon(value));
}

export function without(value: JsonRecord, ...names: readonly string[]): JsonRecord {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

/** Signs a record over all its members but the signature. */
export function signPlain(body: JsonRecord, key: TestKey): JsonRecord {
  return { ...body, signature: signText(key, canon(body)) };
}

/** Signs a v1 receipt: the id is the hash of the body, the signature covers both. */
export function signContentAddressed(body: JsonRecord, key: TestKey): JsonRecord {
  const id = hashJson(body);
  return { id, ...body, signature: signText(key, canon({ body, id })) };
}

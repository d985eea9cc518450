import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { openAsBlob } from "node:fs";
import type { MessagePort } from "node:worker_threads";
import { parseJson } from "@/kernel/json/parse.ts";
import { isObject, member } from "@/kernel/json/value.ts";
import { inspectReceipt } from "@/kernel/receipt/inspect.ts";
import { nodePlatform } from "@/lib/cli/node-platform.ts";
import { readUnit } from "@/lib/ingest/read-unit.ts";
import { blobSource } from "@/lib/ingest/sources.ts";
import type { NativeAnswer, NativeShare } from "./native-verify.ts";

interface Signed {
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
  readonly key: KeyObject;
}

/** Prepares the messages of its share, then verifies them all each time it is told to. */
export async function serveNativeVerify(share: NativeShare, port: MessagePort): Promise<void> {
  const prepared = await prepare(share);
  const answer = (message: NativeAnswer): void => port.postMessage(message);
  port.on("message", () => {
    let accepted = 0;
    for (const { message, signature, key } of prepared) {
      accepted += verify(null, message, key, signature) ? 1 : 0;
    }
    answer({ kind: "verified", accepted });
  });
  answer({ kind: "ready", messages: prepared.length });
}

async function prepare({ path, start, end }: NativeShare): Promise<readonly Signed[]> {
  const { primitives } = nodePlatform();
  const keys = new Map<string, KeyObject>();
  const prepared: Signed[] = [];
  const unit = { member: 0, layout: "lines", start, end, rowBase: 0 } as const;
  for await (const records of readUnit(blobSource(await openAsBlob(path)), unit, null)) {
    for (const { text } of records) {
      const parsed = parseJson(text ?? "");
      const value = parsed.ok ? parsed.value.value : null;
      const receipt = isObject(value) ? member(value, "receipt") : undefined;
      const claim = isObject(receipt) ? inspectReceipt(receipt, primitives).claim : null;
      if (claim?.key.kind !== "ed25519" || claim.signature.kind !== "ed25519") {
        throw new Error("the log has a line without an Ed25519 signature");
      }
      const key = keys.get(claim.key.canonical) ?? importKey(claim.key.bytes);
      keys.set(claim.key.canonical, key);
      const [preimage] = claim.preimages;
      if (preimage !== undefined) {
        prepared.push({ message: preimage.bytes(), signature: claim.signature.bytes, key });
      }
    }
  }
  return prepared;
}

function importKey(publicKey: Uint8Array): KeyObject {
  const x = Buffer.from(publicKey).toString("base64url");
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
}

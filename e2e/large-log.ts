import { writeFile } from "node:fs/promises";
import { sha256 } from "@/kernel/crypto/sha256.ts";
import { utf8 } from "@/kernel/encoding.ts";
import { makeLog } from "@/lib/demo/make-log.ts";
import { webSign } from "@/lib/demo/web-sign.ts";

/** Writes the receipts of a log, `times` over: as much work as another log, without the signing. */
export async function writeReceipts(
  path: string,
  receipts: number,
  times: number,
): Promise<string> {
  const ports = { primitives: { sha256, utf8 }, sign: await webSign() };
  let text = "";
  for await (const chunk of makeLog(receipts, ports)) {
    if (chunk.path.endsWith("/receipts.ndjson")) text += chunk.text;
  }
  await writeFile(path, text.repeat(times));
  return path;
}

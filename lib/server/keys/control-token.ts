import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { join } from "node:path";
import { err, ok, type Result } from "@/kernel/result.ts";
import { type PrivateFileProblem, readPrivateFile, writePrivateFile } from "./private-file.ts";

/** What control requests must present. The token itself is not kept, only its digest. */
export interface ControlToken {
  matches(presented: string): boolean;
}

export const CONTROL_TOKEN = "control-token";

const OCTETS = 32;
/** 256 bits in base64url; an operator's own token may be longer, never shorter. */
const SHORTEST = 32;

/** The token in `control-token` of a data directory, made at the first start, for its owner alone. */
export function openControlToken(directory: string): Result<ControlToken, PrivateFileProblem> {
  const path = join(directory, CONTROL_TOKEN);
  writeOnce(path);
  const text = readPrivateFile(path);
  if (!text.ok) {
    return text;
  }
  const token = text.value.trim();
  return token.length < SHORTEST ? err({ kind: "unreadable", path }) : ok(controlToken(token));
}

/** Compares digests in constant time: neither length nor content of the token shows in how long it takes. */
export function controlToken(token: string): ControlToken {
  const expected = digest(token);
  return { matches: (presented) => timingSafeEqual(digest(presented), expected) };
}

function writeOnce(path: string): void {
  if (!readPrivateFile(path).ok) {
    writePrivateFile(path, `${randomBytes(OCTETS).toString("base64url")}\n`, false);
  }
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text, "utf8").digest();
}

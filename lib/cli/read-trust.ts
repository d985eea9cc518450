import { parseJson } from "@/kernel/json/parse.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { err, ok, type Result } from "@/kernel/result.ts";
import { type TrustBundle, trustBundle } from "@/kernel/trust/trust-bundle.ts";
import { parseTrustFile, type TrustProblem } from "@/kernel/trust/trust-file.ts";
import { readTextFile } from "./read-text-file.ts";

/** A list of keys is small; whatever is larger than this is no trust file. */
const LARGEST = 4 * 1024 * 1024;

/** The trust file of `--trust`: pinned in full or refused in full, with a sentence. */
export async function readTrust(
  path: string,
  cwd: string,
  primitives: Primitives,
): Promise<Result<TrustBundle, string>> {
  const refuse = (why: string): Result<TrustBundle, string> => err(`trust file ${path}: ${why}`);
  // A trust file is never taken from standard input: whoever fills the pipe with records could pin their key.
  const text = await readTextFile(path, { cwd, stdin: null }, LARGEST);
  if (!text.ok) {
    return refuse(text.error);
  }
  const parsed = parseJson(text.value);
  if (!parsed.ok) {
    return refuse(`not JSON that can be trusted (${parsed.error.kind})`);
  }
  const file = parseTrustFile(parsed.value.value, primitives);
  return file.ok ? ok(trustBundle(file.value)) : refuse(file.error.map(sentence).join("; "));
}

function sentence({ kind, pointer, actual }: TrustProblem): string {
  const place = pointer === "" ? "" : ` at ${pointer}`;
  return `${kind.replaceAll("-", " ")}${place}${actual === null ? "" : ` (${actual})`}`;
}

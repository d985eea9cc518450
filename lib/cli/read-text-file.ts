import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { err, ok, type Result } from "@/kernel/result.ts";

/**
 * The text of a file of at most `largest` octets by its path, or of standard input for `-` where that is
 * allowed. The error says why not, without the path.
 */
export async function readTextFile(
  path: string,
  around: { readonly cwd: string; readonly stdin: Readable | null },
  largest: number,
): Promise<Result<string, string>> {
  const { cwd, stdin } = around;
  const fromStream = path === "-" && stdin !== null;
  const bytes = fromStream ? await readStream(stdin, largest) : await readPath(path, cwd, largest);
  if (!bytes.ok) {
    return bytes;
  }
  try {
    return ok(new TextDecoder("utf-8", { fatal: true }).decode(bytes.value));
  } catch {
    return err("not UTF-8");
  }
}

async function readPath(
  path: string,
  cwd: string,
  largest: number,
): Promise<Result<Uint8Array, string>> {
  try {
    const absolute = resolve(cwd, path);
    const found = await stat(absolute);
    if (!found.isFile()) {
      return err("not a file");
    }
    return found.size > largest ? tooLarge(largest) : ok(new Uint8Array(await readFile(absolute)));
  } catch {
    return err("cannot be read");
  }
}

async function readStream(stream: Readable, largest: number): Promise<Result<Uint8Array, string>> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of stream) {
    const bytes = Buffer.from(piece);
    size += bytes.length;
    if (size > largest) {
      return tooLarge(largest);
    }
    pieces.push(bytes);
  }
  return ok(new Uint8Array(Buffer.concat(pieces)));
}

function tooLarge(largest: number): Result<never, string> {
  return err(`larger than ${largest / 1024} KiB`);
}

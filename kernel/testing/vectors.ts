import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The folder of interoperability vectors: `CHIO_VECTORS`, else `shared/vectors` beside the checkout,
 * else null. Tests skip visibly where it is null; no vector is ever copied into the project.
 */
export function vectorsDirectory(): string | null {
  const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
  const directory = process.env["CHIO_VECTORS"] ?? resolve(root, "../shared/vectors");
  return existsSync(directory) ? directory : null;
}

/** The text of one vector file, by its path inside the folder. */
export function readVector(path: string): string {
  const directory = vectorsDirectory();
  if (directory === null) {
    throw new Error(`No vectors: set CHIO_VECTORS to read ${path}`);
  }
  return readFileSync(join(directory, path), "utf8");
}

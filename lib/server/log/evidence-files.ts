import { createHash, type Hash } from "node:crypto";
import type { ManifestFile } from "@/lib/evidence/manifest.ts";
import type { ZipEntry } from "./zip-stream.ts";

/** Text that is gathered before it becomes a piece. */
const PIECE_LENGTH = 256 * 1024;

/** The files of a folder as they are written: each is hashed on its way, for the manifest that comes last. */
export class EvidenceFiles {
  readonly #written: ManifestFile[] = [];

  /** A file of these lines; it is listed when its last piece was taken. */
  entry(path: string, lines: Iterable<string>): ZipEntry {
    return { path, pieces: this.#pieces(path, lines) };
  }

  get written(): readonly ManifestFile[] {
    return this.#written;
  }

  *#pieces(path: string, lines: Iterable<string>): Generator<Uint8Array, void> {
    const hash = createHash("sha256");
    let bytes = 0;
    let text = "";
    for (const line of lines) {
      text += line;
      if (text.length >= PIECE_LENGTH) {
        const piece = hashed(text, hash);
        bytes += piece.length;
        text = "";
        yield piece;
      }
    }
    const rest = hashed(text, hash);
    this.#written.push({ path, sha256: hash.digest("hex"), bytes: bytes + rest.length });
    yield rest;
  }
}

function hashed(text: string, hash: Hash): Uint8Array {
  const piece = Buffer.from(text, "utf8");
  hash.update(piece);
  return new Uint8Array(piece);
}

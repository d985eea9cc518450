import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { runChio } from "../chio.ts";

/** A folder of files on the real disk, and the command line run in it, in this process. */
export interface Bench {
  readonly folder: string;
  chio(words: readonly string[], options?: RunOptions): Promise<Run>;
  remove(): Promise<void>;
}

export interface RunOptions {
  readonly stdin?: string | Uint8Array;
  /** Standard output is a terminal. */
  readonly isTTY?: boolean;
}

export interface Run {
  readonly code: number;
  readonly text: string;
  readonly complaints: string;
}

/** Writes the files, by their paths, into a folder of their own. */
export async function bench(files: Readonly<Record<string, string | Uint8Array>>): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), "chio-receipt-"));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return {
    folder,
    remove: () => rm(folder, { recursive: true, force: true }),
    chio: async (words, { stdin = "", isTTY = false } = {}) => {
      const out: string[] = [];
      const complaints: string[] = [];
      const code = await runChio(words, {
        cwd: folder,
        stdin: Readable.from([Buffer.from(stdin)]),
        out: { write: (text: string) => out.push(text), isTTY },
        complain: { write: (text: string) => complaints.push(text) },
      });
      return { code, text: out.join(""), complaints: complaints.join("") };
    },
  };
}

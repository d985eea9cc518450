import { open, readdir, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { Readable } from "node:stream";
import { err, ok, type Result } from "@/kernel/result.ts";
import type { ByteSource, InputFile } from "@/lib/ingest/record.ts";
import { piecesSource } from "@/lib/ingest/sources.ts";

export interface NodeInputs {
  readonly inputs: readonly InputFile[];
  /** What lay in a folder and was not read: symbolic links, sockets, devices. */
  readonly skipped: readonly string[];
}

/** Where relative paths start, and what `-` reads. */
export interface NodeSurroundings {
  readonly cwd: string;
  readonly stdin: Readable;
}

/**
 * The files behind the paths of a command line: files as they are, folders with everything under them in
 * the order of their names, `-` for standard input. The error is a sentence for the person who typed them.
 */
export async function nodeInputs(
  paths: readonly string[],
  surroundings: NodeSurroundings,
): Promise<Result<NodeInputs, string>> {
  const inputs: InputFile[] = [];
  const skipped: string[] = [];
  const taken = new Set<string>();
  for (const path of paths) {
    if (path === "-") {
      inputs.push({ path: "standard input", source: await readableSource(surroundings.stdin) });
      continue;
    }
    const absolute = resolve(surroundings.cwd, path);
    const found = await describe(absolute);
    if (found.kind === "unreadable") {
      return err(`${path}: ${found.why}`);
    }
    if (found.kind === "other") {
      return err(`${path}: neither a file nor a folder`);
    }
    const shown = shownPath(path, absolute);
    if (found.kind === "file") {
      if (!taken.has(absolute)) {
        taken.add(absolute);
        inputs.push({ path: shown, source: nodeFileSource(absolute, found.size) });
      }
      continue;
    }
    const problem = await readFolder(absolute, shown, { inputs, skipped, taken });
    if (problem !== null) {
      return err(problem);
    }
  }
  return ok({ inputs, skipped });
}

/** A file, read range by range. No handle is held, so a folder of any size can be open at once. */
export function nodeFileSource(path: string, size: number): ByteSource {
  return {
    size,
    transferable: null,
    async read(start, end) {
      const from = Math.min(start, size);
      const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - from));
      const handle = await open(path, "r");
      try {
        let filled = 0;
        while (filled < bytes.length) {
          const { bytesRead } = await handle.read(
            bytes,
            filled,
            bytes.length - filled,
            from + filled,
          );
          if (bytesRead === 0) {
            break;
          }
          filled += bytesRead;
        }
        return bytes.subarray(0, filled);
      } finally {
        await handle.close();
      }
    },
  };
}

async function readableSource(stream: Readable): Promise<ByteSource> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) {
    pieces.push(new Uint8Array(piece));
  }
  return piecesSource(pieces);
}

/** What was found so far; `taken` are the files, of which none is read twice, however often it is named. */
interface Found {
  readonly inputs: InputFile[];
  readonly skipped: string[];
  readonly taken: Set<string>;
}

async function readFolder(folder: string, shown: string, so: Found): Promise<string | null> {
  let entries: { name: string; isFile: boolean; isFolder: boolean }[];
  try {
    entries = (await readdir(folder, { withFileTypes: true })).map((entry) => ({
      name: entry.name,
      isFile: entry.isFile(),
      isFolder: entry.isDirectory(),
    }));
  } catch (problem) {
    return `${shown}: ${sentence(problem)}`;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const name = `${shown}/${entry.name}`;
    if (entry.isFolder) {
      const problem = await readFolder(path, name, so);
      if (problem !== null) {
        return problem;
      }
    } else if (entry.isFile) {
      const found = await describe(path);
      if (found.kind !== "file") {
        return `${name}: ${found.kind === "unreadable" ? found.why : "changed while it was read"}`;
      }
      if (!so.taken.has(path)) {
        so.taken.add(path);
        so.inputs.push({ path: name, source: nodeFileSource(path, found.size) });
      }
    } else {
      so.skipped.push(name);
    }
  }
  return null;
}

type Described =
  | { readonly kind: "file"; readonly size: number }
  | { readonly kind: "folder" }
  | { readonly kind: "other" }
  | { readonly kind: "unreadable"; readonly why: string };

async function describe(path: string): Promise<Described> {
  try {
    const found = await stat(path);
    if (found.isFile()) {
      return { kind: "file", size: found.size };
    }
    return { kind: found.isDirectory() ? "folder" : "other" };
  } catch (problem) {
    return { kind: "unreadable", why: sentence(problem) };
  }
}

function shownPath(path: string, absolute: string): string {
  const trimmed = path.replace(/\/+$/, "").replace(/^(\.\/+)+/, "");
  return trimmed === "" || trimmed === "." || trimmed.endsWith("..") ? basename(absolute) : trimmed;
}

function sentence(problem: unknown): string {
  const code = problem instanceof Error && "code" in problem ? String(problem.code) : "";
  switch (code) {
    case "ENOENT":
      return "there is no such file or folder";
    case "EACCES":
    case "EPERM":
      return "may not be read";
    default:
      return problem instanceof Error ? problem.message : "cannot be read";
  }
}

import type { Role } from "./oracle.ts";

/** One record's line. `open` and `close` are the wrapper around it, which no signature covers. */
export interface Line {
  readonly role: Role;
  readonly open: string;
  readonly text: string;
  readonly close: string;
}

export interface FileOfLines {
  readonly name: string;
  readonly lines: readonly Line[];
  /** Written before and between the lines. */
  readonly mark: string;
  readonly end: string;
}

/** A small valid data set, and the lines of it that mutations aim at. */
export interface Artifact {
  readonly name: string;
  readonly files: readonly FileOfLines[];
  readonly focus: readonly { readonly file: number; readonly line: number }[];
  readonly trust: string;
  /** Whether changed lines carry signed content (or are only checked against it). */
  readonly signed: boolean;
  /** Whether every receipt is committed to by a checkpoint, so that a lost line is seen. */
  readonly checkpointed: boolean;
  /** How the files become what is dropped: as they are, a store, an archive. */
  readonly pack: (files: readonly PlainFile[]) => Promise<readonly PlainFile[]>;
}

export interface PlainFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export function line(role: Role, text: string, open = "", close = ""): Line {
  return { role, open, text, close };
}

export function fileOf(name: string, lines: readonly Line[]): FileOfLines {
  return { name, lines, mark: "", end: "\n" };
}

export function textOf(file: FileOfLines): string {
  return file.mark + file.lines.map((one) => one.open + one.text + one.close + file.end).join("");
}

export function plain(files: readonly FileOfLines[]): PlainFile[] {
  const encoder = new TextEncoder();
  return files.map((file) => ({ path: file.name, bytes: encoder.encode(textOf(file)) }));
}

export function lineAt(
  artifact: Artifact,
  place: { readonly file: number; readonly line: number },
): Line {
  const found = artifact.files[place.file]?.lines[place.line];
  if (found === undefined) {
    throw new RangeError("no such line");
  }
  return found;
}

/** The files with one line replaced, or removed where `replacement` is null. */
export function withLine(
  files: readonly FileOfLines[],
  place: { readonly file: number; readonly line: number },
  replacement: Line | null,
): FileOfLines[] {
  return files.map((file, index) =>
    index !== place.file
      ? file
      : {
          ...file,
          lines: file.lines.flatMap((one, at) => {
            if (at !== place.line) {
              return [one];
            }
            return replacement === null ? [] : [replacement];
          }),
        },
  );
}

import type { ResultChunk, ResultColumn } from "../model.ts";

export type ExportFormat = "csv" | "ndjson" | "arrow" | "parquet";

/** Writes a result as a file, piece by piece. */
export interface Encoder {
  readonly type: string;
  readonly extension: string;
  /** What to write for these rows; pieces may be held back until there are enough. */
  chunk(chunk: ResultChunk): readonly Uint8Array<ArrayBuffer>[];
  /** What closes the file. */
  end(): readonly Uint8Array<ArrayBuffer>[];
}

export type EncoderMaker = (columns: readonly ResultColumn[]) => Encoder;

/** The names of columns with a number behind those that come again. */
export function distinctNames(columns: readonly ResultColumn[]): readonly string[] {
  const taken = new Set<string>();
  return columns.map(({ name }) => {
    let free = name;
    for (let number = 1; taken.has(free); number += 1) {
      free = `${name}_${number}`;
    }
    taken.add(free);
    return free;
  });
}

import type { ExportForm } from "@/lib/ingest/kafka/export-form.ts";
import type { ExportFrame, ExportWriter } from "./export-writer.ts";
import { EXPORT_WRITERS } from "./export-writers.ts";
import type { StormRecord } from "./model.ts";

/** Text of one file, to be appended to what came before it. */
export interface ExportChunk {
  readonly path: string;
  readonly text: string;
}

interface OpenFile {
  readonly frame: ExportFrame;
  isEmpty: boolean;
}

/** Writes records as one tool does, some at a time; its files are whole after {@link end}. */
export class ExportStream {
  readonly #writer: ExportWriter;
  readonly #folder: string;
  readonly #files = new Map<string, OpenFile>();

  /** @param folder goes before the names of the files; "" or with a slash at its end */
  constructor(form: ExportForm, folder = "") {
    this.#writer = exportWriter(form);
    this.#folder = folder;
  }

  write(records: readonly StormRecord[]): readonly ExportChunk[] {
    const parts = new Map<OpenFile, string[]>();
    for (const record of records) {
      const file = this.#fileOf(record);
      const texts = parts.get(file) ?? [];
      parts.set(file, texts);
      texts.push(file.isEmpty ? file.frame.head : file.frame.between, this.#writer.record(record));
      file.isEmpty = false;
    }
    return [...parts].map(([file, texts]) => this.#chunk(file, texts.join("")));
  }

  end(): readonly ExportChunk[] {
    return [...this.#files.values()].map((file) => this.#chunk(file, file.frame.tail));
  }

  #fileOf({ topic, partition, offset }: StormRecord): OpenFile {
    const name = this.#writer.perPartition ? `${topic} ${partition}` : `${topic}`;
    const known = this.#files.get(name);
    if (known !== undefined) {
      return known;
    }
    const frame = this.#writer.frame(topic ?? "", partition ?? 0, offset ?? "0");
    const file = { frame, isEmpty: true };
    this.#files.set(name, file);
    return file;
  }

  #chunk({ frame }: OpenFile, text: string): ExportChunk {
    return { path: `${this.#folder}${frame.path}`, text };
  }
}

export function exportWriter(form: ExportForm): ExportWriter {
  const found = EXPORT_WRITERS.find((writer) => writer.form === form);
  if (found === undefined) {
    throw new RangeError(`records cannot be written as ${form}`);
  }
  return found;
}

/** All records in one form: whole files by path. */
export function writeExport(
  form: ExportForm,
  records: readonly StormRecord[],
): ReadonlyMap<string, string> {
  const stream = new ExportStream(form);
  const parts = new Map<string, string[]>();
  for (const { path, text } of [...stream.write(records), ...stream.end()]) {
    parts.set(path, [...(parts.get(path) ?? []), text]);
  }
  return new Map([...parts].map(([path, texts]) => [path, texts.join("")]));
}

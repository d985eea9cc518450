import type { ExportForm } from "@/lib/ingest/kafka/export-form.ts";
import type { StormRecord } from "./model.ts";

/** One file of an export: what stands before, between and after its records. */
export interface ExportFrame {
  readonly path: string;
  readonly head: string;
  readonly between: string;
  readonly tail: string;
}

/**
 * How one tool writes records of a topic down (streaming reference 5.1). Only values that are UTF-8 are
 * written as the tools do; other octets become U+FFFD in forms that hold text.
 */
export interface ExportWriter {
  readonly form: ExportForm;
  /** Whether the tool writes a file for each partition, whose name or frame says which one. */
  readonly perPartition: boolean;
  frame(topic: string, partition: number, firstOffset: string): ExportFrame;
  /** A record, without the text between it and the next. */
  record(record: StormRecord): string;
}

type Frame = Pick<ExportFrame, "head" | "between" | "tail">;
export const LINES: Frame = { head: "", between: "\n", tail: "\n" };
export const ARRAY: Frame = { head: "[", between: ",\n", tail: "]\n" };

export function writer(
  form: ExportForm,
  extension: string,
  frame: Frame,
  record: (record: StormRecord) => string,
): ExportWriter {
  return {
    form,
    perPartition: false,
    frame: (topic) => ({ ...frame, path: `${topic}.${form}.${extension}` }),
    record,
  };
}

/** One file for each partition, named after where it begins. */
export function perPartition(
  form: ExportForm,
  path: (place: { topic: string; partition: number; offset: string }) => string,
  record: (record: StormRecord) => string,
): ExportWriter {
  return {
    form,
    perPartition: true,
    frame: (topic, partition, offset) => ({ ...LINES, path: path({ topic, partition, offset }) }),
    record,
  };
}

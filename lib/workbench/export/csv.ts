import { cellText } from "../cells.ts";
import type { ResultColumn } from "../model.ts";
import type { Encoder } from "./encoder.ts";

const QUOTED = /[",\r\n]/;

/**
 * RFC 4180 with CRLF, in UTF-8. Values stand exactly as they are, also those that a spreadsheet would take
 * for a formula: a file that changes values is no evidence. Null is an empty field, an empty text is `""`.
 */
export function csvEncoder(columns: readonly ResultColumn[]): Encoder {
  const encoder = new TextEncoder();
  const head = `${columns.map(({ name }) => field(name)).join(",")}\r\n`;
  let begun = false;
  const begin = (): string => {
    const text = begun ? "" : head;
    begun = true;
    return text;
  };
  return {
    type: "text/csv;charset=utf-8",
    extension: "csv",
    chunk: (chunk) => {
      const lines: string[] = [begin()];
      for (let row = 0; row < chunk.rows; row += 1) {
        const fields = chunk.columns.map((part, at) =>
          field(cellText(part, columns[at]?.kind ?? "text", row)),
        );
        lines.push(fields.join(","), "\r\n");
      }
      return [encoder.encode(lines.join(""))];
    },
    end: () => [encoder.encode(begin())],
  };
}

function field(text: string | null): string {
  if (text === null) {
    return "";
  }
  return text === "" || QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

import { cellText } from "../cells.ts";
import type { ColumnKind, ResultColumn } from "../model.ts";
import { distinctNames, type Encoder } from "./encoder.ts";

/** What JSON can hold as a number; `NaN` and the infinities it cannot. */
const NUMBER = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?(e[+-]?[0-9]+)?$/;

/**
 * One JSON object for each row. Numbers of any width are written with all of their digits, as JSON allows;
 * a reader that makes doubles of them loses some, not the file. What JSON has no number for is a text.
 */
export function ndjsonEncoder(columns: readonly ResultColumn[]): Encoder {
  const encoder = new TextEncoder();
  const names = distinctNames(columns).map((name) => JSON.stringify(name));
  return {
    type: "application/x-ndjson",
    extension: "ndjson",
    chunk: (chunk) => {
      const lines: string[] = [];
      for (let row = 0; row < chunk.rows; row += 1) {
        const members = chunk.columns.map((part, at) => {
          const kind = columns[at]?.kind ?? "text";
          return `${names[at]}:${json(cellText(part, kind, row), kind)}`;
        });
        lines.push(`{${members.join(",")}}\n`);
      }
      return [encoder.encode(lines.join(""))];
    },
    end: () => [],
  };
}

function json(text: string | null, kind: ColumnKind): string {
  if (text === null) {
    return "null";
  }
  switch (kind) {
    case "boolean":
      return text;
    case "integer":
    case "double":
    case "digits":
      return NUMBER.test(text) ? text : JSON.stringify(text);
    case "date":
    case "timestamp":
    case "text":
      return JSON.stringify(text);
  }
}

import { arrowEncoder } from "./arrow.ts";
import { csvEncoder } from "./csv.ts";
import type { EncoderMaker, ExportFormat } from "./encoder.ts";
import { ndjsonEncoder } from "./ndjson.ts";
import { parquetEncoder } from "./parquet.ts";

/** Who writes a format. Loaded when something is exported: nobody else needs these libraries. */
export function encoderMaker(format: ExportFormat): EncoderMaker {
  switch (format) {
    case "csv":
      return csvEncoder;
    case "ndjson":
      return ndjsonEncoder;
    case "arrow":
      return arrowEncoder;
    case "parquet":
      return parquetEncoder;
  }
}

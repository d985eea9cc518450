import type { JsonObject } from "@/kernel/json/value.ts";
import { readConfluentRecord } from "./confluent-cli.ts";
import { readConsoleLine } from "./console-consumer.ts";
import { readConnectLine, readKafbatRow, readRedpandaLine } from "./csv-rows.ts";
import type { Reading } from "./reading.ts";
import { textRow } from "./row.ts";
import { readKcatLine } from "./tab-line.ts";

/** The row that a record's text is in the reading of its member, or null where it is none. */
export function readTextRow(text: string, reading: Reading): JsonObject | null {
  switch (reading.form) {
    case "kcat-text":
      return readKcatLine(text, reading);
    case "console-consumer":
      return readConsoleLine(text, reading);
    case "confluent-cli":
      return readConfluentRecord(text, reading);
    case "redpanda-console-csv":
      return readRedpandaLine(text, reading);
    case "kafbat-csv":
      return readKafbatRow(text, reading);
    case "connect-csv":
      return readConnectLine(text, reading);
    case "bare-value":
      return textRow("bare-value", { value: text });
  }
}

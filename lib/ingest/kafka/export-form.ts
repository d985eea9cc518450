/** Every way in which tools write records down that is read, as choosers list them. */
export const EXPORT_FORMS = [
  "chio-lossless",
  "kcat-json",
  "kcat-text",
  "console-consumer",
  "confluent-cli",
  "rpk",
  "redpanda-console",
  "redpanda-console-csv",
  "kafbat",
  "kafbat-csv",
  "akhq",
  "connect",
  "connect-csv",
  "confluent-s3",
  "lambda",
  "rest-proxy",
  "debezium",
  "redis",
  "eventbridge",
  "splunk-hec",
  "elastic-bulk",
  "ocsf",
  /** The record's value alone, one for each line; its coordinates come from the file's name, if from anywhere. */
  "bare-value",
] as const;
export type ExportForm = (typeof EXPORT_FORMS)[number];

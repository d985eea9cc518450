import type { ExportForm } from "@/lib/ingest/kafka/export-form.ts";

/** What people are told of a way to write records down. */
export interface ExportFormWords {
  /** The tool, as its users call it. */
  readonly name: string;
  /** What the form leaves out or changes, in a sentence. */
  readonly loses: string;
}

export const EXPORT_FORM_WORDS: Readonly<Record<ExportForm, ExportFormWords>> = {
  "chio-lossless": {
    name: "Chio NDJSON",
    loses: "Loses nothing: every octet is kept.",
  },
  "kcat-json": {
    name: "kcat -J",
    loses: "Holds text: octets that are no UTF-8 are replaced.",
  },
  "kcat-text": {
    name: "kcat -f",
    loses:
      "Holds text: an absent key looks like an empty one, a comma in a header may look like a further header, and a line feed in a value cuts it.",
  },
  "console-consumer": {
    name: "kafka-console-consumer",
    loses:
      "Leaves the topic out. A header’s value may look like a further header, the word null like nothing, and a line feed in a value cuts it.",
  },
  "confluent-cli": {
    name: "Confluent CLI",
    loses:
      "Leaves the topic out, and cuts header values above 65 octets unless --full-header was given.",
  },
  rpk: {
    name: "rpk topic consume",
    loses: "Holds text: octets that are no UTF-8 are replaced, and empty parts are left out.",
  },
  "redpanda-console": {
    name: "Redpanda Console",
    loses: "Leaves the topic out. Values are written anew unless raw payloads were included.",
  },
  "redpanda-console-csv": {
    name: "Redpanda Console CSV",
    loses:
      "Writes ; for every comma and leaves headers out. No signature in it can be checked: export JSON with raw payloads instead.",
  },
  kafbat: {
    name: "Kafbat UI",
    loses: "Leaves the topic out, and keeps one header of each name.",
  },
  "kafbat-csv": {
    name: "Kafbat UI CSV",
    loses: "Leaves the topic out, and keeps one header of each name.",
  },
  akhq: {
    name: "AKHQ",
    loses: "Holds text, and in most of its files the values alone.",
  },
  connect: {
    name: "Kafka Connect JSON",
    loses: "Leaves topic and partition to the file’s name. Values are written anew.",
  },
  "connect-csv": {
    name: "Kafka Connect CSV",
    loses:
      "Keeps key and value as octets. Leaves headers out, and topic and partition to the file’s name; its time is in seconds.",
  },
  "confluent-s3": {
    name: "Confluent S3 sink",
    loses: "Holds values alone, written anew; where they were, the file’s name says.",
  },
  lambda: {
    name: "AWS Lambda event",
    loses: "Loses nothing: keys, values and headers are kept as octets.",
  },
  "rest-proxy": {
    name: "REST Proxy",
    loses: "Leaves headers and time out; keys and values are kept as octets.",
  },
  debezium: {
    name: "Debezium",
    loses: "Holds a row of a table, written anew, and not the record that it came from.",
  },
  redis: {
    name: "Redis stream",
    loses: "Holds text. A stream has no partition, and its ids are no offsets.",
  },
  eventbridge: {
    name: "EventBridge",
    loses: "Holds the event alone, and leaves out an original value that was too long.",
  },
  "splunk-hec": {
    name: "Splunk HEC",
    loses: "Holds the event alone; where it was in its topic is lost.",
  },
  "elastic-bulk": {
    name: "Elastic bulk",
    loses: "Holds the document alone; where it was in its topic is lost.",
  },
  ocsf: {
    name: "OCSF",
    loses: "Holds the receipt as raw data; where it was in its topic is lost.",
  },
  "bare-value": {
    name: "Values alone",
    loses:
      "Holds one value for each line. Keys, headers and times are lost; topic and offset come from the file’s name, if from anywhere.",
  },
};

/** The forms in the order in which a chooser lists them. */
export const FORM_CHOICES: readonly ({ readonly form: ExportForm } & ExportFormWords)[] =
  Object.entries(EXPORT_FORM_WORDS).flatMap(([name, words]) => {
    const form = exportFormOf(name);
    return form === null ? [] : [{ form, ...words }];
  });

/** The form with this name in command lines and choosers, or null. */
export function exportFormOf(name: string): ExportForm | null {
  return isExportForm(name) ? name : null;
}

function isExportForm(name: string): name is ExportForm {
  return Object.hasOwn(EXPORT_FORM_WORDS, name);
}

/** `kcat -J`, or `kcat -J and 2 other forms` where a file holds several. */
export function formsInWords(form: ExportForm, others: number): string {
  const { name } = EXPORT_FORM_WORDS[form];
  return others === 0 ? name : `${name} and ${others} other ${others === 1 ? "form" : "forms"}`;
}

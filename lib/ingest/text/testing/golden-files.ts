import type { ExportForm } from "../../kafka/export-form.ts";
import type { Allowances } from "../../kafka/testing/golden.ts";
import { NO_TEXT } from "../../kafka/testing/read-exported.ts";

/** The golden file of a form, as its tool writes it, and what the form loses. */
export interface GoldenFile {
  readonly form: ExportForm;
  readonly path: string;
  /** The records' texts, in order; line ends stand between them. */
  readonly rows: readonly string[];
  readonly heading?: string;
  readonly allowances: Allowances;
}

const ENVELOPE =
  '{"guard":"scope-guard","reason":"missing scope","receipt_id":"rcpt_1","request_id":"chio-kafka-orders-0-7","source":{"offset":7,"partition":0,"topic":"orders"},"verdict":"deny","version":"chio-streaming/dlq/v1"}';
const NOT_UTF8 = `{"note":"${NO_TEXT} cut"}`;
const LAST = '{"where":"Zürich"}';
const MAX = "9223372036854775807";

const KCAT = "X-Chio-Receipt=rcpt_1,X-Chio-Verdict=deny";
/** `kcat -f '%t\t%p\t%o\t%T\t%k\t%h\t%s\n'` */
const KCAT_TEXT: GoldenFile = {
  form: "kcat-text",
  path: "dlq.tsv",
  rows: [
    `dlq\t0\t0\t1795321272785\tkey0\t${KCAT}\t${ENVELOPE}`,
    `dlq\t0\t1\t1795321273785\tkey1\t${KCAT},X-Chio-Verdict=dup\t${ENVELOPE}`,
    `dlq\t0\t2\t1795321274785\t\t${KCAT}\t${ENVELOPE}`,
    `dlq\t0\t3\t1795321275785\tkey3\t${KCAT}\t`,
    `dlq\t0\t4\t1795321276785\tkey4\t${KCAT}\t${NOT_UTF8}`,
    `dlq\t0\t${MAX}\t1795321277785\tkey5\t${KCAT}\t${LAST}`,
  ],
  allowances: { lost: ["timestampType"] },
};

const CONSOLE = "X-Chio-Receipt:rcpt_1,X-Chio-Verdict:deny";
const CONSOLE_CONSUMER: GoldenFile = {
  form: "console-consumer",
  path: "dlq.txt",
  rows: [
    `CreateTime:1795321272785\tPartition:0\tOffset:0\t${CONSOLE}\tkey0\t${ENVELOPE}`,
    `CreateTime:1795321273785\tPartition:0\tOffset:1\t${CONSOLE},X-Chio-Verdict:dup\tkey1\t${ENVELOPE}`,
    `CreateTime:1795321274785\tPartition:0\tOffset:2\t${CONSOLE}\tnull\t${ENVELOPE}`,
    `CreateTime:1795321275785\tPartition:0\tOffset:3\t${CONSOLE}\tkey3\tnull`,
    `CreateTime:1795321276785\tPartition:0\tOffset:4\t${CONSOLE}\tkey4\t${NOT_UTF8}`,
    `CreateTime:1795321277785\tPartition:0\tOffset:${MAX}\t${CONSOLE}\tkey5\t${LAST}`,
  ],
  allowances: { lost: ["topic"] },
};

const GO = '% Headers: [X-Chio-Receipt="rcpt_1" X-Chio-Verdict="deny"]';
/** `confluent kafka topic consume --print-key --timestamp --print-offset --full-header` */
const CONFLUENT_CLI: GoldenFile = {
  form: "confluent-cli",
  path: "dlq.txt",
  rows: [
    `key0\tTimestamp:1795321272785 Partition:0 Offset:0\t${ENVELOPE}\n${GO}`,
    `key1\tTimestamp:1795321273785 Partition:0 Offset:1\t${ENVELOPE}\n% Headers: [X-Chio-Receipt="rcpt_1" X-Chio-Verdict="deny" X-Chio-Verdict="dup"]`,
    `\tTimestamp:1795321274785 Partition:0 Offset:2\t${ENVELOPE}\n${GO}`,
    `key3\tTimestamp:1795321275785 Partition:0 Offset:3\t\n${GO}`,
    `key4\tTimestamp:1795321276785 Partition:0 Offset:4\t${NOT_UTF8}\n${GO}`,
    `key5\tTimestamp:1795321277785 Partition:0 Offset:${MAX}\t${LAST}\n${GO}`,
  ],
  allowances: { lost: ["topic", "timestampType"] },
};

/** No file of it can hold the envelope as it was: every comma is gone. */
const REDPANDA_CSV: GoldenFile = {
  form: "redpanda-console-csv",
  path: "messages.csv",
  heading: "timestamp,partitionID,offset,key,value,keySize,valueSize",
  rows: [
    `1795321272785,0,0,key0,${ENVELOPE.replaceAll(",", ";")},4,200`,
    `1795321273785,0,1,key1,${ENVELOPE.replaceAll(",", ";")},4,200`,
    `1795321274785,0,2,,${ENVELOPE.replaceAll(",", ";")},0,200`,
    "1795321275785,0,3,key3,,4,0",
    `1795321276785,0,4,key4,${NOT_UTF8},4,15`,
    `1795321277785,0,${MAX},key5,${LAST},4,18`,
  ],
  allowances: {
    lost: ["topic", "timestampType", "headers"],
    lossy: [0, 1, 2],
  },
};

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
const MAP = '{"X-Chio-Receipt":"rcpt_1","X-Chio-Verdict":"deny"}';
const DUP = '{"X-Chio-Receipt":"rcpt_1","X-Chio-Verdict":"dup"}';
const KAFBAT_CSV: GoldenFile = {
  form: "kafbat-csv",
  path: "topic-messages.csv",
  heading: "Value,Offset,Key,Partition,Headers,Timestamp",
  rows: [
    `${quoted(ENVELOPE)},0,key0,0,${quoted(MAP)},2026-11-22T04:21:12.785Z`,
    `${quoted(ENVELOPE)},1,key1,0,${quoted(DUP)},2026-11-22T04:21:13.785Z`,
    `${quoted(ENVELOPE)},2,,0,${quoted(MAP)},2026-11-22T04:21:14.785Z`,
    `,3,key3,0,${quoted(MAP)},2026-11-22T04:21:15.785Z`,
    `${quoted(NOT_UTF8)},4,key4,0,${quoted(MAP)},2026-11-22T04:21:16.785Z`,
    `${quoted(LAST)},${MAX},key5,0,${quoted(MAP)},2026-11-22T04:21:17.785Z`,
  ],
  allowances: { lost: ["topic", "timestampType"], repeatedHeaders: "last" },
};

/** As early builds wrote it. */
const KAFBAT_UNQUOTED: GoldenFile = {
  ...KAFBAT_CSV,
  rows: [
    `${ENVELOPE},0,key0,0,${MAP},2026-11-22T04:21:12.785Z`,
    `${ENVELOPE},1,key1,0,${DUP},2026-11-22T04:21:13.785Z`,
    `${ENVELOPE},2,,0,${MAP},2026-11-22T04:21:14.785Z`,
    `,3,key3,0,${MAP},2026-11-22T04:21:15.785Z`,
    `${NOT_UTF8},4,key4,0,${MAP},2026-11-22T04:21:16.785Z`,
    `${LAST},${MAX},key5,0,${MAP},2026-11-22T04:21:17.785Z`,
  ],
};

function base64(template: string): string {
  const [before = "", after] = template.split(NO_TEXT);
  const octets =
    after === undefined
      ? Buffer.from(before)
      : Buffer.concat([Buffer.from(before), Buffer.from([0xff]), Buffer.from(after)]);
  return octets.toString("base64");
}
const CONNECT_CSV: GoldenFile = {
  form: "connect-csv",
  path: "dlq-0-0.csv",
  rows: [
    `${base64("key0")},${base64(ENVELOPE)},0,1795321272`,
    `${base64("key1")},${base64(ENVELOPE)},1,1795321273`,
    `,${base64(ENVELOPE)},2,1795321274`,
    `${base64("key3")},,3,1795321275`,
    `${base64("key4")},${base64(NOT_UTF8)},4,1795321276`,
    `${base64("key5")},${base64(LAST)},${MAX},1795321277`,
  ],
  allowances: {
    lost: ["timestampType", "headers"],
    timestampMs: "seconds",
    octets: "kept",
    fidelity: "exact",
  },
};

/** A value a line, in a file whose name says where the first of them was. */
const BARE_VALUE: GoldenFile = {
  form: "bare-value",
  path: "topics/dlq/partition=0/dlq+0+0000000000.json",
  rows: [ENVELOPE, ENVELOPE, ENVELOPE],
  allowances: {
    lost: ["timestampMs", "timestampType", "key", "headers"],
    without: [3, 4, 5],
  },
};

export const GOLDEN_FILES: readonly (readonly [name: string, file: GoldenFile])[] = [
  ["kcat -f", KCAT_TEXT],
  ["kafka-console-consumer", CONSOLE_CONSUMER],
  ["Confluent CLI", CONFLUENT_CLI],
  ["Redpanda Console CSV", REDPANDA_CSV],
  ["Kafbat CSV", KAFBAT_CSV],
  ["Kafbat CSV without quotes", KAFBAT_UNQUOTED],
  ["Kafka Connect CSV", CONNECT_CSV],
  ["values alone", BARE_VALUE],
];

import { childPointer } from "@/kernel/json/pointer.ts";
import { isArray, isObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { err, ok } from "@/kernel/result.ts";
import { assemble, notAnObject } from "./assemble.ts";
import {
  type ContainedRow,
  type ContainerForm,
  type Read,
  type RecordForm,
  readOffset,
  readPartition,
  readTime,
  readTopic,
} from "./form.ts";
import { base64At, readBase64 } from "./held.ts";
import type { KafkaHeader } from "./record.ts";

/** One record of a Kafka event of AWS Lambda; it is known by the event that holds it. */
export const LAMBDA: RecordForm = {
  name: "lambda",
  recognises: () => false,
  isPossible: (row) => isObject(row) && Object.hasOwn(row, "value"),
  read: (row) => {
    if (!isObject(row)) {
      return notAnObject();
    }
    const type = member(row, "timestampType");
    return assemble("lambda", {
      topic: readTopic(member(row, "topic")),
      partition: readPartition(member(row, "partition")),
      offset: readOffset(member(row, "offset")),
      time: readTime(member(row, "timestamp"), "/timestamp"),
      timestampType:
        type === "CREATE_TIME" ? "create" : type === "LOG_APPEND_TIME" ? "log-append" : null,
      key: readBase64(member(row, "key"), "/key"),
      value: readBase64(member(row, "value"), "/value"),
      headers: readHeaders(member(row, "headers")),
      isBinary: true,
    });
  },
  valueAt: (row) => (isObject(row) ? base64At(member(row, "value"), "/value") : null),
};

/** The event: records under `topic-partition`. */
export const LAMBDA_EVENT: ContainerForm = {
  name: "lambda",
  recognises: (value) =>
    isObject(value) && SOURCES.has(member(value, "eventSource")) && Object.hasOwn(value, "records"),
  *rows(value): Generator<ContainedRow, void> {
    const records = isObject(value) ? member(value, "records") : undefined;
    for (const [name, list] of isObject(records) ? Object.entries(records) : []) {
      const at = childPointer("/records", name);
      if (!isArray(list)) {
        yield { row: list, pointer: at, form: LAMBDA };
        continue;
      }
      for (let index = 0; index < list.length; index += 1) {
        yield { row: list[index] ?? null, pointer: `${at}/${index}`, form: LAMBDA };
      }
    }
  },
  holder: "records",
};

const SOURCES: ReadonlySet<JsonValue | undefined> = new Set(["aws:kafka", "SelfManagedKafka"]);

/** `[{"name": [114, 99, ...]}]`, where a runtime of signed octets writes them below zero. */
function readHeaders(value: JsonValue | undefined): Read<readonly KafkaHeader[]> {
  if (value === undefined || value === null) {
    return ok([]);
  }
  if (!isArray(value)) {
    return err({ pointer: "/headers", expected: "a list" });
  }
  const headers: KafkaHeader[] = [];
  for (let at = 0; at < value.length; at += 1) {
    const header = value[at];
    if (!isObject(header)) {
      return err({ pointer: `/headers/${at}`, expected: "octets by name" });
    }
    for (const [name, held] of Object.entries(header)) {
      const octets = held === null ? null : octetsOf(held);
      if (octets === undefined) {
        return err({ pointer: childPointer(`/headers/${at}`, name), expected: "octets" });
      }
      headers.push([name, octets]);
    }
  }
  return ok(headers);
}

function octetsOf(value: JsonValue): Uint8Array | undefined {
  if (!isArray(value)) {
    return undefined;
  }
  const octets = new Uint8Array(value.length);
  for (let at = 0; at < value.length; at += 1) {
    const octet = value[at];
    if (typeof octet !== "number" || !Number.isInteger(octet) || octet < -128 || octet > 255) {
      return undefined;
    }
    octets[at] = octet & 255;
  }
  return octets;
}

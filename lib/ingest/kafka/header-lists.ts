import { utf8 } from "@/kernel/encoding.ts";
import { isArray, isObject, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { err, ok } from "@/kernel/result.ts";
import type { Read } from "./form.ts";
import type { KafkaHeader } from "./record.ts";

/** A header's value as one form writes it; an error's pointer is that of the value. */
export type ReadHeaderValue = (
  value: JsonValue | undefined,
  name: string,
  pointer: string,
) => Read<Uint8Array | null>;

const HEADERS_AT = "/headers";

/** `[{"key": name, "value": ...}]`, or nothing. */
export function readHeaderList(
  value: JsonValue | undefined,
  readValue: ReadHeaderValue = textHeader,
  at: string = HEADERS_AT,
): Read<readonly KafkaHeader[]> {
  if (value === undefined || value === null) {
    return ok([]);
  }
  if (!isArray(value)) {
    return err({ pointer: at, expected: "a list of names and values" });
  }
  const headers: KafkaHeader[] = [];
  for (let index = 0; index < value.length; index += 1) {
    const header = value[index];
    const name = isObject(header) ? member(header, "key") : undefined;
    if (!isObject(header) || typeof name !== "string") {
      return err({ pointer: `${at}/${index}`, expected: "a name and a value" });
    }
    const octets = readValue(member(header, "value"), name, `${at}/${index}/value`);
    if (!octets.ok) return octets;
    headers.push([name, octets.value]);
  }
  return ok(headers);
}

/** `{name: value}`; a name that came twice has lost one of its values. */
export function readHeaderMap(
  map: JsonObject,
  readValue: ReadHeaderValue = textHeader,
  at: string = HEADERS_AT,
): Read<readonly KafkaHeader[]> {
  const headers: KafkaHeader[] = [];
  for (const [name, value] of Object.entries(map)) {
    const octets = readValue(value, name, at);
    if (!octets.ok) return octets;
    headers.push([name, octets.value]);
  }
  return ok(headers);
}

/** A list or a map, as tools write the one or the other by their version. */
export function readHeaders(
  value: JsonValue | undefined,
  readValue: ReadHeaderValue = textHeader,
  at: string = HEADERS_AT,
): Read<readonly KafkaHeader[]> {
  return isObject(value)
    ? readHeaderMap(value, readValue, at)
    : readHeaderList(value, readValue, at);
}

export function textHeader(
  value: JsonValue | undefined,
  _name: string,
  pointer: string,
): Read<Uint8Array | null> {
  if (value === undefined || value === null) {
    return ok(null);
  }
  return typeof value === "string" ? ok(utf8(value)) : err({ pointer, expected: "text or null" });
}

import { isArray, isObject, type JsonObject, type JsonValue, member } from "../json/value.ts";
import { withMember } from "../record-members.ts";
import type { Operation } from "./model.ts";

/** How the Python client spells the operations. */
const CLIENT_SPELLING: ReadonlyMap<JsonValue, Operation> = new Map([
  ["Invoke", "invoke"],
  ["ReadResult", "read_result"],
  ["Read", "read"],
  ["Subscribe", "subscribe"],
  ["Get", "get"],
  ["Delegate", "delegate"],
]);

/** The token with operations in the spelling in which they are signed; all else as received. */
export function withOperationNames(token: JsonObject): JsonObject {
  return mapMember(token, "scope", (scope) =>
    isObject(scope)
      ? ["grants", "resource_grants", "prompt_grants"].reduce(
          (respelled, kind) => mapMember(respelled, kind, (grants) => mapItems(grants, grantNames)),
          scope,
        )
      : scope,
  );
}

function grantNames(grant: JsonValue): JsonValue {
  return isObject(grant)
    ? mapMember(grant, "operations", (names) => mapItems(names, operationName))
    : grant;
}

function operationName(name: JsonValue): JsonValue {
  return CLIENT_SPELLING.get(name) ?? name;
}

function mapMember(
  record: JsonObject,
  name: string,
  map: (value: JsonValue) => JsonValue,
): JsonObject {
  const value = member(record, name);
  return value === undefined ? record : withMember(record, name, map(value));
}

function mapItems(value: JsonValue, map: (item: JsonValue) => JsonValue): JsonValue {
  return isArray(value) ? value.map(map) : value;
}

import { isArray, isObject, type JsonValue } from "@/kernel/json/value.ts";
import { withMember, without } from "@/kernel/record-members.ts";

/** One edit at a place. `add` puts an element into a list before that index, `-` at its end. */
export interface Edit {
  /** RFC 6901. */
  readonly pointer: string;
  readonly kind: "add" | "replace" | "remove";
  /** Null where `kind` is `remove`, or where null is the value. */
  readonly after: JsonValue | null;
}

/**
 * The value with one edit made, or null where the place is not there. Objects on the way that are absent
 * are made, so that a grant can be added to a scope without grants; nothing given is changed.
 */
export function editJson(value: JsonValue, edit: Edit): JsonValue | null {
  if (edit.pointer === "") {
    return edit.kind === "remove" ? null : edit.after;
  }
  const tokens = edit.pointer
    .slice(1)
    .split("/")
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
  return edit.pointer.startsWith("/") ? edited(value, tokens, edit) : null;
}

function edited(value: JsonValue, tokens: readonly string[], edit: Edit): JsonValue | null {
  const [token, ...rest] = tokens;
  if (token === undefined) {
    return null;
  }
  if (isArray(value)) {
    return editedList(value, token, rest, edit);
  }
  if (!isObject(value)) {
    return null;
  }
  const inner = Object.hasOwn(value, token) ? value[token] : undefined;
  if (rest.length > 0) {
    const made = inner ?? (rest[0] === "-" ? [] : {});
    const changed = edited(made, rest, edit);
    return changed === null ? null : withMember(value, token, changed);
  }
  if (edit.kind === "remove") {
    return inner === undefined ? null : without(value, token);
  }
  return withMember(value, token, edit.after);
}

const INDEX = /^(?:0|[1-9]\d*)$/;

function editedList(
  list: readonly JsonValue[],
  token: string,
  rest: readonly string[],
  edit: Edit,
): JsonValue | null {
  const at = token === "-" ? list.length : INDEX.test(token) ? Number(token) : list.length + 1;
  const inner = list[at];
  if (rest.length > 0) {
    const changed = inner === undefined ? null : edited(inner, rest, edit);
    return changed === null ? null : list.with(at, changed);
  }
  if (edit.kind === "add") {
    return at > list.length ? null : list.toSpliced(at, 0, edit.after);
  }
  if (inner === undefined) {
    return null;
  }
  return edit.kind === "remove" ? list.toSpliced(at, 1) : list.with(at, edit.after);
}

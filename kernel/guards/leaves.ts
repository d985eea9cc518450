import { childPointer } from "../json/pointer.ts";
import { isArray, isObject, type JsonValue } from "../json/value.ts";
import type { PlacedText } from "./action.ts";

/** A text in the arguments. `key` is the nearest enclosing member name: the elements of a list take the list's. */
export interface TextLeaf extends PlacedText {
  readonly key: string | null;
}

/** Every text anywhere in the arguments, in document order (kernel semantics 1.4). */
export function textLeaves(toolArguments: JsonValue): readonly TextLeaf[] {
  const leaves: TextLeaf[] = [];
  collect(toolArguments, "", null, leaves);
  return leaves;
}

function collect(value: JsonValue, pointer: string, key: string | null, leaves: TextLeaf[]): void {
  if (typeof value === "string") {
    leaves.push({ text: value, pointer, key });
  } else if (isArray(value)) {
    for (const [index, element] of value.entries()) {
      collect(element, childPointer(pointer, index), key, leaves);
    }
  } else if (isObject(value)) {
    for (const [name, item] of Object.entries(value)) {
      collect(item, childPointer(pointer, name), name, leaves);
    }
  }
}

/** The name of every member anywhere in the arguments, at its member. */
export function memberNames(toolArguments: JsonValue): readonly PlacedText[] {
  const names: PlacedText[] = [];
  collectNames(toolArguments, "", names);
  return names;
}

function collectNames(value: JsonValue, pointer: string, names: PlacedText[]): void {
  if (isArray(value)) {
    for (const [index, element] of value.entries()) {
      collectNames(element, childPointer(pointer, index), names);
    }
  } else if (isObject(value)) {
    for (const [name, item] of Object.entries(value)) {
      const place = childPointer(pointer, name);
      names.push({ text: name, pointer: place });
      collectNames(item, place, names);
    }
  }
}

const COMMAND_KEYS = new Set(["command", "cmd", "commandline", "shellcommand"]);

/** Whether a member of this name holds a command line, in a tool that runs commands under any name. */
export function isCommandKey(key: string | null): boolean {
  return COMMAND_KEYS.has(key?.toLowerCase().replaceAll(/[-_]/g, "") ?? "");
}

const PATH_KEYS = new Set([
  "file",
  "filepath",
  "filename",
  "files",
  "dir",
  "directory",
  "folder",
  "root",
  "cwd",
]);

/** Whether a member of this name holds paths (kernel semantics 1.4, and `filename`, `files`, `folder`). */
export function isPathKey(key: string | null): boolean {
  const name = key?.toLowerCase() ?? "";
  return name.includes("path") || PATH_KEYS.has(name);
}

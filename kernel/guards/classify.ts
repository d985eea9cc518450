import { childPointer } from "../json/pointer.ts";
import { isObject, type JsonObject, type JsonValue, member } from "../json/value.ts";
import type { JudgedFamily, MalformedAction, PlacedText, ToolAction } from "./action.ts";
import {
  EXTERNAL_API_PREFIXES,
  FAMILY_OF_TOOL,
  type ToolFamily,
  WRITING_ACTIONS,
} from "./tool-names.ts";

const PATH = ["path", "file", "file_path", "filename"];
const DIFF = ["diff", "patch"];
const COMMAND = ["command", "cmd", "input"];
const ADDRESS = ["url", "uri"];
const SOURCE = ["code", "source", "snippet", "script", "input"];
const LANGUAGE = ["language", "lang"];
const VERB = ["action", "verb"];
const TARGET = ["url", "target", "href", "selector"];
const QUERY = ["query", "sql", "statement", "command"];
const DATABASE = ["database", "db", "connection"];
const STORE = ["collection", "index", "namespace", "store"];
const KEY = ["id", "key", "memory_id"];
const ENDPOINT = ["endpoint", "path", "action", "method"];

/**
 * What a call is about to do (kernel semantics 2.1). Total: every name and every JSON value has an answer.
 * Names are compared without regard to case; the first argument that is present counts, and if that is no
 * text, the call is malformed: the tool behind might read any of the others.
 */
export function classifyAction(toolName: string, toolArguments: JsonValue): ToolAction {
  const tool = toolName.toLowerCase();
  const family = FAMILY_OF_TOOL.get(tool);
  if (family !== undefined) {
    return ofFamily(family, tool, isObject(toolArguments) ? toolArguments : {});
  }
  if (EXTERNAL_API_PREFIXES.some((prefix) => tool.startsWith(prefix))) {
    const members = isObject(toolArguments) ? toolArguments : {};
    return { kind: "external-api", endpoint: firstText(members, ENDPOINT) ?? tool };
  }
  return { kind: "mcp-tool", arguments: toolArguments };
}

function ofFamily(family: ToolFamily, tool: string, members: JsonObject): ToolAction {
  switch (family) {
    case "file-read": {
      const path = required(members, PATH, family);
      return path.ok ? { kind: family, path: path.text } : path.malformed;
    }
    case "file-write":
      return fileWrite(members);
    case "file-system":
      return fileSystem(members);
    case "patch": {
      const path = required(members, PATH, family);
      const diff = required(members, DIFF, family);
      if (!path.ok) {
        return path.malformed;
      }
      return diff.ok ? { kind: family, path: path.text, diff: diff.text } : diff.malformed;
    }
    case "shell": {
      const command = required(members, COMMAND, family);
      return command.ok ? { kind: family, command: command.text } : command.malformed;
    }
    case "egress": {
      const url = required(members, ADDRESS, family);
      return url.ok ? { kind: family, url: url.text } : url.malformed;
    }
    case "code": {
      const source = required(members, SOURCE, family);
      const language = firstText(members, LANGUAGE) ?? languageOf(tool);
      return source.ok ? { kind: family, source: source.text, language } : source.malformed;
    }
    case "browser": {
      const verb = firstText(members, VERB) ?? tool;
      const target = firstPresent(members, TARGET);
      if (target !== null && target.text === null) {
        return malformed(family, TARGET, target.pointer);
      }
      return { kind: family, verb, target };
    }
    case "database": {
      const query = required(members, QUERY, family);
      const database = firstText(members, DATABASE) ?? tool;
      return query.ok ? { kind: family, query: query.text, database } : query.malformed;
    }
    case "memory-write":
    case "memory-read":
      return {
        kind: family,
        store: firstText(members, STORE) ?? tool,
        key: firstText(members, KEY),
      };
  }
}

function fileWrite(members: JsonObject): ToolAction {
  const path = required(members, PATH, "file-write");
  const content = firstPresent(members, ["content"]);
  if (!path.ok) {
    return path.malformed;
  }
  if (content !== null && content.text === null) {
    return malformed("file-write", ["content"], content.pointer);
  }
  return { kind: "file-write", path: path.text, content };
}

/** The generic tool says in `action` what it does; an action that is no text could be a write. */
function fileSystem(members: JsonObject): ToolAction {
  const action = firstPresent(members, ["action"]);
  if (action !== null && action.text === null) {
    return malformed("file-write", ["action"], action.pointer);
  }
  const writes = action !== null && WRITING_ACTIONS.has(action.text.toLowerCase());
  return writes || Object.hasOwn(members, "content")
    ? fileWrite(members)
    : ofFamily("file-read", "", members);
}

function languageOf(tool: string): string {
  if (tool === "repl") {
    return "javascript";
  }
  return tool.includes("python") ? "python" : "unknown";
}

type Present = PlacedText | { readonly text: null; readonly pointer: string };

/** The first of these members that is there, whatever it holds. */
function firstPresent(members: JsonObject, names: readonly string[]): Present | null {
  for (const name of names) {
    const value = member(members, name);
    if (value !== undefined) {
      const pointer = childPointer("", name);
      return typeof value === "string" ? { text: value, pointer } : { text: null, pointer };
    }
  }
  return null;
}

/** The first of these members that is a text: for what names a thing and is judged by no guard. */
function firstText(members: JsonObject, names: readonly string[]): string | null {
  for (const name of names) {
    const value = member(members, name);
    if (typeof value === "string") {
      return value;
    }
  }
  return null;
}

type Required =
  | { readonly ok: true; readonly text: PlacedText }
  | { readonly ok: false; readonly malformed: MalformedAction };

function required(members: JsonObject, names: readonly string[], family: JudgedFamily): Required {
  const found = firstPresent(members, names);
  if (found === null || found.text === null) {
    return { ok: false, malformed: malformed(family, names, found?.pointer ?? "") };
  }
  return { ok: true, text: found };
}

function malformed(
  family: JudgedFamily,
  names: readonly string[],
  pointer: string,
): MalformedAction {
  return { kind: "malformed", family, expected: `a text in ${names.join(", ")}`, pointer };
}

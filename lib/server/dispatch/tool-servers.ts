import { parseJson } from "@/kernel/json/parse.ts";
import { childPointer } from "@/kernel/json/pointer.ts";
import {
  asText,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
} from "@/kernel/json/value.ts";
import { err, ok, type Result } from "@/kernel/result.ts";

/** How a tool server is reached: a program that is started and spoken to by its standard streams, or an address. */
export type ToolServerSettings =
  | {
      readonly kind: "stdio";
      readonly command: string;
      readonly args: readonly string[];
      readonly env: Readonly<Record<string, string>>;
    }
  | { readonly kind: "http"; readonly url: URL };

export interface ToolServersProblem {
  readonly code: "not-json" | "not-a-server-list" | "unknown-member" | "not-a-server";
  /** RFC 6901 pointer into the file. */
  readonly pointer: string;
}

const MEMBERS: ReadonlySet<string> = new Set(["command", "args", "env", "url"]);

/** Reads `{server id: {command, args?, env?} | {url}}`. What it does not know, it refuses. */
export function readToolServers(
  text: string,
): Result<ReadonlyMap<string, ToolServerSettings>, ToolServersProblem> {
  const parsed = parseJson(text);
  if (!parsed.ok) {
    return err({ code: "not-json", pointer: parsed.error.pointer });
  }
  const list = parsed.value.value;
  if (!isObject(list)) {
    return err({ code: "not-a-server-list", pointer: "" });
  }
  const servers = new Map<string, ToolServerSettings>();
  for (const [id, entry] of Object.entries(list)) {
    const server = readServer(entry, childPointer("", id));
    if (!server.ok) {
      return server;
    }
    servers.set(id, server.value);
  }
  return ok(servers);
}

function readServer(
  entry: JsonValue,
  pointer: string,
): Result<ToolServerSettings, ToolServersProblem> {
  const refused = err({ code: "not-a-server", pointer } as const);
  if (!isObject(entry)) {
    return refused;
  }
  const unknown = Object.keys(entry).find((name) => !MEMBERS.has(name));
  if (unknown !== undefined) {
    return err({ code: "unknown-member", pointer: childPointer(pointer, unknown) });
  }
  const url = member(entry, "url");
  if (url !== undefined) {
    const address = Object.keys(entry).length === 1 ? readAddress(url) : null;
    return address === null ? refused : ok({ kind: "http", url: address });
  }
  const command = asText(member(entry, "command")) ?? "";
  const args = texts(member(entry, "args") ?? []);
  const env = environment(member(entry, "env") ?? {});
  return command === "" || args === null || env === null
    ? refused
    : ok({ kind: "stdio", command, args, env });
}

function readAddress(value: JsonValue): URL | null {
  const text = asText(value);
  const url = text !== undefined && URL.canParse(text) ? new URL(text) : null;
  return url !== null && (url.protocol === "http:" || url.protocol === "https:") ? url : null;
}

function texts(value: JsonValue): readonly string[] | null {
  return isArray(value) && value.every((one) => typeof one === "string") ? value : null;
}

function environment(value: JsonValue): Readonly<Record<string, string>> | null {
  return isObject(value) && isTextual(value) ? value : null;
}

function isTextual(value: JsonObject): value is Readonly<Record<string, string>> {
  return Object.values(value).every((one) => typeof one === "string");
}

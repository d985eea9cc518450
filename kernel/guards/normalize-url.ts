import { childPointer } from "../json/pointer.ts";
import { isArray, isObject, type JsonValue } from "../json/value.ts";
import type { RewriteConfig } from "../policy/effective-policy.ts";
import { err, ok, type Result } from "../result.ts";
import { parseTarget } from "./host.ts";
import type { Rewriter } from "./rewrite.ts";

/**
 * Writes each URL under the listed names, at any depth, in one spelling, so that a rule which compares texts
 * cannot be escaped by case, a default port, an encoded address or dot segments. A text that is no http or https
 * URL, or that carries credentials, is denied.
 */
export function makeNormalizeUrl(
  config: Extract<RewriteConfig, { kind: "normalize-url" }>,
): Result<Rewriter, string> {
  if (config.names.length === 0) {
    return err("no names");
  }
  const names = new Set(config.names);
  return ok({
    name: "normalize-url",
    apply(callArguments) {
      const changed: string[] = [];
      const walked = walk(callArguments, "", false, { names, changed });
      if (!walked.ok) {
        return { kind: "deny", ...walked.error };
      }
      return changed.length === 0
        ? { kind: "unchanged" }
        : {
            kind: "rewritten",
            arguments: walked.value,
            details: `normalized ${changed.join(", ")}`,
          };
    },
  });
}

interface Walk {
  readonly names: ReadonlySet<string>;
  readonly changed: string[];
}

interface Problem {
  readonly reason: string;
  readonly pointer: string;
}

function walk(
  value: JsonValue,
  pointer: string,
  listed: boolean,
  context: Walk,
): Result<JsonValue, Problem> {
  if (isArray(value)) {
    const elements: JsonValue[] = [];
    for (const [index, element] of value.entries()) {
      const walked = walk(element, childPointer(pointer, index), listed, context);
      if (!walked.ok) {
        return walked;
      }
      elements.push(walked.value);
    }
    return ok(elements);
  }
  if (isObject(value)) {
    const members: [string, JsonValue][] = [];
    for (const [name, item] of Object.entries(value)) {
      const place = childPointer(pointer, name);
      const walked = walk(item, place, context.names.has(name), context);
      if (!walked.ok) {
        return walked;
      }
      members.push([name, walked.value]);
    }
    return ok(Object.fromEntries(members));
  }
  return listed && typeof value === "string" ? normalized(value, pointer, context) : ok(value);
}

function normalized(text: string, pointer: string, context: Walk): Result<JsonValue, Problem> {
  const result = normalizeUrl(text);
  if (!result.ok) {
    return err({ reason: result.error, pointer });
  }
  if (result.value !== text) {
    context.changed.push(pointer);
  }
  return result;
}

const DEFAULT_PORTS = { http: 80, https: 443 } as const;

/**
 * The URL with its scheme and host in canonical spelling, no default port, `/` for an empty path and without dot
 * segments (RFC 3986 section 6.2.2 and 6.2.3, dots in percent escapes included). It means what it meant.
 */
export function normalizeUrl(text: string): Result<string, string> {
  const parsed = parseTarget(text);
  if (!parsed.ok) {
    return parsed;
  }
  const { scheme, host, hostText, port, credentials, rest } = parsed.value;
  if (scheme === null) {
    return err("the text is no http or https URL");
  }
  if (credentials) {
    return err("the URL carries credentials");
  }
  const written = host.kind === "ipv6" ? `[${hostText}]` : hostText;
  const suffix = port === DEFAULT_PORTS[scheme] ? "" : `:${port}`;
  const length = rest.search(/[?#]/);
  const path = length < 0 ? rest : rest.slice(0, length);
  return ok(
    `${scheme}://${written}${suffix}${withoutDots(path.replaceAll("\\", "/"))}${rest.slice(path.length)}`,
  );
}

function withoutDots(path: string): string {
  const segments = path.split("/").slice(1);
  const kept: string[] = [];
  for (const [index, segment] of segments.entries()) {
    const plain = segment.replaceAll(/%2e/gi, ".");
    const isDots = plain === "." || plain === "..";
    if (plain === "..") {
      kept.pop();
    }
    if (!isDots) {
      kept.push(segment);
    } else if (index === segments.length - 1) {
      kept.push("");
    }
  }
  return `/${kept.join("/")}`;
}

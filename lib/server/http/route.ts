import type { JsonValue } from "@/kernel/json/value.ts";
import type { KernelShell } from "../kernel-shell.ts";
import type { RateClass } from "./limits.ts";
import type { ErrorShape } from "./problem.ts";

/** What a route's function sees: a request that passed the guard, its body read. */
export interface GuardedRequest {
  readonly headers: Headers;
  readonly query: URLSearchParams;
  /** Segments of the path that the route's pattern names in braces, decoded. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Null for a GET. */
  readonly body: JsonValue;
}

/**
 * One address of the server, told once: the node adapter, the files under `app/` and the tests read this.
 * `open` says nothing that is not public; `data` decides and signs; `control` needs the bearer token.
 */
export interface Route {
  readonly method: "GET" | "POST";
  /** Segments in braces are parameters: `/v1/lineage/{id}`. */
  readonly path: string;
  readonly access: "open" | "data" | "control";
  readonly rate: RateClass;
  /** Octets; zero for a GET. */
  readonly bodyLimit: number;
  readonly errors: ErrorShape;
  /** Whether `X-Admin-Token` stands for the bearer token (kernel semantics 5.8). */
  readonly adminHeader?: boolean;
  readonly handle: (request: GuardedRequest, shell: KernelShell) => Promise<Response>;
}

/** The parameters of a path that fits the route's pattern, or null. Empty and undecodable segments fit nothing. */
export function matchPath(pattern: string, path: string): ReadonlyMap<string, string> | null {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) {
    return null;
  }
  const parameters = new Map<string, string>();
  for (const [index, segment] of wanted.entries()) {
    const text = given[index] ?? "";
    if (segment.startsWith("{")) {
      const value = decodeSegment(text);
      if (value === null || value === "") {
        return null;
      }
      parameters.set(segment.slice(1, -1), value);
    } else if (segment !== text) {
      return null;
    }
  }
  return parameters;
}

function decodeSegment(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

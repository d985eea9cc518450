import type { PathAllowlistConfig } from "../policy/effective-policy.ts";
import { ok, type Result } from "../result.ts";
import type { PlacedText, ToolAction } from "./action.ts";
import type { GuardAnswer, GuardFactory, GuardRequest } from "./guard.ts";
import { isPathKey, textLeaves } from "./leaves.ts";
import { compilePathPatterns, type PathPatterns } from "./path-patterns.ts";
import {
  climbs,
  foldedPath,
  isAbsolutePath,
  isFileAddress,
  lexicalPath,
  type PathForm,
  pathForms,
} from "./paths.ts";

/** Off by default; a policy that turns it on says what is allowed, and nothing is without being said. */
export const DEFAULT_PATH_ALLOWLIST: PathAllowlistConfig = { read: [], write: [], patch: [] };

type Access = "read" | "write" | "patch" | "read or write";

interface AccessedPath extends PlacedText {
  readonly access: Access;
}

type Allows = (access: Access, form: PathForm) => boolean;

/**
 * Lets file tools touch only the listed paths (kernel semantics 2.5). The roots of a session come first and
 * are enforced even where the policy leaves the lists off, so that this guard always exists.
 */
export const pathAllowlist: GuardFactory = {
  name: "path-allowlist",
  make: ({ pathAllowlist: config }) => {
    const allows = config === null ? ok(null) : compileLists(config);
    return allows.ok
      ? ok({ name: "path-allowlist", check: (request) => check(request, allows.value) })
      : allows;
  },
};

function compileLists(config: PathAllowlistConfig): Result<Allows, string> {
  const read = compilePathPatterns(config.read);
  const write = compilePathPatterns(config.write);
  const patch = compilePathPatterns(config.patch.length === 0 ? config.write : config.patch);
  if (!read.ok) {
    return read;
  }
  if (!write.ok) {
    return write;
  }
  if (!patch.ok) {
    return patch;
  }
  return ok((access, form) =>
    listsFor(access, read.value, write.value, patch.value).some((list) => list.matches(form)),
  );
}

function listsFor(
  access: Access,
  read: PathPatterns,
  write: PathPatterns,
  patch: PathPatterns,
): readonly PathPatterns[] {
  switch (access) {
    case "read":
      return [read];
    case "write":
      return [write];
    case "patch":
      return [patch];
    case "read or write":
      return [read, write];
  }
}

function check({ action, call }: GuardRequest, allows: Allows | null): GuardAnswer {
  if (call.roots === null && allows === null) {
    return { verdict: "allow" };
  }
  if (action.kind === "malformed" && MALFORMED.has(action.family)) {
    return deny(
      `the argument of a ${action.family} call is not ${action.expected}`,
      action.pointer,
    );
  }
  for (const path of accessedPaths(action, call.arguments)) {
    const problem = problemOf(path, call.roots, allows);
    if (problem !== null) {
      return deny(problem, path.pointer);
    }
  }
  return { verdict: "allow" };
}

const MALFORMED: ReadonlySet<string> = new Set(["file-read", "file-write", "patch", "browser"]);

function problemOf(
  path: AccessedPath,
  roots: readonly string[] | null,
  allows: Allows | null,
): string | null {
  const forms = pathForms(path.text);
  if (forms === null) {
    return "the path is longer than any path can be";
  }
  if (roots !== null && !forms.every((form) => roots.some((root) => isInside(form, root)))) {
    return `the path ${path.text} is outside the roots of the session`;
  }
  if (allows !== null && !forms.every((form) => !climbs(form.text) && allows(path.access, form))) {
    return `the path ${path.text} is not on the list of paths to ${path.access}`;
  }
  return null;
}

/** Equal to the root or below it. A relative path starts nobody here knows where. */
function isInside(form: PathForm, root: string): boolean {
  const base = form.folded ? foldedPath(root) : lexicalPath(root);
  if (!isAbsolutePath(base)) {
    return false;
  }
  return form.text === base || form.text.startsWith(base === "/" ? base : `${base}/`);
}

/** The paths that a call is about to touch, as far as the tool or the member's name says that they are paths. */
function accessedPaths(action: ToolAction, toolArguments: GuardRequest["call"]["arguments"]) {
  const paths: AccessedPath[] = [];
  for (const { text, pointer, key } of textLeaves(toolArguments)) {
    const access = accessOf(action, text, pointer, key);
    if (access !== null) {
      paths.push({ text, pointer, access });
    }
  }
  return paths;
}

function accessOf(
  action: ToolAction,
  text: string,
  pointer: string,
  key: string | null,
): Access | null {
  switch (action.kind) {
    case "file-read":
      return isOfFileTool(pointer) ? "read" : null;
    case "file-write":
      return isOfFileTool(pointer) ? "write" : null;
    case "patch":
      return isOfFileTool(pointer) ? "patch" : null;
    case "mcp-tool":
      return isPathKey(key) || isAbsoluteText(text) ? "read or write" : null;
    case "shell":
    case "egress":
    case "code":
    case "browser":
    case "database":
    case "memory-write":
    case "memory-read":
    case "external-api":
    case "malformed":
      return isFileAddress(text) ? "read" : null;
  }
}

/** A file tool may read any of the names that a path can have, not only the one that was judged. */
function isOfFileTool(pointer: string): boolean {
  return /^\/(?:path|file|file_path|filename)(?:\/|$)/.test(pointer);
}

/** One line that starts at a root, or is the address of a file. */
function isAbsoluteText(text: string): boolean {
  const line = text.trim();
  return (
    isFileAddress(line) ||
    (!/[\r\n]/.test(line) && (isAbsolutePath(lexicalPath(line)) || line.startsWith("~/")))
  );
}

function deny(reason: string, pointer: string): GuardAnswer {
  return { verdict: "deny", reason, pointer };
}

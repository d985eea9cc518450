import { asciiLower, type Leaf, stringLeaves } from "./leaves.ts";
import { holdsIf, type Judge } from "./outcome.ts";

const PATH_KEYS: ReadonlySet<string> = new Set(["file", "dir", "directory", "root", "cwd"]);

/** `path_prefix`: there is a path, and every one lies inside the prefix. */
export const pathPrefix: Judge = (value, { arguments: given }) => {
  if (typeof value !== "string") {
    return null;
  }
  const candidates = stringLeaves(given).filter(isPathCandidate);
  return holdsIf(candidates.length > 0 && candidates.every(({ text }) => isInside(text, value)));
};

function isPathCandidate({ text, key }: Leaf): boolean {
  return isPathKey(asciiLower(key ?? "")) || looksLikePath(text);
}

function isPathKey(key: string): boolean {
  return key.includes("path") || PATH_KEYS.has(key);
}

function looksLikePath(text: string): boolean {
  return !text.includes("://") && SEPARATOR.test(text);
}

const SEPARATOR = /[/\\]/;

/**
 * Whether a path lies inside a prefix, segment by segment: `/safeX` is not inside `/safe`. Nothing is decoded
 * or expanded, and nothing is looked up; a path that climbs past its start is inside nothing.
 */
export function isInside(path: string, prefix: string): boolean {
  const inner = segments(path);
  const outer = segments(prefix);
  return (
    inner !== null &&
    outer !== null &&
    isAbsolute(path) === isAbsolute(prefix) &&
    outer.every((segment, index) => segment === inner[index])
  );
}

function isAbsolute(path: string): boolean {
  return path.search(SEPARATOR) === 0;
}

/** The segments with `.` and `..` resolved; null where `..` climbs past the start. */
function segments(path: string): readonly string[] | null {
  const resolved: string[] = [];
  for (const segment of path.split(SEPARATOR)) {
    if (segment === "..") {
      if (resolved.pop() === undefined) {
        return null;
      }
    } else if (segment !== "" && segment !== ".") {
      resolved.push(segment);
    }
  }
  return resolved;
}

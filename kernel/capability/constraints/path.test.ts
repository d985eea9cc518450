import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../json/value.ts";
import { inputOf } from "../testing/capabilities.ts";
import { isInside, pathPrefix } from "./path.ts";

function holds(prefix: string, given: JsonValue): boolean {
  return pathPrefix(prefix, inputOf(given))?.kind === "holds";
}

describe("path_prefix", () => {
  it.each([
    ["/safe", "/safe"],
    ["/safe", "/safe/"],
    ["/safe/", "/safe"],
    ["/safe", "/safe/a/b"],
    ["/safe", "//safe//a"],
    ["/safe", "/./safe/./a"],
    ["/safe", "/safe/x/../y"],
    ["/safe", "/other/../safe"],
    ["/safe", "\\safe\\a"],
    ["/", "/anything"],
    ["safe", "safe/a"],
    ["", "a/b"],
    ["C:/x", "C:\\x\\y"],
    ["/safe", "/safe/%2e%2e/secret"],
    ["/safe/../other", "/other/a"],
  ])("%j holds %j", (prefix, path) => {
    expect(isInside(path, prefix)).toBe(true);
  });

  it.each([
    ["/safe", "/safeX"],
    ["/safe", "/saf"],
    ["/safe", "/"],
    ["/safe/a", "/safe"],
    ["/safe", "/safe/../secret"],
    ["/safe", "/../safe/a"],
    ["/safe", "safe/a"],
    ["safe", "/safe/a"],
    ["/safe", "/Safe"],
    ["/safe", "~/safe"],
    ["safe", "../safe"],
    ["../safe", "safe"],
    ["/safe", "/a/../../safe"],
    ["/safe", "/safe/a/../../../safe"],
  ])("%j does not hold %j", (prefix, path) => {
    expect(isInside(path, prefix)).toBe(false);
  });

  it("asks every path, and at least one", () => {
    expect(holds("/w", {})).toBe(false);
    expect(holds("/w", { msg: "hello" })).toBe(false);
    expect(holds("/w", { path: "/w/a" })).toBe(true);
    expect(holds("/w", { files: { paths: ["/w/a", "/etc/passwd"] } })).toBe(false);
    expect(holds("/w", { files: { paths: ["/w/a", "/w/b"] }, n: 7, b: null })).toBe(true);
    expect(holds("/w", "/w/a")).toBe(true);
  });

  it.each(["file", "filePath", "FILEPATH", "Dir", "directory", "root", "cwd", "my_path_x"])(
    "takes what stands under %s for a path",
    (key) => {
      expect(holds("/w", { path: "/w/a", [key]: "secret" })).toBe(false);
    },
  );

  it.each(["profile", "note", "rooted"])("takes no plain word under %s for a path", (key) => {
    expect(holds("/w", { path: "/w/a", [key]: "secret" })).toBe(true);
  });

  it.each(["/etc", "./a", "../a", "~/a", "a/b", "a\\b"])("takes %s for a path", (text) => {
    expect(holds("/w", { path: "/w/a", note: text })).toBe(false);
  });

  it("takes a URL for a path under a path's name alone", () => {
    expect(holds("/w", { path: "/w/a", ref: "https://example.com/x" })).toBe(true);
    expect(holds("/w", { path: "https://example.com/x" })).toBe(false);
  });

  it("gives the items of a list the list's name, and members of an object their own", () => {
    expect(holds("/w", { path: ["secret"] })).toBe(false);
    expect(holds("/w", { path: ["/w", { note: "plain" }] })).toBe(true);
  });

  it("is sound: what is inside a longer prefix is inside every shorter one", () => {
    const segment = fc.constantFrom("a", "b", "..", ".", "", "ab");
    const path = fc.array(segment, { maxLength: 6 }).map((segments) => segments.join("/"));
    fc.assert(
      fc.property(path, path, path, (inner, middle, outer) => {
        fc.pre(isInside(inner, middle) && isInside(middle, outer));
        expect(isInside(inner, outer)).toBe(true);
      }),
    );
  });

  it("is sound: an independent walk of the path ends below the prefix", () => {
    const segment = fc.constantFrom("a", "b", "..", ".", "");
    const segments = fc.array(segment, { maxLength: 7 });
    fc.assert(
      fc.property(segments, (parts) => {
        const stack: string[] = [];
        let climbed = false;
        for (const part of parts) {
          climbed ||= part === ".." && stack.length === 0;
          if (part === "..") {
            stack.length = Math.max(0, stack.length - 1);
          } else if (part === "a" || part === "b") {
            stack.push(part);
          }
        }
        const inside = !climbed && stack[0] === "a";
        expect(isInside(`/${parts.join("/")}`, "/a")).toBe(inside);
      }),
    );
  });
});

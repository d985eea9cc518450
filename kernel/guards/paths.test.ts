import { describe, expect, it } from "vitest";
import { isPathKey, textLeaves } from "./leaves.ts";
import { compilePathPatterns, withDirectories } from "./path-patterns.ts";
import {
  climbs,
  foldedPath,
  fromRoot,
  isAbsolutePath,
  isAddress,
  isFileAddress,
  lexicalPath,
  pathForms,
} from "./paths.ts";

function spellings(path: string): readonly string[] {
  return (pathForms(path) ?? []).map(({ text }) => text);
}

describe("a lexical path", () => {
  it.each([
    ["", "."],
    [".", "."],
    ["./", "."],
    ["/", "/"],
    ["//", "/"],
    ["a/..", "."],
    ["a//b/", "a/b"],
    ["/a/./b", "/a/b"],
    ["/a/../b", "/b"],
    ["/..", "/"],
    ["/../../a", "/a"],
    ["../a", "../a"],
    ["../../a/../b", "../../b"],
    ["a/../../b", "../b"],
    ["a\\b\\..\\c", "a/c"],
    ["\\\\server\\x", "/server/x"],
    ["a. /b", "a. /b"],
  ])("of %j is %j", (path, lexical) => {
    expect(lexicalPath(path)).toBe(lexical);
  });
});

describe("a folded path", () => {
  it.each([
    ["/Etc/Shadow", "/ETC/SHADOW"],
    ["/etc./shadow. .", "/ETC/SHADOW"],
    ["/etc /shadow ", "/ETC/SHADOW"],
    ["/etc/.. /shadow", "/SHADOW"],
    ["/etc/. /shadow", "/ETC/SHADOW"],
    ["/etc/.../shadow", "/ETC/SHADOW"],
    ["/a b/c", "/A B/C"],
    ["/etc/ /shadow", "/ETC/SHADOW"],
    [".env", ".ENV"],
    ["\uff0fetc\uff0f\u2025\uff0fx", "/X"],
    ["/e\u200btc\u00ad/sh\u0000adow", "/ETC/SHADOW"],
    ["/caf\u0065\u0301", "/CAF\u00c9"],
    ["/stra\u00dfe", "/STRASSE"],
    ["/\u0131", "/I"],
    ["...", "."],
  ])("of %j is %j", (path, folded) => {
    expect(foldedPath(path)).toBe(folded);
  });
});

describe("the forms of a path", () => {
  it.each([
    ["/a", ["/a", "/A"]],
    ["A", ["A"]],
    [" a ", [" a ", " A", "A", "a"]],
    ["%2e%2E%2fa", ["%2e%2E%2fa", "%2E%2E%2FA", "../a", "../A"]],
    ["\uff05\u0032f", ["\uff05\u0032f", "%2F", "/"]],
    ["%C3%A9", ["%C3%A9", "\u00e9", "\u00c9"]],
    ["%2fx%ff", ["%2fx%ff", "%2FX%FF", "/x\u00ff", "/X\u0178"]],
    ["A%2", ["A%2"]],
    ["A\0B", ["A\0B", "AB", "A"]],
    ["A%00B", ["A%00B", "A\0B", "AB", "A"]],
    ["file:///A?b", ["/A"]],
    ["file://host/A#b", ["/A"]],
    ["view-source:file:/A", ["/A"]],
    ["/PROC/1/ROOT/A", ["/PROC/1/ROOT/A", "/A"]],
    ["/PRIVATE/PROC/1/ROOT/PRIVATE", ["/PRIVATE/PROC/1/ROOT/PRIVATE", "/"]],
    ["/PRIVATEER", ["/PRIVATEER"]],
    ["/PROC/1/ROOTS", ["/PROC/1/ROOTS"]],
  ])("of %j", (path, forms) => {
    expect(new Set(spellings(path))).toEqual(new Set(forms));
  });

  it("say which are folded", () => {
    expect(pathForms("a")).toEqual([
      { text: "a", folded: false },
      { text: "A", folded: true },
    ]);
  });

  it("end where no path is as long", () => {
    expect(pathForms("/".padEnd(32_767, "a"))).not.toBeNull();
    expect(pathForms("/".padEnd(32_768, "a"))).toBeNull();
    expect(spellings("/./".repeat(20_000))).toEqual(["/", "/"]);
  });
});

describe("a form", () => {
  it("starts at a root or does not", () => {
    expect(["/", "/a", "C:", "c:/a"].filter(isAbsolutePath)).toHaveLength(4);
    expect(["", "a", "~/a", "../a", "C:a", "ab:/c", "x/C:/"].filter(isAbsolutePath)).toEqual([]);
  });

  it("climbs or does not", () => {
    expect(["..", "../a"].filter(climbs)).toHaveLength(2);
    expect(["...", "..a", "a/..", "/..", "."].filter(climbs)).toEqual([]);
  });

  it("can be read from the root", () => {
    expect(["a", "../a", "../../a/b", "..a"].map(fromRoot)).toEqual(["/a", "/a", "/a/b", "/..a"]);
  });
});

describe("an address", () => {
  it("has a scheme and an authority", () => {
    expect(["https://a", " h2+x.y-z://a", "ab://"].filter(isAddress)).toHaveLength(3);
    expect(["a/b://c", "/a://b", "c://a", "a:b", "file:///a", "2a://b"].filter(isAddress)).toEqual(
      [],
    );
  });

  it("may be that of a file", () => {
    expect(
      ["file:/a", " FILE:a", "jar:file:/a", "view-source:file:///a"].filter(isFileAddress),
    ).toHaveLength(4);
    expect(["a file:/b", "files:/a", "a/file:/b", "https://file:/a"].filter(isFileAddress)).toEqual(
      [],
    );
  });
});

describe("path patterns", () => {
  it("take a backslash for a separator, and fold for folded forms alone", () => {
    const patterns = compilePathPatterns(["C:\\keys\\**"]);
    const matches = (text: string, folded: boolean) =>
      patterns.ok && patterns.value.matches({ text, folded });
    expect(matches("C:/keys/a", false)).toBe(true);
    expect(matches("C:/KEYS/A", false)).toBe(false);
    expect(matches("C:/KEYS/A", true)).toBe(true);
    expect(matches("C:/keys/a", true)).toBe(false);
    expect(matches("D:/keys/a", false)).toBe(false);
  });

  it("are refused with the first that is none", () => {
    expect(compilePathPatterns(["a", "b**", "["])).toEqual({
      ok: false,
      error: 'the pattern "b**" is no glob',
    });
  });

  it("come with the directories that they cover", () => {
    expect(withDirectories(["**/.ssh/**", "C:\\k\\**", "/**", "**", "a/*"])).toEqual([
      "**/.ssh/**",
      "C:\\k\\**",
      "/**",
      "**",
      "a/*",
      "**/.ssh",
      "C:/k",
    ]);
  });
});

describe("the leaves of arguments", () => {
  it("are every text, with the nearest name and its place", () => {
    expect(
      textLeaves({ a: "1", b: ["2", { "c/d": "3", e: 4, f: null }, ["5"]], "": true }),
    ).toEqual([
      { text: "1", pointer: "/a", key: "a" },
      { text: "2", pointer: "/b/0", key: "b" },
      { text: "3", pointer: "/b/1/c~1d", key: "c/d" },
      { text: "5", pointer: "/b/2/0", key: "b" },
    ]);
    expect(textLeaves("x")).toEqual([{ text: "x", pointer: "", key: null }]);
    expect(textLeaves(7)).toEqual([]);
  });

  it("have names of paths", () => {
    const names = [
      "path",
      "filePath",
      "XPATHS",
      "file",
      "filepath",
      "filename",
      "files",
      "dir",
      "Directory",
      "folder",
      "root",
      "CWD",
    ];
    expect(names.filter(isPathKey)).toEqual(names);
    expect([null, "profile", "direction", "roots", "target", ""].filter(isPathKey)).toEqual([]);
  });
});

describe("aliases of one file", () => {
  const texts = (path: string) => (pathForms(path) ?? []).map(({ text }) => text);

  it.each([
    ["/proc/self/task/7/root/etc/x", "/etc/x"],
    ["/proc/self/cwd/../../etc/x", "../../etc/x"],
    ["//PROC//1//CWD//a", "a"],
    ["\\\\proc\\1\\cwd\\a", "a"],
    ["/a/.env::$DATA", "/a/.env"],
    ["/a/.env:$data", "/a/.env"],
    ["/a/.env:x:$DATA", "/a/.env"],
    ["/etc/%2573hadow", "/etc/shadow"],
  ])("%j is %s", (path, form) => {
    expect(texts(path)).toContain(form);
  });

  it.each([
    ["/proc/self/task/root/etc", "/etc"],
    ["/proc/self/cwdx/a", "a"],
    ["/x/proc/self/cwd/a", "a"],
    ["/a:b/c$DATA", "/a"],
    ["/a/%252573", "/a/s"],
  ])("%j is not %s", (path, form) => {
    expect(texts(path)).not.toContain(form);
  });
});

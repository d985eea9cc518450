import { describe, expect, it } from "vitest";
import { type JsonValue, member } from "../json/value.ts";
import type { PathAllowlistConfig } from "../policy/effective-policy.ts";
import { guardRequest, guardWith, problemOf, reasonOf } from "../testing/guard-requests.ts";
import { guardCases, objectAt, textAt, textsAt, verdictOf } from "../testing/guard-vectors.ts";
import { vectorsDirectory } from "../testing/vectors.ts";
import { DEFAULT_PATH_ALLOWLIST, pathAllowlist } from "./path-allowlist.ts";

const missing = vectorsDirectory() === null;

function judge(
  config: PathAllowlistConfig | null,
  tool: string,
  toolArguments: JsonValue,
  roots: readonly string[] | null = null,
): string {
  const guard = guardWith(pathAllowlist, { pathAllowlist: config });
  return reasonOf(guard.check(guardRequest(tool, toolArguments, { called: { roots } })));
}

describe.skipIf(missing)("the vectors of path-allowlist", () => {
  const TOOLS: Readonly<Record<string, string>> = {
    file_access: "read_file",
    file_read: "read_file",
    read: "read_file",
    file_write: "write_file",
    write: "write_file",
    patch: "apply_patch",
  };

  it.each(guardCases("path-allowlist"))("%s", (_, one) => {
    const config = objectAt(one, "config");
    const input = { ...one, ...objectAt(one, "input") };
    const list = (name: string) => textsAt(config, name) ?? [];
    const lists =
      member(config, "enabled") === false
        ? null
        : { read: list("read"), write: list("write"), patch: list("patch") };
    const path = textAt(input, "path") ?? "";
    const tool = TOOLS[textAt(input, "op") ?? "read"] ?? "";
    const roots = textsAt(input, "session_filesystem_roots", "session_roots", "roots");
    expect(verdictOf(judge(lists, tool, { path, diff: "+a" }, roots))).toBe(
      member(one, "expected"),
    );
  });
});

const LISTS: PathAllowlistConfig = {
  read: ["/repo/**", "src/**"],
  write: ["/repo/out/**"],
  patch: ["/repo/patches/**"],
};

describe("the lists", () => {
  it.each<[string, JsonValue]>([
    ["read_file", { path: "/repo/a" }],
    ["read_file", { path: "/repo/../repo/a" }],
    ["read_file", { path: "src/a" }],
    ["read_file", { path: "./src/a" }],
    ["write_file", { path: "/repo/out/a", content: "/etc" }],
    ["apply_patch", { path: "/repo/patches/a", diff: "+" }],
    ["open", { target: "/repo/a", path: "/repo/out/b" }],
    ["open", { target: "etc/a", note: "see /etc" }],
    ["open", { note: "/etc\n/a" }],
    ["bash", { command: "/etc" }],
    ["slack_post", { endpoint: "/chat" }],
    ["goto", { url: "https://example.com" }],
    ["goto", { url: "file:///repo/a" }],
    ["python", { code: "/etc" }],
    ["sql", { query: "/etc" }],
    ["remember", { key: "/a" }],
    ["recall", { key: "/a" }],
    ["bash", { command: 1 }],
  ])("allow %s %j", (tool, toolArguments) => {
    expect(judge(LISTS, tool, toolArguments)).toBe("allow");
  });

  it.each<[string, JsonValue, string]>([
    ["read_file", { path: "/etc/a" }, "the path /etc/a is not on the list of paths to read"],
    ["read_file", { path: "/repo" }, "the path /repo is not on the list of paths to read"],
    [
      "read_file",
      { path: "/repo/../etc" },
      "the path /repo/../etc is not on the list of paths to read",
    ],
    [
      "read_file",
      { path: "/repo/%2e%2e/a" },
      "the path /repo/%2e%2e/a is not on the list of paths to read",
    ],
    ["read_file", { path: "/REPO/a" }, "the path /REPO/a is not on the list of paths to read"],
    ["read_file", { path: "repo/a" }, "the path repo/a is not on the list of paths to read"],
    [
      "read_file",
      { path: "/repo/a", file: "/b" },
      "the path /b is not on the list of paths to read",
    ],
    [
      "read_file",
      { path: "/repo/a", filename: ["/b"] },
      "the path /b is not on the list of paths to read",
    ],
    ["write_file", { path: "/repo/a" }, "the path /repo/a is not on the list of paths to write"],
    [
      "apply_patch",
      { path: "/repo/out/a", diff: "+" },
      "the path /repo/out/a is not on the list of paths to patch",
    ],
    ["open", { target: "/etc" }, "the path /etc is not on the list of paths to read or write"],
    ["open", { target: " ~/a" }, "the path  ~/a is not on the list of paths to read or write"],
    ["open", { target: "C:\\a" }, "the path C:\\a is not on the list of paths to read or write"],
    [
      "open",
      { target: "file:///etc" },
      "the path file:///etc is not on the list of paths to read or write",
    ],
    ["open", { path: "a" }, "the path a is not on the list of paths to read or write"],
    ["goto", { url: "file:///etc" }, "the path file:///etc is not on the list of paths to read"],
    ["fetch", { url: "file:///etc" }, "the path file:///etc is not on the list of paths to read"],
    [
      "read_file",
      { path: "/repo/".padEnd(40_000, "a") },
      "the path is longer than any path can be",
    ],
    [
      "read_file",
      {},
      "the argument of a file-read call is not a text in path, file, file_path, filename",
    ],
    [
      "edit",
      {},
      "the argument of a file-write call is not a text in path, file, file_path, filename",
    ],
    ["patch", {}, "the argument of a patch call is not a text in path, file, file_path, filename"],
    [
      "goto",
      { url: 1 },
      "the argument of a browser call is not a text in url, target, href, selector",
    ],
  ])("deny %s %j", (tool, toolArguments, reason) => {
    expect(judge(LISTS, tool, toolArguments)).toBe(reason);
  });

  it("point at the path", () => {
    const guard = guardWith(pathAllowlist, { pathAllowlist: LISTS });
    expect(guard.check(guardRequest("read", { file: "/etc" }))).toHaveProperty("pointer", "/file");
    expect(guard.check(guardRequest("read", { file: 1 }))).toHaveProperty("pointer", "/file");
  });

  it("say nothing of where a climbing path ends", () => {
    const all = { read: ["**"], write: [], patch: [] };
    expect(judge(all, "read_file", { path: "a" })).toBe("allow");
    expect(judge(all, "read_file", { path: "../a" })).not.toBe("allow");
    expect(judge(all, "read_file", { path: "a/../.." })).not.toBe("allow");
  });

  it("allow nothing while they are empty", () => {
    expect(judge(DEFAULT_PATH_ALLOWLIST, "read_file", { path: "a" })).not.toBe("allow");
  });

  it("take the list of writes where there is none for patches", () => {
    const lists = { read: [], write: ["/w/**"], patch: [] };
    expect(judge(lists, "apply_patch", { path: "/w/a", diff: "+" })).toBe("allow");
    expect(
      judge({ ...lists, patch: ["/p/**"] }, "apply_patch", { path: "/w/a", diff: "+" }),
    ).not.toBe("allow");
  });

  it.each(["read", "write", "patch"] as const)(
    "are refused with a %s pattern that is none",
    (name) => {
      expect(
        problemOf(pathAllowlist, { pathAllowlist: { ...DEFAULT_PATH_ALLOWLIST, [name]: ["a**"] } }),
      ).toBe('the pattern "a**" is no glob');
    },
  );

  it("are off without a policy", () => {
    expect(judge(null, "read_file", { path: "/etc/shadow" })).toBe("allow");
    expect(judge(null, "read_file", {})).toBe("allow");
  });
});

describe("the roots of a session", () => {
  it.each<[string, JsonValue, readonly string[]]>([
    ["read_file", { path: "/repo" }, ["/repo"]],
    ["read_file", { path: "/repo/a" }, ["/repo"]],
    ["read_file", { path: "/repo/a" }, ["/x", "/repo/./"]],
    ["read_file", { path: "/a" }, ["/"]],
    ["read_file", { path: "C:\\repo\\a" }, ["C:/repo"]],
    ["open", { target: "/repo/a" }, ["/repo"]],
    ["open", { note: "a" }, []],
    ["bash", { command: "ls /etc" }, ["/repo"]],
  ])("allow %s %j under %j", (tool, toolArguments, roots) => {
    expect(judge(null, tool, toolArguments, roots)).toBe("allow");
  });

  it.each<[string, JsonValue, readonly string[]]>([
    ["read_file", { path: "/repository" }, ["/repo"]],
    ["read_file", { path: "/rep" }, ["/repo"]],
    ["read_file", { path: "/repo/../etc" }, ["/repo"]],
    ["read_file", { path: "/repo/%2e%2e/etc" }, ["/repo"]],
    ["read_file", { path: "/REPO/a" }, ["/repo"]],
    ["read_file", { path: "repo/a" }, ["/repo"]],
    ["read_file", { path: "repo/a" }, ["repo"]],
    ["read_file", { path: "/repo/a" }, []],
    ["write_file", { path: "/etc/a" }, ["/repo"]],
    ["apply_patch", { path: "/etc/a", diff: "+" }, ["/repo"]],
    ["open", { target: "/etc" }, ["/repo"]],
    ["goto", { url: "file:///etc" }, ["/repo"]],
  ])("deny %s %j under %j", (tool, toolArguments, roots) => {
    expect(judge(null, tool, toolArguments, roots)).toMatch(
      / is outside the roots of the session$/,
    );
  });

  it("come before the lists, and the lists still count", () => {
    expect(judge(LISTS, "read_file", { path: "/etc/a" }, ["/repo"])).toMatch(/outside the roots/);
    expect(judge(LISTS, "read_file", { path: "/x/a" }, ["/x"])).toMatch(/not on the list/);
    expect(judge(LISTS, "read_file", { path: "/repo/a" }, ["/repo"])).toBe("allow");
    expect(judge(null, "read_file", { path: 1 }, ["/repo"])).toMatch(/is not a text/);
  });
});

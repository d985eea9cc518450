import { describe, expect, it } from "vitest";
import { type JsonValue, member } from "../json/value.ts";
import type { PatchIntegrityConfig } from "../policy/effective-policy.ts";
import { guardRequest, guardWith, problemOf, reasonOf } from "../testing/guard-requests.ts";
import {
  guardCases,
  numberAt,
  objectAt,
  textAt,
  textsAt,
  u64At,
  verdictOf,
} from "../testing/guard-vectors.ts";
import { vectorsDirectory } from "../testing/vectors.ts";
import { DEFAULT_PATCH_INTEGRITY, patchIntegrity } from "./patch-integrity.ts";
import { readDiff } from "./unified-diff.ts";

const missing = vectorsDirectory() === null;

function guardOf(config: Partial<PatchIntegrityConfig> = {}) {
  return guardWith(patchIntegrity, { patchIntegrity: { ...DEFAULT_PATCH_INTEGRITY, ...config } });
}

const byDefault = guardOf();

function reason(diff: string, path = "/repo/src/a.ts", guard = byDefault): string {
  return reasonOf(guard.check(guardRequest("apply_patch", { path, diff })));
}

function called(toolName: string, callArguments: JsonValue): string {
  return reasonOf(byDefault.check(guardRequest(toolName, callArguments)));
}

describe.skipIf(missing)("vectors", () => {
  it.each(guardCases("patch-integrity"))("%s", (_, one) => {
    const config = objectAt(one, "config");
    const guard = guardOf({
      maxAdditions: u64At(config, "max_additions") ?? DEFAULT_PATCH_INTEGRITY.maxAdditions,
      maxDeletions: u64At(config, "max_deletions") ?? DEFAULT_PATCH_INTEGRITY.maxDeletions,
      requireBalance: member(config, "require_balance") === true,
      maxImbalanceRatio:
        numberAt(config, "max_imbalance_ratio") ?? DEFAULT_PATCH_INTEGRITY.maxImbalanceRatio,
      forbiddenPatterns:
        textsAt(config, "forbidden_patterns") ?? DEFAULT_PATCH_INTEGRITY.forbiddenPatterns,
    });
    const diff = textAt(one, "diff") ?? "";
    // Where a case names no file, it is about the file that its diff names.
    const [named = "a"] = readDiff(diff).targets;
    const path = textAt(one, "path") ?? named.replace(/^[ab]\//, "");
    expect(verdictOf(reason(diff, path, guard))).toBe(member(one, "expected"));
  });
});

describe("patch-integrity", () => {
  it("bounds additions and deletions", () => {
    expect(reason("+a\n".repeat(1000))).toBe("allow");
    expect(reason("+a\n".repeat(1001))).toBe("1001 added lines, at most 1000");
    expect(reason("-a\n".repeat(500))).toBe("allow");
    expect(reason("-a\n".repeat(501))).toBe("501 deleted lines, at most 500");
  });

  it("bounds the ratio where balance is asked for", () => {
    const balanced = (ratio: number) => guardOf({ requireBalance: true, maxImbalanceRatio: ratio });
    const ratio = (diff: string, most: number) => reason(diff, "/a", balanced(most));
    expect(ratio("+a\n+b\n-c", 2)).toBe("allow");
    expect(ratio("+a\n+b\n+c\n-d", 2)).toBe("3 added for 1 deleted lines, at most 2 for each");
    expect(ratio("+a", 1000)).toBe("1 added for 0 deleted lines, at most 1000 for each");
    expect(ratio("", 1)).toBe("allow");
    expect(ratio("", 0.5)).toBe("0 added for 0 deleted lines, at most 0.5 for each");
    expect(ratio("-a", 1)).toBe("allow");
    expect(reason("+a\n+b\n+c", "/a", guardOf({ maxImbalanceRatio: 1 }))).toBe("allow");
    const tenFold = guardOf({ requireBalance: true });
    expect(reason(`-a\n${"+a\n".repeat(10)}`, "/a", tenFold)).toBe("allow");
    expect(reason(`-a\n${"+a\n".repeat(11)}`, "/a", tenFold)).toContain("at most 10 for each");
  });

  it.each([
    "Disable-Security = 1",
    "skip validation",
    "rm -rf /",
    "chmod 777 x",
    "retrieval(x)",
    "EXEC (x)",
    "reverse_shell",
    "bind-shell",
    "base64_decode(exec",
  ])("denies the added line %j, and no other", (line) => {
    expect(reason(`+${line}`)).toMatch(/^an added line matches /);
    expect(reason(`-${line}\n ${line}`)).toBe("allow");
  });

  it("refuses a pattern that is none", () => {
    const bad = { ...DEFAULT_PATCH_INTEGRITY, forbiddenPatterns: ["("] };
    expect(problemOf(patchIntegrity, { patchIntegrity: bad })).toBe(
      "forbidden pattern (: not a regular expression",
    );
    expect(problemOf(patchIntegrity, { patchIntegrity: null })).toBe("none");
  });

  it("denies a malformed patch call, and points at what is wrong", () => {
    const malformed = guardRequest("apply_patch", { path: "x", diff: 1 });
    expect(byDefault.check(malformed)).toMatchObject({ verdict: "deny", pointer: "/diff" });
    expect(reasonOf(byDefault.check(malformed))).toBe("expected a text in diff, patch");
    expect(called("read_file", {})).toBe("allow");
    expect(byDefault.check(guardRequest("patch", { path: "x", patch: "+eval(" }))).toMatchObject({
      pointer: "/patch",
    });
  });

  it("judges a diff in the arguments of an unknown tool", () => {
    for (const head of ["diff --git a/x b/x", "*** Begin Patch", "@@ -1 +1 @@", "--- a\n+++ b"]) {
      expect(called("change", { text: `${head}\n+eval(1)` })).toMatch(/^an added line/);
    }
    expect(called("change", { text: "+eval(1)" })).toBe("allow");
    expect(called("write_file", { path: "x", content: "@@ -1 +1 @@\n+eval(1)" })).toBe("allow");
  });
});

describe("the files that a diff names", () => {
  const other = (name: string) =>
    `the diff changes another file than its path: ${JSON.stringify(name)}`;

  it.each([
    ["--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1 +1 @@\n-a\n+b"],
    ["diff --git a/src/a.ts b/src/a.ts\n--- /dev/null\n+++ b/src/a.ts"],
    ["--- src/a.ts\t2020-01-01\n+++ /repo/src/a.ts\t2020-01-01"],
    ["--- a.ts\r\n+++ a.ts\r\n"],
    ['--- "a/src/a.ts"\n+++ "b/src/a.ts"'],
    ["*** Begin Patch\n*** Update File: src/a.ts\n+x\n*** End Patch"],
    ["Index: src/./a.ts\n"],
  ])("may be the path: %j", (diff) => expect(reason(diff)).toBe("allow"));

  it.each([
    ["--- a/src/a.ts\n+++ b/src/b.ts\n", "b/src/b.ts"],
    ["--- a/src/b.ts\n+++ b/src/a.ts\n", "a/src/b.ts"],
    ["+++ b/../../etc/passwd", "b/../../etc/passwd"],
    ["--- ../src/a.ts", "../src/a.ts"],
    ["--- /etc/passwd", "/etc/passwd"],
    ["+++ /src/a.ts", "/src/a.ts"],
    ["rename to src/b.ts", "src/b.ts"],
    ["rename from src/b.ts", "src/b.ts"],
    ["copy to src/b.ts", "src/b.ts"],
    ["copy from src/b.ts", "src/b.ts"],
    ["Index: src/b.ts", "src/b.ts"],
    ["*** Add File: b.ts", "b.ts"],
    ["*** Update File: b.ts", "b.ts"],
    ["*** Delete File: b.ts", "b.ts"],
    ["*** Move to: b.ts", "b.ts"],
    ["diff --git a/src/a.ts b/src/b.ts", "b/src/b.ts"],
    ["diff --git x y", "diff --git x y"],
    ["--- ts", "ts"],
    ['--- "a/src/a.ts', '"a/src/a.ts'],
    ['--- a/src/a.ts"', 'a/src/a.ts"'],
    ["--- ", ""],
    ["@@ -1 +1 @@\n-a\n+b\n--- a/x\n+++ b/x\n@@ -1 +1 @@", "a/x"],
    ["@@ -1,9 +1,9 @@\n--- a/x\n+++ b/x\n@@ -1 +1 @@", "a/x"],
  ])("may not be others: %j", (diff, name) => expect(reason(diff)).toBe(other(name)));

  it("compares lexical paths", () => {
    expect(reason("--- a/x.ts", "/repo/src/../x.ts")).toBe("allow");
    expect(reason("--- a/x.ts", "x.ts")).toBe("allow");
    expect(reason("--- C:\\x.ts", "repo/C:/x.ts")).toBe(other("C:\\x.ts"));
  });
});

describe("readDiff", () => {
  const counts = (diff: string) => {
    const { additions, deletions, targets } = readDiff(diff);
    return [additions, deletions, targets.length];
  };

  it("counts by the hunk's figures", () => {
    expect(counts("@@ -1,2 +1,2 @@\n--- x\n+++ y\n-a\n+b")).toEqual([2, 2, 0]);
    expect(counts("@@ -1 +1 @@\n-a\n+b\n--- x\n+++ y")).toEqual([1, 1, 2]);
    expect(counts("@@ -1,0 +1,2 @@\n+a\n+++ y\n+++ z")).toEqual([2, 0, 1]);
    expect(counts("@@ -1,2 +1,0 @@\n-a\n--- y\n--- z")).toEqual([0, 2, 1]);
    expect(counts("@@ -1,2 +1,2 @@\n a\n b\n--- z")).toEqual([0, 0, 1]);
    expect(counts("@@ -1,2 +1,2 @@\n\n b\n--- z")).toEqual([0, 0, 1]);
    expect(counts("@@ -1,2 +1,4 @@\n a\n b\n+++ c\n+++ d\n+++ e")).toEqual([2, 0, 1]);
    expect(counts("@@ -1,4 +1,2 @@\n a\n b\n--- c\n--- d\n--- e")).toEqual([0, 2, 1]);
    expect(counts("@@ -1,1 +1,2 @@\n+a\n\\ No newline\n-b\n+++ c\n+++ d")).toEqual([2, 1, 1]);
    expect(counts("@@ -1,9 +1,9 @@\ngarbage\n--- x")).toEqual([0, 0, 1]);
    expect(counts("@@ -1,9 +1,9 @@\n@@ -1,0 +1,1 @@\n+++ x\n+++ y")).toEqual([1, 0, 1]);
    expect(counts("@@ nothing @@\n--- x")).toEqual([0, 0, 1]);
    expect(counts("@@ -x +y @@\n+++ a\n+++ b")).toEqual([0, 0, 2]);
  });

  it("takes three header lines in a row for headers wherever they stand", () => {
    expect(counts("@@ -1,9 +1,9 @@\n--- x\n+++ y\n@@ -1 +1 @@\n+a")).toEqual([1, 0, 2]);
    expect(counts("@@ -1,9 +1,9 @@\n--- x\n+++ y\n+@@")).toEqual([2, 1, 0]);
    expect(counts("@@ -1,9 +1,9 @@\n--x\n+++ y\n@@")).toEqual([1, 1, 0]);
    expect(counts("@@ -1,9 +1,9 @@\n--- x\n++ y\n@@")).toEqual([1, 1, 0]);
  });

  it("counts a sign without a name as a line", () => {
    expect(counts("+++x\n---y")).toEqual([1, 1, 0]);
    expect(readDiff("+ a\r\n+b").added).toEqual([" a", "b"]);
  });
});

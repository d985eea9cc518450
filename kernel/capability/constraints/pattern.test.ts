import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../json/value.ts";
import { inputOf } from "../testing/capabilities.ts";
import { memoryWriteDenyPatterns, regexMatch } from "./pattern.ts";

const INVALID = {
  kind: "error",
  detail: "invalid capability constraint: not a regular expression",
};

describe("regex_match", () => {
  it.each<readonly [JsonValue, string]>([
    [{ a: "xx-42-xx" }, "holds"],
    [{ a: "no", b: ["42"] }, "holds"],
    [{ a: "no" }, "fails"],
    [{ a: 42 }, "fails"],
    [{}, "fails"],
  ])("is searched in %j", (given, kind) => {
    expect(regexMatch("4\\d", inputOf(given))).toEqual({ kind });
  });

  it("is an error where the expression is none", () => {
    expect(regexMatch("(", inputOf({}))).toEqual(INVALID);
  });
});

describe("memory_write_deny_patterns", () => {
  it.each<readonly [JsonValue, JsonValue, string]>([
    [["secret"], { a: "my secret" }, "fails"],
    [["x", "secret"], { a: "ok", b: ["my secret"] }, "fails"],
    [["secret", "x"], { a: "my secret" }, "fails"],
    [["secret"], { a: "fine" }, "holds"],
    [["secret"], { secret: 1 }, "holds"],
    [["secret"], {}, "holds"],
    [[], { a: "anything" }, "holds"],
  ])("%j in %j", (patterns, given, kind) => {
    expect(memoryWriteDenyPatterns(patterns, inputOf(given))).toEqual({ kind });
  });

  it("is an error where one expression is none, whatever the others find", () => {
    expect(memoryWriteDenyPatterns(["a", "("], inputOf({ x: "a" }))).toEqual(INVALID);
    expect(memoryWriteDenyPatterns(["("], inputOf({}))).toEqual(INVALID);
  });
});

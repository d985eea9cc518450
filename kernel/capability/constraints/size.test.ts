import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../json/value.ts";
import { inputOf } from "../testing/capabilities.ts";
import { maxArgsSize, maxLength } from "./size.ts";

describe("max_length", () => {
  it.each<readonly [number, JsonValue, string]>([
    [5, { a: "12345" }, "holds"],
    [4, { a: "12345" }, "fails"],
    [5, { a: "ok", b: ["123456"] }, "fails"],
    [4, { a: "éé" }, "holds"],
    [3, { a: "éé" }, "fails"],
    [0, { a: 12345, b: true, c: null }, "holds"],
    [0, { a: "" }, "holds"],
    [0, {}, "holds"],
    [2, { long_name: "ab" }, "holds"],
    [1, "ab", "fails"],
  ])("%i of %j", (limit, given, kind) => {
    expect(maxLength(limit, inputOf(given))).toEqual({ kind });
  });
});

describe("max_args_size", () => {
  it.each<readonly [number, JsonValue, string]>([
    [7, { a: 1 }, "holds"],
    [6, { a: 1 }, "fails"],
    [12, { a: "éé" }, "holds"],
    [11, { a: "éé" }, "fails"],
    [4, null, "holds"],
    [3, null, "fails"],
  ])("%i of %j", (limit, given, kind) => {
    expect(maxArgsSize(limit, inputOf(given))).toEqual({ kind });
  });
});

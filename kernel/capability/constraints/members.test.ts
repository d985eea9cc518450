import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../json/value.ts";
import { inputOf } from "../testing/capabilities.ts";
import { audienceAllowlist, custom, memoryStoreAllowlist } from "./members.ts";

describe("custom", () => {
  it.each<readonly [JsonValue, string]>([
    [{ n: "1" }, "holds"],
    [{ x: [{ y: { n: "1" } }] }, "holds"],
    [{ n: { n: "1" } }, "holds"],
    [{ n: 1 }, "fails"],
    [{ n: ["1"] }, "fails"],
    [{ N: "1" }, "fails"],
    [{ m: "1" }, "fails"],
    [{ n: "2" }, "fails"],
    ["1", "fails"],
    [["n", "1"], "fails"],
  ])("in %j", (given, kind) => {
    expect(custom(["n", "1"], inputOf(given))).toEqual({ kind });
  });

  it.each<JsonValue>([["n"], [], ["n", 1], { n: "1" }])("is malformed as %j", (value) => {
    expect(custom(value, inputOf({}))).toBeNull();
  });
});

describe("audience_allowlist", () => {
  it.each<readonly [JsonValue, string, string]>([
    [{}, "holds", "holds"],
    [{ other: "x" }, "holds", "holds"],
    [{ to: "a" }, "holds", "holds"],
    [{ to: "x" }, "fails", "fails"],
    [{ TO: "x" }, "fails", "fails"],
    [{ to: "A" }, "fails", "fails"],
    [{ to: ["a", "b"] }, "holds", "holds"],
    [{ to: ["a", "x"] }, "fails", "fails"],
    [{ deep: [{ to: "x" }] }, "fails", "fails"],
    [{ to: 7 }, "holds", "fails"],
    [{ to: null }, "holds", "fails"],
    [{ to: [] }, "holds", "fails"],
    [{ to: ["a", 7] }, "holds", "fails"],
    [{ to: [["a"]] }, "holds", "fails"],
    [{ to: [["x"]] }, "fails", "fails"],
    [{ to: { channel: "a" } }, "holds", "fails"],
    [{ to: { channel: "x" } }, "fails", "fails"],
    [{ to: { name: "x" } }, "holds", "fails"],
    [{ to: [{ channel: "x" }] }, "fails", "fails"],
  ])("of %j", (given, portable, full) => {
    expect(audienceAllowlist(["a", "b"], inputOf(given, "portable"))).toEqual({ kind: portable });
    expect(audienceAllowlist(["a", "b"], inputOf(given, "full"))).toEqual({ kind: full });
  });

  it.each(["recipient", "recipients", "audience", "to", "channel", "channels"])(
    "watches %s",
    (name) => {
      expect(audienceAllowlist([], inputOf({ [name]: "x" }))).toEqual({ kind: "fails" });
    },
  );
});

describe("memory_store_allowlist", () => {
  it.each(["store", "memory_store", "collection", "namespace", "Store"])("watches %s", (name) => {
    expect(memoryStoreAllowlist(["s"], inputOf({ [name]: "x" }))).toEqual({ kind: "fails" });
    expect(memoryStoreAllowlist(["s"], inputOf({ [name]: "s" }))).toEqual({ kind: "holds" });
  });

  it("does not watch an audience", () => {
    expect(memoryStoreAllowlist(["s"], inputOf({ to: "x" }))).toEqual({ kind: "holds" });
  });
});

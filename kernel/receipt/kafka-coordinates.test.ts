import { describe, expect, it } from "vitest";
import type { JsonObject } from "../json/value.ts";
import { coordinates, countText, kafkaRecordOf } from "./kafka-coordinates.ts";

describe("a count in digits", () => {
  it.each([
    [0, "0"],
    [-0, "0"],
    [9007199254740991, "9007199254740991"],
    [9223372036854775807n, "9223372036854775807"],
    ["9223372036854775807", "9223372036854775807"],
    ["7", "7"],
  ])("%s", (value, expected) => {
    expect(countText(value)).toBe(expected);
  });

  it.each([
    -1,
    1.5,
    2 ** 53,
    1e300,
    -5n,
    9223372036854775808n,
    "9223372036854775808",
    "",
    "007",
    "+7",
    "-7",
    "7 ",
    "1e3",
    "\u0667",
    "9".repeat(1_000_000),
    true,
    null,
    undefined,
    {},
    [7],
  ])("is none: %s", (value) => {
    expect(countText(value)).toBeNull();
  });
});

describe("a record's coordinates", () => {
  it("need a topic that cannot shift its neighbours", () => {
    expect(coordinates("orders", "0", "7")).toBe("orders\u00000\u00007");
    expect(coordinates("", "0", "7")).toBeNull();
    expect(coordinates("orders\u00000", "0", "7")).toBeNull();
    expect(coordinates("orders", "x", "7")).toBeNull();
  });

  it.each<[JsonObject | null, string[], string | null]>([
    [{ topic: "t", partition: "0", offset: "12" }, [], "t\u00000\u000012"],
    [{ topic: "t", partition: 0, offset: 12 }, ["chio-kafka-u-1-2"], "t\u00000\u000012"],
    [{ topic: "t", partition: 0 }, ["chio-kafka-u-1-2"], "u\u00001\u00002"],
    [{ topic: "", partition: 0, offset: 1 }, [], null],
    [{ topic: 5, partition: 0, offset: 1 }, [], null],
    [null, ["other", "chio-kafka-a-b-c-1-2"], "a-b-c\u00001\u00002"],
    [null, ["chio-kafka--1-2"], null],
    [null, ["chio-kafka-1-2"], null],
    [null, ["chio-kafka-t-1-02"], null],
    [null, ["chio-kafka-"], null],
    [null, [`chio-kafka-${"-".repeat(1_000_000)}`], null],
    [null, [], null],
  ])("are read from %j and %j", (parameters, requests, expected) => {
    expect(kafkaRecordOf(parameters, requests)).toBe(expected);
  });
});

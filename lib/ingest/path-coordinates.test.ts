import { expect, it } from "vitest";
import { coordinatesOfPath, offsetAt } from "./path-coordinates.ts";

it.each([
  ["topics/dlq/partition=3/dlq+3+0000000100.json", "dlq", 3, "100"],
  ["a-b+0+0000000000.json", "a-b", 0, "0"],
  ["sinks/dlq-3-100.gz", "dlq", 3, "100"],
  ["my-topic-2-9223372036854775807.jsonl.gz", "my-topic", 2, "9223372036854775807"],
  ["dlq-0-00000000000000000042", "dlq", 0, "42"],
])("reads where the file %s begins", (path, topic, partition, offset) => {
  expect(coordinatesOfPath(path)).toEqual({ topic, partition, offset });
});

it.each([
  "receipts.ndjson",
  "log-2026-11.ndjson",
  "export-2026-11-22.ndjson",
  "-1-2.json",
  "+0+1.json",
  "dlq-2147483648-1.json",
  "dlq-0-9223372036854775808.json",
  "a".repeat(100_000),
  "-".repeat(100_000),
  "1-".repeat(200),
])("takes no coordinates from %s", (path) => {
  expect(coordinatesOfPath(path)).toBeNull();
});

it("counts offsets past what a double holds, and not past the last one", () => {
  const at = { topic: "dlq", partition: 0, offset: "9007199254740993" };
  expect(offsetAt(at, 2)).toBe("9007199254740995");
  expect(offsetAt({ ...at, offset: "9223372036854775807" }, 1)).toBeNull();
});

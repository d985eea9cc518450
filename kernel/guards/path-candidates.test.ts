import { describe, expect, it } from "vitest";
import type { JsonValue } from "../json/value.ts";
import { classifyAction } from "./classify.ts";
import { pathCandidates } from "./path-candidates.ts";

function texts(tool: string, toolArguments: JsonValue): readonly string[] {
  return pathCandidates(classifyAction(tool, toolArguments), toolArguments).map(({ text }) => text);
}

it.each([
  ["python", { code: "open('/a/b')" }, ["/a/b"]],
  ["python", { code: 7, note: "open /a/b" }, ["/a/b"]],
  ["sql", { query: 7, note: "copy x from /a/b" }, ["/a/b"]],
  ["fetch", { url: 7, note: "see /a/b" }, ["see /a/b"]],
  ["read_file", { path: 7, note: "see /a/b" }, ["see /a/b"]],
  ["bash", { command: "cat /a/b", note: "see /a/b" }, ["see /a/b"]],
])("%s %j may touch %j", (tool, toolArguments, expected) => {
  expect(texts(tool, toolArguments)).toEqual(expected);
});

describe("a text that stands in several places", () => {
  it("is one candidate, at the first of them, for each certainty", () => {
    const callArguments = { a: "/x\n/x", path: "/x", "b/c": "/x" };
    expect(pathCandidates(classifyAction("custom", callArguments), callArguments)).toEqual([
      { text: "b/c", pointer: "/b~1c", sure: false },
      { text: "/x", pointer: "/a", sure: false },
      { text: "/x", pointer: "/path", sure: true },
    ]);
  });
});

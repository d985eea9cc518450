import { expect, it } from "vitest";
import { prettyText } from "@/lib/display/pretty-text.ts";

it("lays out over lines", () => {
  expect(prettyText('{"a":[1,{}],"b":"x,{\\"y"}')).toBe(
    '{\n  "a": [\n    1,\n    {}\n  ],\n  "b": "x,{\\"y"\n}',
  );
});

it("keeps every token as it stands", () => {
  const text = '{"n":18446744073709551616,"n":1e400,"s":"\\u202e\\/"}';
  expect(prettyText(text).replaceAll(/\s/gu, "")).toBe(text);
});

it("does not throw on what is no JSON", () => {
  for (const text of ["", '"open', "]]]}", '{"a":"\\', "[".repeat(5000)]) {
    expect(typeof prettyText(text)).toBe("string");
  }
});

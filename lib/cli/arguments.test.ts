import { expect, test } from "vitest";
import { parseVerifyArguments } from "./arguments.ts";

test("reads paths and options in any order", () => {
  expect(parseVerifyArguments(["a", "--trust", "t.json", "b", "--json"])).toEqual({
    ok: true,
    value: { paths: ["a", "b"], trust: "t.json", json: true, readAs: null },
  });
  expect(parseVerifyArguments(["--trust=t.json", "--", "--json", "-"])).toEqual({
    ok: true,
    value: { paths: ["--json", "-"], trust: "t.json", json: false, readAs: null },
  });
});

test("reads as what records were exported, and lists the forms where it knows none of that name", () => {
  const read = parseVerifyArguments(["--read-as", "kcat-text", "a"]);
  expect(read.ok && read.value.readAs).toBe("kcat-text");
  for (const name of ["kcat", "__proto__", "toString"]) {
    expect(parseVerifyArguments(["--read-as", name, "a"])).toEqual({
      ok: false,
      error: expect.stringMatching(/^--read-as knows these forms: .*kcat-text, console-consumer/),
    });
  }
});

test("refuses what it does not know, with a sentence", () => {
  expect(parseVerifyArguments([])).toEqual({ ok: false, error: "no path was given" });
  expect(parseVerifyArguments(["a", "--trust"])).toEqual({
    ok: false,
    error: "--trust needs a file",
  });
  expect(parseVerifyArguments(["a", "--fast"])).toEqual({
    ok: false,
    error: "unknown option --fast",
  });
  expect(parseVerifyArguments(["a", "--trust", "x", "--trust", "y"])).toEqual({
    ok: false,
    error: "--trust was given twice",
  });
});

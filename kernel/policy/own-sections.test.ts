import { describe, expect, it } from "vitest";
import type { JsonValue } from "../json/value.ts";
import { DEFAULT_OUTPUT } from "./defaults.ts";
import { compiled, problemsOf } from "./testing/compiled.ts";

describe("rewrites and output", () => {
  it("are read in their order", () => {
    const rewrites = [
      { kind: "redact", action: "drop", detect: ["ssn", "email"], names: ["token"] },
      { kind: "redact" },
      { kind: "normalize-url", names: ["url"] },
      { kind: "clamp-number", name: "limit", maximum: 10 },
      { kind: "clamp-number", name: "limit", minimum: -1.5, maximum: null },
    ];
    expect(compiled({ rewrites }).rewrites).toEqual([
      { kind: "redact", action: "drop", detect: ["ssn", "email"], names: ["token"] },
      { kind: "redact", action: "mask", detect: [], names: [] },
      { kind: "normalize-url", names: ["url"] },
      { kind: "clamp-number", name: "limit", minimum: null, maximum: 10 },
      { kind: "clamp-number", name: "limit", minimum: -1.5, maximum: null },
    ]);
  });

  it.each<[JsonValue, string, string]>([
    [{}, "/rewrites/0/kind", "wrong-type"],
    [{ kind: "encrypt" }, "/rewrites/0/kind", "out-of-range"],
    [{ kind: "redact", detect: ["phone"] }, "/rewrites/0/detect", "wrong-type"],
    [{ kind: "redact", action: "hide" }, "/rewrites/0/action", "wrong-type"],
    [{ kind: "redact", minimum: 1 }, "/rewrites/0/minimum", "unknown-key"],
    [{ kind: "normalize-url", detect: [] }, "/rewrites/0/detect", "unknown-key"],
    [{ kind: "clamp-number", maximum: 1 }, "/rewrites/0/name", "wrong-type"],
    [{ kind: "clamp-number", name: "n", maximum: "1" }, "/rewrites/0/maximum", "wrong-type"],
    [{ kind: "clamp-number", name: "n", maximum: NaN }, "/rewrites/0/maximum", "wrong-type"],
  ])("%j is refused", (rewrite, pointer, kind) => {
    expect(problemsOf({ rewrites: [rewrite] })).toContainEqual(
      expect.objectContaining({ pointer, kind }),
    );
  });

  it("search results for secrets where arguments are searched, or as the policy says", () => {
    const secrets = { guards: { secret_patterns: {} } };
    expect(compiled(secrets).output).toEqual(DEFAULT_OUTPUT);
    expect(compiled({ ...secrets, output: { enabled: false } }).output).toBeNull();
    expect(compiled({ output: {} }).output).toEqual(DEFAULT_OUTPUT);
    const output = { action: "block", detect: ["email"], names: ["secret"] };
    expect(compiled({ ...secrets, output }).output).toEqual(output);
    expect(problemsOf({ output: { action: "deny", more: 1 } })).toEqual([
      {
        pointer: "/output/action",
        kind: "wrong-type",
        detail: "expected one of redact, block",
      },
      { pointer: "/output/more", kind: "unknown-key", detail: "is not known" },
    ]);
  });
});

import { describe, expect, it } from "vitest";
import type { Denial } from "@/kernel/evaluation/model.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import { decidingLine, lineAt } from "./deciding-place.ts";

const REQUEST = '{\n  "agent": "ab",\n  "tool": "t",\n  "params": {\n    "path": "/etc"\n  }\n}';
const CAPABILITY =
  '{\n  "issued_at": 1,\n  "expires_at": 2,\n  "scope": { "grants": [\n    { "max_invocations": 3 }\n  ] }\n}';

function at(code: Denial["code"], pointer: string | null = null, request = REQUEST) {
  const parsed = parseJson(request);
  return decidingLine(
    { code, guard: "kernel", reason: "", pointer },
    {
      capability: CAPABILITY,
      request,
      requestValue: parsed.ok ? parsed.value.value : null,
      exhausted: { index: 0, limit: "max_invocations" },
    },
  );
}

describe("the line that decided", () => {
  it("is the tool, the agent or the argument of the request", () => {
    expect(at("out-of-scope")).toEqual({ input: "request", line: 3 });
    expect(at("subject-mismatch")).toEqual({ input: "request", line: 2 });
    expect(at("guard-denied", "/path")).toEqual({ input: "request", line: 5 });
    expect(at("guard-denied", "")).toEqual({ input: "request", line: 4 });
  });

  it("is the date or the limit of the capability", () => {
    expect(at("not-yet-valid")).toEqual({ input: "capability", line: 2 });
    expect(at("expired")).toEqual({ input: "capability", line: 3 });
    expect(at("lifetime-exceeded")).toEqual({ input: "capability", line: 3 });
    expect(at("budget-exhausted")).toEqual({ input: "capability", line: 5 });
  });

  it("is found under every spelling of a member", () => {
    expect(at("out-of-scope", null, '{\n"tool_name": "t"}')).toEqual({ input: "request", line: 2 });
    expect(at("guard-denied", "/0", '{\n"parameters":\n[\n"x"]}')).toEqual({
      input: "request",
      line: 4,
    });
    expect(at("subject-mismatch", null, '{"agent_id": "x"}')).toEqual({
      input: "request",
      line: 1,
    });
  });

  it("is none where no line is to blame, or the text does not have it", () => {
    expect(at("no-capability")).toBeNull();
    expect(at("guard-denied")).toBeNull();
    expect(at("guard-denied", "/absent")).toBeNull();
    expect(at("invalid-signature")).toBeNull();
    expect(at("out-of-scope", null, "[]")).toBeNull();
  });
});

describe("lineAt", () => {
  it("counts from 1, the break itself belonging to the line that it ends", () => {
    expect([0, 1, 2, 3].map((offset) => lineAt("a\nb\n", offset))).toEqual([1, 1, 2, 2]);
    expect(lineAt("", 0)).toBe(1);
  });
});

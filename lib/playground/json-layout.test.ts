import { describe, expect, it } from "vitest";
import { parseJson } from "@/kernel/json/parse.ts";
import { layOutElement, layOutJson } from "./json-layout.ts";

describe("layOutJson", () => {
  it("writes a token so that each grant is a few lines", () => {
    const grant = { server_id: "streams", tool_name: "events:consume:research-tasks" };
    const text = layOutJson({
      id: "cap-1",
      subject: "0b".repeat(32),
      scope: { grants: [{ ...grant, operations: ["invoke"] }, { server_id: "web" }] },
    });
    expect(text).toBe(
      [
        "{",
        '  "id": "cap-1",',
        `  "subject": "${"0b".repeat(32)}",`,
        '  "scope": { "grants": [',
        '    { "server_id": "streams",',
        '      "tool_name": "events:consume:research-tasks",',
        '      "operations": ["invoke"] },',
        '    { "server_id": "web" }',
        "  ] }",
        "}",
      ].join("\n"),
    );
  });

  it("loses nothing: what is read back is the same value", () => {
    const given =
      '{"a":18446744073709551615,"b":[],"c":{},"d":[[1,2],[{"__proto__":null}]],"e":"é\\u0007 \\"q\\"","f":-0.5}';
    const parsed = parseJson(given);
    if (!parsed.ok) throw new Error("the sample is JSON");
    const again = parseJson(layOutJson(parsed.value.value));
    expect(again).toEqual(parsed);
  });

  it("begins an element on the line of its brace, and breaks it only where it must", () => {
    const grant = { server_id: "streams", tool_name: "events:consume:payments" };
    expect(layOutElement(grant, 52)).toBe(
      '{ "server_id": "streams",\n  "tool_name": "events:consume:payments" }',
    );
    expect(layOutElement({ a: 1 }, 52)).toBe('{ "a": 1 }');
    expect(layOutElement(507_000, 52)).toBe("507000");
  });

  it("writes scalars and empty containers as they are", () => {
    expect(layOutJson({})).toBe("{}");
    expect(layOutJson([])).toBe("[]");
    expect(layOutJson("x")).toBe('"x"');
    expect(layOutJson(null)).toBe("null");
  });
});

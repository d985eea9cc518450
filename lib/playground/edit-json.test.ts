import { describe, expect, it } from "vitest";
import type { JsonValue } from "@/kernel/json/value.ts";
import { type Edit, editJson } from "./edit-json.ts";

const TOKEN: JsonValue = {
  id: "cap-1",
  scope: { grants: [{ server_id: "a" }, { server_id: "b" }] },
};

function edit(
  kind: Edit["kind"],
  pointer: string,
  after: JsonValue | null = null,
): JsonValue | null {
  return editJson(TOKEN, { kind, pointer, after });
}

describe("editJson", () => {
  it("adds to a list before an index, or at its end", () => {
    expect(edit("add", "/scope/grants/-", "c")).toMatchObject({
      scope: { grants: [{ server_id: "a" }, { server_id: "b" }, "c"] },
    });
    expect(edit("add", "/scope/grants/2", "c")).toEqual(edit("add", "/scope/grants/-", "c"));
    expect(edit("add", "/scope/grants/0", "c")).toMatchObject({
      scope: { grants: ["c", { server_id: "a" }, { server_id: "b" }] },
    });
    expect(edit("add", "/scope/grants/3", "c")).toBeNull();
  });

  it("makes what is absent on the way", () => {
    expect(editJson({}, { kind: "add", pointer: "/scope/grants/-", after: 1 })).toEqual({
      scope: { grants: [1] },
    });
  });

  it("replaces and removes only what is there", () => {
    expect(edit("replace", "/scope/grants/1/server_id", "z")).toMatchObject({
      scope: { grants: [{ server_id: "a" }, { server_id: "z" }] },
    });
    expect(edit("remove", "/scope/grants/0")).toMatchObject({
      scope: { grants: [{ server_id: "b" }] },
    });
    expect(edit("remove", "/id")).toEqual({
      scope: { grants: [{ server_id: "a" }, { server_id: "b" }] },
    });
    expect(edit("remove", "/none")).toBeNull();
    expect(edit("replace", "/scope/grants/2", 1)).toBeNull();
    expect(edit("replace", "/scope/grants/01", 1)).toBeNull();
    expect(edit("replace", "/id/deeper", 1)).toBeNull();
    expect(edit("replace", "id", 1)).toBeNull();
  });

  it("takes a name with slashes, and one that is also a prototype's", () => {
    expect(editJson({ "a/b": 1 }, { kind: "replace", pointer: "/a~1b", after: 2 })).toEqual({
      "a/b": 2,
    });
    const changed = editJson({}, { kind: "add", pointer: "/__proto__", after: 1 });
    expect(Object.hasOwn(Object(changed), "__proto__")).toBe(true);
    expect(Object.getPrototypeOf(changed)).toBe(Object.prototype);
  });

  it("leaves what it was given as it was", () => {
    const before = JSON.stringify(TOKEN);
    edit("remove", "/scope/grants/0");
    edit("replace", "/id", "x");
    expect(JSON.stringify(TOKEN)).toBe(before);
  });
});

import { describe, expect, it } from "vitest";
import {
  filterParts,
  NO_FILTER,
  toggleExcluded,
  toggleIncluded,
  withoutPart,
} from "./filter-edit.ts";

describe("editing a filter", () => {
  it("adds, then takes back", () => {
    const once = toggleIncluded(NO_FILTER, "agent", "payment-service");
    expect(once.include).toEqual({ agent: ["payment-service"] });
    expect(toggleIncluded(once, "agent", "payment-service")).toEqual(NO_FILTER);
  });

  it("never includes and excludes one value at once", () => {
    const included = toggleIncluded(NO_FILTER, "decision", "deny");
    const excluded = toggleExcluded(included, "decision", "deny");
    expect(excluded.include).toEqual({});
    expect(excluded.exclude).toEqual({ decision: ["deny"] });
  });

  it("turns every part into a chip that removes it", () => {
    let filter = toggleIncluded({ ...NO_FILTER, time: { from: 1, to: 9 }, text: "x" }, "tool", "a");
    filter = toggleExcluded(filter, "tool", "b");
    const parts = filterParts(filter);
    expect(parts.map((part) => part.kind)).toEqual(["time", "text", "include", "exclude"]);
    expect(parts.reduce(withoutPart, filter)).toEqual(NO_FILTER);
  });

  it("treats names from a file as values only", () => {
    const filter = toggleIncluded(NO_FILTER, "agent", "__proto__");
    expect(filterParts(filter)).toEqual([{ kind: "include", name: "agent", value: "__proto__" }]);
  });
});
